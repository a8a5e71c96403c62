"""Codes of an establishment in words, each from the list and version it belongs to."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from atvsld.law import load_book
from atvsld.law.codes import CodeItem
from atvsld.registers.establishments import rules


@cache
def _item(version: str, code: str) -> tuple[CodeItem | None, bool]:
    """The item of a code in its version, or that of its group where the list ends; and whether it is exact."""
    codes = rules.industry_list(load_book(), version)
    if codes is None:
        return None, False
    for length in range(len(code), 1, -1):
        if (item := codes.get(code[:length])) is not None:
            return item, length == len(code)
    return None, False


def industry(version: str, code: str) -> str:
    """`4101 – Xây dựng nhà để ở (VSIC 2025)`; empty when not known."""
    if not code:
        return ""
    item, exact = _item(version, code)
    label = "" if item is None else item.label_vi if exact else _("thuộc nhóm %(group)s") % {"group": item.label_vi}
    return " – ".join(filter(None, (code, label))) + (f" (VSIC {version})" if version else "")


def industry_short(version: str, code: str) -> str:
    """The label alone, for a table."""
    item, _exact = _item(version, code) if code else (None, False)
    return item.label_vi if item else code


def ownership_choices(on: date) -> list[tuple[str, str]]:
    """The groups of establishments as a select wants them."""
    return [(item.code, item.label_vi) for item in load_book().code_list(rules.OWNERSHIP_LIST, on=on)]


def ownership(code: str, on: date) -> str:
    """The group of establishments in words; empty when not known."""
    item = load_book().code_list(rules.OWNERSHIP_LIST, on=on).get(code) if code else None
    return item.label_vi if item else code


def section_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Divisions of every version, grouped by version, as `version/two digits`."""
    return [
        (
            f"VSIC {codes.version}",
            [(f"{codes.version}/{item.code}", f"{item.code} – {item.label_vi}") for item in codes if item.level == 2],
        )
        for codes in reversed(load_book().code_lists.versions(rules.INDUSTRY_LISTS))
    ]


def likeness(reason: str) -> str:
    """A reason of `duplicates` in words."""
    return {
        "name": _("tên"),
        "tax_code_near": _("mã số thuế lệch một chữ số"),
        "tax_code_same_enterprise": _("cùng doanh nghiệp (đơn vị phụ thuộc)"),
        "numbers_differ": _("số trong tên khác nhau"),
        "branch": _("một bên là chi nhánh"),
        "legal_form_differs": _("khác loại hình trong tên"),
        "phone": _("trùng điện thoại"),
        "phone_differs": _("khác điện thoại"),
        "address": _("trùng địa chỉ"),
        "address_differs": _("khác đường"),
        "house_differs": _("khác số nhà"),
        "place": _("cùng xã, phường"),
        "place_differs": _("khác xã, phường"),
    }.get(reason, reason)
