"""Identity numbers: read as people write them, sealed and fingerprinted, shown masked, checked as a warning only.

The 12-digit personal number (Decree 137/2015 Art. 13, Circulars 07/2016 and 59/2021 of the Ministry of Public
Security): three digits of the province of birth registration, one of century and sex, two of the year, six at random;
there is no check digit. People born abroad have country codes and prefixes given after 01/07/2025 are not known, so
nothing is refused for its structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.law import load_book
from atvsld.platform import vault

PURPOSE = "workers.identity"
LENGTHS = {"citizen": 12, "old_card": 9}
SHOWN = 3
_NOISE = re.compile(r"[\s.\-\u00a0\u2010-\u2015]+")


def normalise(text: str) -> str:
    """The number alone, letters in capitals, as sealed and compared."""
    return _NOISE.sub("", text).upper()


def seal(text: str) -> tuple[str, str | None]:
    """The sealed number and its fingerprint; ("", None) when there is none."""
    number = normalise(text)
    if not number:
        return "", None
    return vault.seal(number, purpose=PURPOSE), fingerprint(number)


def unseal(sealed: str) -> str:
    """The number. Whoever shows it to a person records the reading."""
    return vault.unseal(sealed, purpose=PURPOSE)


def fingerprint(text: str) -> str:
    """The keyed hash by which a number is found."""
    return vault.fingerprint(normalise(text), purpose=PURPOSE)


def mask(sealed: str) -> str:
    """`•••••••••345`; empty when there is no number, and all dots when it cannot be opened."""
    if not sealed:
        return ""
    try:
        number = unseal(sealed)
    except vault.CannotOpen:
        return "•" * LENGTHS["citizen"]
    shown = number[-SHOWN:] if len(number) > 2 * SHOWN else ""
    return "•" * (len(number) - len(shown)) + shown


def check(kind: str, text: str, *, sex: str | None = None, birth: date | None = None) -> list[Problem]:
    """What looks wrong with a number, as warnings that never repeat the number itself."""
    number = normalise(text)
    return [] if not number else list(_check(kind, number, sex, birth))


def _check(kind: str, number: str, sex: str | None, birth: date | None) -> Iterator[Problem]:
    length = LENGTHS.get(kind)
    if length is None:
        return
    if not (number.isascii() and number.isdigit()) or len(number) != length:
        message = _("Số định danh loại này có %(length)s chữ số.") % {"length": length}
        yield _warning("identity_length", message)
        return
    if kind == "citizen":
        yield from _check_citizen(number, sex, birth)


def _check_citizen(number: str, sex: str | None, birth: date | None) -> Iterator[Problem]:
    if number[:3] not in prefixes():
        yield _warning("identity_prefix", _("Ba số đầu không thuộc mã tỉnh, thành phố nào đã biết."))
    century, odd = divmod(int(number[3]), 2)
    if sex and (sex == "female") != bool(odd):
        yield _warning("identity_sex", _("Số thứ tư của số định danh không khớp với giới tính."))
    if birth is not None and (1900 + 100 * century + int(number[4:6])) != birth.year:
        yield _warning("identity_year", _("Năm sinh trong số định danh không khớp với ngày sinh."))


@cache
def prefixes() -> dict[str, str]:
    """The 63 prefixes and the names of the provinces of their day (Circular 07/2016, read second-hand)."""
    (codes,) = load_book().code_lists.versions("person.identity_prefix")
    return {item.code: item.label_vi for item in codes}


def _warning(code: str, message: str) -> Problem:
    remedy = _("Đối chiếu lại với giấy tờ; vẫn ghi được nếu giấy tờ đúng như vậy.")
    return Problem(code, message, remedy, column="identity_number", severity=Severity.WARN)
