"""The target as a Vega-Lite chart: required path, rate of each year with its interval, verdict by shape and colour.

Colours are told apart by people who confuse red and green and in grey print (Okabe and Ito's set); shapes and
words say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.oversight.indicators import wording
from atvsld.oversight.indicators.result import TargetReport, YearPoint
from atvsld.statistics.targets import Verdict

BASELINE = "baseline"
INK, QUIET, GRID, PATH = "#1b2a33", "#52646f", "#e3e8eb", "#0f5f78"
LOOKS: Mapping[str, tuple[str, str]] = {
    BASELINE: ("#1b2a33", "diamond"),
    Verdict.MET: ("#0072b2", "circle"),
    Verdict.NOT_MET: ("#d55e00", "triangle-up"),
    Verdict.CANNOT_TELL: ("#7a7a7a", "square"),
}
_LEGEND = {
    "title": None,
    "orient": "top",
    "direction": "horizontal",
    "offset": 40,
    "columnPadding": 18,
    "symbolOpacity": 1,
}


def spec(report: TargetReport, *, font: str = "", height: int = 330) -> dict[str, Any]:
    """The chart with its data inside; `font` only where the drawing surface does not bring its own."""
    points = [_datum(report, point) for point in report.points if point.rate.value is not None]
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 12.5, "titleFontSize": 12.5,
                 "titleFontWeight": "normal", "domainColor": "#9aa8b0", "tickColor": "#9aa8b0"},
        "legend": {"labelColor": INK, "labelFontSize": 12.5, "titleFontSize": 12.5, "symbolSize": 110},
    }  # fmt: skip
    if font:
        config["font"] = font
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "layer": [*_path(report), *_intervals(points), *_marks(points), *_in_progress(report)],
        "config": config,
    }


def alt(report: TargetReport) -> str:
    """The chart in words, for those who do not see it."""
    rates = "; ".join(
        _("%(year)s: %(rate)s (%(interval)s)")
        % {
            "year": point.year,
            "rate": wording.number(point.rate.value, 1),
            "interval": wording.interval(point.interval),
        }
        for point in report.points
        if point.rate.value is not None
    )
    return _("Tỷ lệ tai nạn lao động chết người theo năm so với lộ trình giảm %(share)s %% mỗi năm. %(rates)s.") % {
        "share": wording.number(abs(report.target.change_per_year) * 100),
        "rates": rates or _("Chưa có năm nào tính được tỷ lệ"),
    }


def _datum(report: TargetReport, point: YearPoint) -> dict[str, Any]:
    looks = point.verdict or BASELINE
    assert point.rate.value is not None
    return {
        "year": point.year,
        "rate": round(float(point.rate.value), 3),
        "low": round(point.interval.low, 3) if point.interval else None,
        "high": round(point.interval.high, 3) if point.interval else None,
        "state": _state(report, looks),
        "above": point.required is None or point.rate.value >= point.required,
        "label": wording.number(point.rate.value, 1),
        "count": _("%(deaths)s người") % {"deaths": wording.number(point.rate.count)},
    }


def _state(report: TargetReport, looks: str) -> str:
    if looks == BASELINE:
        return _("Năm gốc %(year)s") % {"year": report.baseline.year}
    return wording.verdict(Verdict(looks))


def _scales(points: list[dict[str, Any]]) -> tuple[list[str], list[str], list[str]]:
    """State names in the chart with colour and shape; the names are the reader's words."""
    names: dict[str, tuple[str, str]] = {}
    order = {str(_word(state)): look for state, look in LOOKS.items()}
    for datum in points:
        names[datum["state"]] = order.get(datum["state"], LOOKS[BASELINE])
    return list(names), [look[0] for look in names.values()], [look[1] for look in names.values()]


def _word(state: str) -> str:
    return "" if state == BASELINE else wording.verdict(Verdict(state))


def _year_axis(report: TargetReport) -> dict[str, Any]:
    first, last = report.baseline.year, max([*report.path, report.points[-1].year])
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first - 0.35, last + 0.75], "nice": False, "zero": False},
        "axis": {"values": list(range(first, last + 1)), "format": "d", "grid": False, "labelPadding": 6},
    }


def _rate_axis(report: TargetReport) -> dict[str, Any]:
    return {
        "type": "quantitative",
        "title": _("Người chết trên %(per)s lao động") % {"per": wording.number(report.per)},
        "scale": {"zero": True, "nice": True},
        "axis": {"gridColor": GRID, "domain": False, "ticks": False, "tickCount": 6, "labelPadding": 8,
                 "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -14,
                 "titleBaseline": "bottom"},
    }  # fmt: skip


def _path(report: TargetReport) -> list[dict[str, Any]]:
    """The required path, named on the line itself."""
    values = [
        {"year": year, "rate": round(float(value), 3), "label": wording.number(value, 1)}
        for year, value in report.path.items()
    ]
    x = _year_axis(report)
    y = _rate_axis(report) | {"field": "rate"}
    line = {"data": {"values": values}, "mark": {"type": "line", "color": PATH, "strokeWidth": 2, "strokeDash": [6, 4]},
            "encoding": {"x": x, "y": y}}  # fmt: skip
    if not values:
        return [line]
    name = _("Lộ trình: giảm %(share)s %%/năm") % {"share": wording.number(abs(report.target.change_per_year) * 100)}
    ends = {"values": [values[-1] | {"name": name}]}
    at = {"x": x, "y": y}
    return [
        line,
        {"data": ends, "mark": {"type": "text", "align": "right", "dx": 30, "dy": -22, "color": PATH, "fontSize": 12.5,
                         "fontWeight": "bold"},
                "encoding": at | {"text": {"field": "name"}}},
        {"data": ends, "mark": {"type": "text", "align": "left", "dx": 7, "color": PATH, "fontSize": 12.5},
                "encoding": at | {"text": {"field": "label"}}},
    ]  # fmt: skip


def _intervals(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The exact 95 % interval as a bar with caps."""
    names, colours, _shapes = _scales(points)
    colour = {"field": "state", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": _LEGEND}
    x = {"field": "year", "type": "quantitative"}
    data = {"values": points}
    cap: dict[str, Any] = {"type": "tick", "orient": "horizontal", "size": 14, "thickness": 1.5}
    return [
        {"data": data, "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.28},
         "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}, "color": colour}},
        *({"data": data, "mark": cap,
           "encoding": {"x": x, "y": {"field": end, "type": "quantitative"}, "color": colour}}
          for end in ("low", "high")),
    ]  # fmt: skip


def _marks(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rate of each year by the shape of its verdict, with the figure and the number of deaths beside."""
    names, colours, shapes = _scales(points)
    at = {"x": {"field": "year", "type": "quantitative"}, "y": {"field": "rate", "type": "quantitative"}}
    state = {"field": "state", "type": "nominal"}
    data = {"values": points}
    # Words stand on the side of the mark that the path does not cross.
    floor = 0.12 * max((datum["high"] for datum in points), default=0)
    above = [datum for datum in points if datum["above"] or datum["rate"] < floor]
    below = [datum for datum in points if datum not in above]
    return [
        {"data": data, "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1, "stroke": "white",
                                "strokeWidth": 1.5},
         "encoding": at | {"color": state | {"scale": {"domain": names, "range": colours}, "legend": _LEGEND},
                           "shape": state | {"scale": {"domain": names, "range": shapes}, "legend": _LEGEND}}},
        *_text(above, "label", dy=-23, size=14, color=INK, weight="bold"),
        *_text(above, "count", dy=-9, size=11.5, color=QUIET, weight="normal"),
        *_text(below, "label", dy=9, size=14, color=INK, weight="bold"),
        *_text(below, "count", dy=24, size=11.5, color=QUIET, weight="normal"),
    ]  # fmt: skip


def _text(
    points: list[dict[str, Any]], field: str, *, dy: int, size: float, color: str, weight: str
) -> list[dict[str, Any]]:
    """Words beside each mark, on a white edge so that the path may pass behind them."""
    if not points:
        return []
    at = {"x": {"field": "year", "type": "quantitative"}, "y": {"field": "rate", "type": "quantitative"}}
    mark = {"type": "text", "align": "left", "dx": 13, "dy": dy, "fontSize": size, "fontWeight": weight}
    edge = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round", "color": "white"}
    return [
        {"data": {"values": points}, "mark": mark | look, "encoding": at | {"text": {"field": field}}}
        for look in (edge, {"color": color})
    ]


def _in_progress(report: TargetReport) -> list[dict[str, Any]]:
    """The year that has not ended: words where its mark would be, never a point."""
    point = report.in_progress
    if point is None or point.same_part is None or not report.path:
        return []
    lines = [
        _("Chưa hết năm:"),
        _("%(deaths)s người chết") % {"deaths": wording.number(point.same_part.deaths)},
        _("đến %(day)s") % {"day": format_date(point.same_part.until)},
    ]
    datum = {"year": point.year, "rate": 0, "text": lines}
    return [
        {"data": {"values": [datum]},
         "mark": {"type": "text", "align": "center", "baseline": "bottom", "dy": -38, "lineHeight": 15, "color": QUIET,
                  "fontSize": 11.5, "fontStyle": "italic"},
         "encoding": {"x": {"field": "year", "type": "quantitative"}, "y": {"field": "rate", "type": "quantitative"},
                      "text": {"field": "text"}}},
    ]  # fmt: skip
