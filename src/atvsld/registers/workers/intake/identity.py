"""Identity numbers on their way in: sealed before they reach the database, with what can be checked of them beside.

A cell becomes `fingerprint|sealed|length|known|sex|year`; the number itself is in none of it. `known` is what
`identity_numbers.check` finds without sex and birth date; `sex` and `year` stand in a 12-digit number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.registers.workers import identity_numbers

LONGEST = 30


@dataclass(frozen=True, slots=True)
class Number:
    """A number as staged. `warnings` are codes; `sex`, `year` empty and None where the number does not tell."""

    fingerprint: str
    sealed: str
    kind: str
    warnings: tuple[str, ...]
    sex: str
    year: int | None


def stage(text: str) -> str | Problem:
    """What goes into the staging table for a cell; a problem when a spreadsheet has destroyed the number."""
    number = identity_numbers.normalise(text)
    if "E+" in number:
        message = _("bảng tính đã đổi số sang dạng rút gọn (E+) nên mất chữ số.")
        return Problem("identity_rounded", message, _("Định dạng ô kiểu văn bản rồi ghi lại đủ số."))
    if len(number) > LONGEST or not number.isascii() or not number.isalnum():
        message = _("không phải số giấy tờ.")
        return Problem("identity_unreadable", message, _("Chỉ ghi chữ số và chữ cái, không kèm ghi chú."))
    restored = ""
    # A spreadsheet drops the zero of 0xx… ; only one reading is possible.
    if number.isdigit() and len(number) in (10, 11) and not identity_numbers.check("citizen", number.zfill(12)):
        number, restored = number.zfill(12), "identity_zero_restored"
    kind = {length: name for name, length in identity_numbers.LENGTHS.items()}.get(len(number), "other")
    if not number.isdigit():
        kind = "other"
    warnings = [problem.code for problem in identity_numbers.check(kind, number)]
    sex = year = ""
    if kind == "citizen":
        century, odd = divmod(int(number[3]), 2)
        sex, year = ("female" if odd else "male"), str(1900 + 100 * century + int(number[4:6]))
    sealed, fingerprint = identity_numbers.seal(number)
    return "|".join((fingerprint or "", sealed, kind, ",".join(filter(None, (restored, *warnings))), sex, year))


def read(staged: str) -> Number:
    """A staged cell."""
    fingerprint, sealed, kind, warnings, sex, year = staged.split("|")
    return Number(fingerprint, sealed, kind, tuple(filter(None, warnings.split(","))), sex, int(year) if year else None)


def doubts(number: Number, kind: str, sex: str | None, birth: date | None) -> Iterator[Problem]:
    """What looks wrong with a number, told without it."""
    texts = {
        "identity_length": _("số chữ số không đúng với loại giấy tờ."),
        "identity_prefix": _("ba số đầu không thuộc mã tỉnh, thành phố nào đã biết."),
        "identity_zero_restored": _("số bị mất số 0 ở đầu, đã được thêm lại."),
    }
    for code in number.warnings:
        if code in texts:
            yield _warning(code, texts[code])
    expected = identity_numbers.LENGTHS.get(kind)
    if kind and expected and number.kind != kind:
        yield _warning("identity_length", texts["identity_length"])
    if sex and number.sex and sex != number.sex:
        yield _warning("identity_sex", _("số thứ tư không khớp với giới tính."))
    if birth and number.year and birth.year != number.year:
        yield _warning("identity_year", _("năm sinh trong số không khớp với ngày sinh."))


def _warning(code: str, message: str) -> Problem:
    return Problem(code, message, _("Đối chiếu lại với giấy tờ."), severity=Severity.WARN)
