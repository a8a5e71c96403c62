"""Tax codes: read as people write them, checked by their own rule, kept as bare digits.

Ten digits for an enterprise, thirteen for a dependent unit (check digit: `stdnum.vn.mst`); twelve digits, the
owner's personal number, for a household business from 01/07/2025, which has no check digit.
"""

from __future__ import annotations

import re
from operator import mul

from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.vn import mst

from atvsld.kit.outcome import Problem

# Spaces of every kind, dots, hyphens and dashes people put between the groups.
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u2010-\u2015]+")
HOUSEHOLD_LENGTH = 12
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def normalise(text: str) -> str:
    """The digits alone, as stored and compared."""
    return _SEPARATORS.sub("", text)


def plainly_valid(code: str) -> bool:
    """Whether bare digits are ten that fit their check digit; says nothing of other forms, which `check` judges.

    The same sum as `stdnum.vn.mst`, without its looks at separators: files bring codes by the million.
    """
    if len(code) != 10 or not (code.isascii() and code.isdigit()) or code[2:9] == "0000000":
        return False
    total = sum(map(mul, _WEIGHTS, map(int, code)))
    return str(10 - total % 11) == code[9]


def display(code: str) -> str:
    """As printed: `0312687878-001`."""
    return f"{code[:10]}-{code[10:]}" if len(code) == 13 else code


def check(text: str, *, column: str = "tax_code") -> Problem | None:
    """What is wrong with a tax code, or None. The remedy names the likely slip."""
    return None if plainly_valid(text) else _judged(text, column)


def _judged(text: str, column: str) -> Problem | None:
    code = normalise(text)
    if not code.isascii() or not code.isdigit():
        message = _("Mã số thuế “%(code)s” có ký tự không phải chữ số.") % {"code": text}
        return _problem("tax_code_characters", message, _("Chỉ ghi chữ số, ví dụ 0400101394."), text, column)
    if len(code) == HOUSEHOLD_LENGTH:
        return None
    try:
        mst.validate(code)
    except exceptions.InvalidLength:
        message = _("Mã số thuế “%(code)s” có %(count)s chữ số.") % {"code": text, "count": len(code)}
        remedy = _(
            "Mã số thuế có 10 chữ số (doanh nghiệp), 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (hộ kinh doanh)."
        )
        if (zero := restore_zero(code)) is not None:
            remedy = _("Có lẽ mất số 0 ở đầu: %(code)s.") % {"code": display(zero)}
        return _problem("tax_code_length", message, remedy, text, column)
    except exceptions.InvalidChecksum:
        message = _("Mã số thuế “%(code)s” sai chữ số kiểm tra.") % {"code": text}
        return _problem("tax_code_checksum", message, _("Đối chiếu lại với giấy đăng ký."), text, column)
    except exceptions.ValidationError:
        message = _("Mã số thuế “%(code)s” không thể là mã đã cấp.") % {"code": text}
        return _problem("tax_code_impossible", message, _("Đối chiếu lại với giấy đăng ký."), text, column)
    return None


def restore_zero(text: str) -> str | None:
    """The code with a leading zero lost in a spreadsheet put back, when that makes it valid and nothing else does."""
    code = normalise(text)
    if len(code) in {9, 12} and code.isdigit() and mst.is_valid(f"0{code}"):
        return f"0{code}"
    return None


def _problem(code: str, message: str, remedy: str, value: str, column: str) -> Problem:
    return Problem(code, message, remedy, column=column, value=value)
