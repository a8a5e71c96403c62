"""Words for the kinds of administrative units, and places for a select."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import sort_key
from atvsld.registers.places import tree

KINDS: dict[str, str | Promise] = {
    "tinh": _("Tỉnh"),
    "thanh_pho_trung_uong": _("Thành phố trực thuộc trung ương"),
    "quan": _("Quận"),
    "huyen": _("Huyện"),
    "thi_xa": _("Thị xã"),
    "thanh_pho_thuoc_tinh": _("Thành phố thuộc tỉnh"),
    "phuong": _("Phường"),
    "xa": _("Xã"),
    "thi_tran": _("Thị trấn"),
    "dac_khu": _("Đặc khu"),
}


def commune_choices(day: date, reach: frozenset[int] | None = None) -> list[tuple[int, str]]:
    """The communes of a day in the Vietnamese order of names, for a select by primary key.

    `reach` narrows to some places; None means all.
    """
    found = [
        node
        for node in tree.current().nodes.values()
        if node.level == "commune" and node.exists_on(day) and (reach is None or node.pk in reach)
    ]
    return [(node.pk, f"{node.name} ({node.code})") for node in sorted(found, key=lambda node: sort_key(node.name))]
