"""How many told of a campaign, by kind of body, as a chart; the same figures stand in the table beside it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.campaigns.summary import Summary

# Told apart by people who confuse red and green, and in grey print.
COLOURS = ("#0072b2", "#e69f00", "#9aa8b0")


def chart(found: Summary) -> dict[str, Any]:
    """Bars by kind: in time, late, not sent."""
    names = (_("Đúng hạn"), _("Gửi muộn"), _("Chưa gửi"))
    rows = [
        {"kind": str(kind.label), "state": name, "at": at, "n": number}
        for kind in found.kinds
        for at, (name, number) in enumerate(
            zip(names, (kind.told - kind.late, kind.late, kind.missing or 0), strict=True)
        )
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": {"step": 34},
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {"field": "kind", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 260}},
            "x": {"field": "n", "type": "quantitative", "title": _("Số đơn vị"), "axis": {"tickMinStep": 1}},
            "color": {
                "field": "state", "type": "nominal", "title": None,
                "scale": {"domain": list(names), "range": list(COLOURS)},
                "legend": {"orient": "top"},
            },
            "order": {"field": "at"},
            "tooltip": [{"field": "kind", "title": _("Loại")}, {"field": "state", "title": _("Tình trạng")},
                        {"field": "n", "title": _("Số đơn vị")}],
        },
        "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 12.5, "titleFontSize": 12.5}},
    }  # fmt: skip


def chart_alt(found: Summary) -> str:
    """The chart in words."""
    said = _("%(kind)s: %(told)s đã gửi, %(late)s muộn, %(missing)s chưa gửi")
    return "; ".join(
        said % {"kind": kind.label, "told": kind.told, "late": kind.late, "missing": kind.missing or 0}
        for kind in found.kinds
    )
