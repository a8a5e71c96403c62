"""Two charts of the public page and the paper: the four figures of the law by sector, and the leading causes.

Only figures that anybody may read are drawn. Colours are told apart by people who confuse red and green and in grey
print (Okabe and Ito); the figure stands at every bar.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from atvsld.kit.text import format_number
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.tables import PublicTable

INK, QUIET, GRID = "#1b2a33", "#52646f", "#e3e8eb"
NOW, BEFORE = "#0072b2", "#9aa8b0"
LEADING = 8
# Letters of a name in one line above its bar.
LINE = 40
_MEASURES = (
    ("so_vu", "Số vụ"),
    ("so_vu_chet", "Số vụ chết người"),
    ("so_nguoi", "Số người bị nạn"),
    ("so_chet", "Số người chết"),
)


def totals(content: Content, *, font: str = "") -> dict[str, Any]:
    """The four figures of the period beside those of a year earlier."""
    years = [content.period.year_before().label_vi, content.period.label_vi]
    values = [
        {"what": label, "year": year, "count": int(number), "text": format_number(number)}
        for name, label in _MEASURES
        for year, number in zip(years, (content.figures[name].before, content.figures[name].value), strict=True)
        if number is not None
    ]
    colour = {"field": "year", "type": "nominal", "scale": {"domain": years, "range": [BEFORE, NOW]},
              "legend": {"title": None, "orient": "top", "labelFontSize": 13, "labelColor": INK,
                         "labelLimit": 300}}  # fmt: skip
    what = {"field": "what", "type": "nominal", "sort": [label for _name, label in _MEASURES], "title": None,
            "axis": {"labelLimit": 170, "domain": False, "ticks": False}}  # fmt: skip
    offset = {"field": "year", "sort": years}
    length = {
        "field": "count",
        "type": "quantitative",
        "title": None,
        "axis": {"grid": True, "gridColor": GRID, "tickCount": 5},
    }
    return _whole(
        [
            {"mark": {"type": "bar"}, "encoding": {"y": what, "yOffset": offset, "x": length, "color": colour}},
            {"mark": {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 12.5},
             "encoding": {"y": what, "yOffset": offset, "x": length, "text": {"field": "text"}}},
        ],
        values, height=240, font=font,
    )  # fmt: skip


def leading(table: PublicTable, *, font: str = "") -> dict[str, Any] | None:
    """The rows with most accidents; None when nothing may be drawn."""
    lines = table.leading("cases")[:LEADING]
    if not lines:
        return None
    names = [wrap(line.label, LINE)[:2] for line in lines]
    deep = max(map(len, names))
    # Long names stand above their bars in two lines at most, so that a narrow screen still has room for these.
    values = [
        {"at": at, "what": [""] * (deep - len(name)) + name, "count": line.now["cases"],
         "text": format_number(line.now["cases"] or 0)}
        for at, (line, name) in enumerate(zip(lines, names, strict=True))
    ]  # fmt: skip
    band = 31 + 15 * deep
    lower = band / 2 - 11
    what = {"field": "at", "type": "ordinal", "title": None, "axis": None}
    length = {"field": "count", "type": "quantitative", "title": "Số vụ", "axis": {"gridColor": GRID, "tickCount": 5}}
    said = {"type": "text", "align": "left", "color": INK, "fontSize": 12.5}
    name = said | {"baseline": "top", "dy": 6 - band / 2, "lineHeight": 15}
    return _whole(
        [
            {"mark": {"type": "bar", "color": NOW, "height": 15, "yOffset": lower},
             "encoding": {"y": what, "x": length}},
            {"mark": said | {"dx": 4, "dy": lower}, "encoding": {"y": what, "x": length, "text": {"field": "text"}}},
            {"mark": name, "encoding": {"y": what, "x": {"datum": 0}, "text": {"field": "what"}}},
        ],
        values, height=band * len(lines), font=font,
    )  # fmt: skip


def totals_alt(content: Content) -> str:
    """The first chart in words."""
    said = [
        f"{label}: {content.figures[name].text()}, kỳ trước {content.figures[name].before_text()}"
        for name, label in _MEASURES
    ]
    return f"{content.period.label_vi.capitalize()} so với {content.period.year_before().label_vi}. {'; '.join(said)}."


def leading_alt(table: PublicTable) -> str:
    """The second chart in words."""
    said = "; ".join(
        f"{line.label}: {format_number(line.now['cases'] or 0)} vụ" for line in table.leading("cases")[:LEADING]
    )
    return f"{table.title}. {said}."


def _whole(layers: list[dict[str, Any]], values: list[dict[str, Any]], *, height: int, font: str) -> dict[str, Any]:
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 12.5, "titleFontSize": 12.5,
                 "titleFontWeight": "normal", "domainColor": "#9aa8b0", "tickColor": "#9aa8b0"},
    }  # fmt: skip
    if font:
        config["font"] = font
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": "container", "height": height,
        "padding": {"left": 2, "right": 34, "top": 2, "bottom": 2}, "data": {"values": values}, "layer": layers,
        "config": config,
    }  # fmt: skip
