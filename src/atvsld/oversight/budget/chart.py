"""Asked for, given and paid by source, as bars; the table beside shows the same figures.

Colours are told apart by people who confuse red and green and in grey print (Okabe and Ito's set).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_number
from atvsld.oversight.budget.totals import Amounts

MILLION = Decimal(1_000_000)
INK, QUIET, GRID = "#1b2a33", "#52646f", "#e3e8eb"
COLOURS = ["#9aa8b0", "#56b4e9", "#0072b2"]


def bars(rows: Iterable[tuple[str, Amounts]], *, font: str = "") -> dict[str, Any] | None:
    """Three bars a source, in million đồng; None when there is nothing to draw."""
    kinds = [_("Dự toán"), _("Được giao"), _("Đã chi")]
    values = [
        {
            "source": label,
            "kind": kind,
            "amount": float(amount / MILLION),
            "text": format_number(round(amount / MILLION)),
        }
        for label, held in rows
        for kind, amount in zip(kinds, (held.estimated, held.allocated, held.spent), strict=True)
    ]
    if not values:
        return None
    y = {"field": "source", "type": "nominal", "sort": None, "title": None,
         "axis": {"labelLimit": 290, "domain": False, "ticks": False}}  # fmt: skip
    offset = {"field": "kind", "sort": kinds}
    x = {
        "field": "amount",
        "type": "quantitative",
        "title": _("triệu đồng"),
        "axis": {"gridColor": GRID, "tickCount": 5},
    }
    colour = {"field": "kind", "type": "nominal", "scale": {"domain": kinds, "range": COLOURS},
              "legend": {"title": None, "orient": "top", "labelFontSize": 13, "labelColor": INK}}  # fmt: skip
    text = {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 12}
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 12.5, "titleFontSize": 12.5,
                 "titleFontWeight": "normal"},
    }  # fmt: skip
    if font:
        config["font"] = font
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 62 * (len(values) // 3) + 10,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"y": y, "yOffset": offset, "x": x, "color": colour}},
            {"mark": text, "encoding": {"y": y, "yOffset": offset, "x": x, "text": {"field": "text"}}},
        ],
        "config": config,
    }


def alt(rows: Iterable[tuple[str, Amounts]]) -> str:
    """The chart in words."""
    return "; ".join(
        _("%(source)s: dự toán %(asked)s, được giao %(given)s, đã chi %(paid)s triệu đồng")
        % {
            "source": label,
            "asked": format_number(round(held.estimated / MILLION)),
            "given": format_number(round(held.allocated / MILLION)),
            "paid": format_number(round(held.spent / MILLION)),
        }
        for label, held in rows
    )
