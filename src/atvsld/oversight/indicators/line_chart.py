"""A target of any kind as a small chart: required path, figure of each year within its bounds, verdict by shape."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from atvsld.oversight.indicators import wording
from atvsld.oversight.indicators.chart import BASELINE, GRID, INK, LOOKS, PATH, QUIET
from atvsld.oversight.indicators.summary import TargetLine, YearFigure

# Beyond this multiple of the largest figure an upper bound is drawn as open.
_REACH = 3


def spec(line: TargetLine, *, font: str = "", height: int = 210) -> dict[str, Any]:
    """The chart with its data inside; nothing is drawn for a year of which nothing is known."""
    points = [_datum(line, one) for one in line.years if one.value is not None and (one.complete or one.verdict)]
    path = [
        {"year": year, "value": round(float(value), 3), "label": wording.number(value, line.decimals)}
        for year, value in line.path.items()
    ]
    x = {"field": "year", "type": "quantitative", "title": None,
         "scale": {"domain": [line.baseline.year - 0.4, _last(line) + 0.6]},
         "axis": {"format": "d", "values": list(range(line.baseline.year, _last(line) + 1)),
                  "grid": False}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": line.unit, "scale": {"zero": True, "nice": True},
         "axis": {"gridColor": GRID, "tickCount": 4,
                  "labelExpr": "replace(format(datum.value, ','), /,/g, '.')"}}  # fmt: skip
    layers: list[dict[str, Any]] = [
        {"data": {"values": path}, "mark": {"type": "line", "color": PATH, "strokeDash": [6, 4], "strokeWidth": 2},
         "encoding": {"x": x, "y": y}},
        {"data": {"values": path[-1:]}, "mark": {"type": "text", "align": "right", "dy": -9, "color": PATH},
         "encoding": {"x": {"field": "year", "type": "quantitative"}, "y": {"field": "value", "type": "quantitative"},
                      "text": {"field": "label"}}},
    ]  # fmt: skip
    layers += _drawn(points)
    if not path:
        layers = layers[2:]
        layers[0]["encoding"] |= {"x": x, "y": y | {"field": "low"}}
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12,
                 "titleFontWeight": "normal", "domainColor": "#9aa8b0", "tickColor": "#9aa8b0"},
    }  # fmt: skip
    if font:
        config["font"] = font
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "layer": layers,
        "config": config,
    }


def drawable(line: TargetLine) -> bool:
    """Whether there is any year to draw."""
    return any(one.value is not None and (one.complete or one.verdict) for one in line.years)


def alt(line: TargetLine) -> str:
    """The chart in words."""
    told = [
        f"{one.year}: {wording.number(one.value, line.decimals)} ({between(line, one)})"
        for one in line.years
        if one.value is not None and (one.complete or one.verdict)
    ]
    return f"{line.label}. " + ("; ".join(told) if told else _("Chưa có năm nào có số liệu.")) + "."


def between(line: TargetLine, one: YearFigure) -> str:
    """The bounds of a figure in words; a dash when nothing is known."""
    if one.low is None:
        return "–"
    if one.high is None:
        return _("từ %(low)s") % {"low": wording.number(one.low, line.decimals)}
    low, high = wording.number(one.low, line.decimals), wording.number(one.high, line.decimals)
    return low if low == high else f"{low}–{high}"


def _last(line: TargetLine) -> int:
    return max((*line.path, *(one.year for one in line.years)))


def _datum(line: TargetLine, one: YearFigure) -> dict[str, Any]:
    assert one.value is not None
    value = float(one.value)
    high = float(one.high) if one.high is not None else value * _REACH
    state = BASELINE if one.year == line.baseline.year else one.verdict
    colour, shape = LOOKS[state] if state is not None else (QUIET, "square")
    return {
        "year": one.year, "value": round(value, 3), "low": round(float(one.low or 0), 3), "high": round(high, 3),
        "label": wording.number(one.value, line.decimals), "colour": colour, "shape": shape,
        "below": one.required is not None and one.value < one.required,
    }  # fmt: skip


def _drawn(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bounds as bars, figures as marks told apart by shape and colour, with their numbers beside."""
    if not points:
        return []
    data = {"values": points}
    x = {"field": "year", "type": "quantitative"}
    y = {"field": "value", "type": "quantitative"}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return [
        {"data": data, "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.28},
         "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}, "color": colour}},
        {"data": data, "mark": {"type": "point", "filled": True, "size": 120, "opacity": 1, "stroke": "white"},
         "encoding": {"x": x, "y": y, "color": colour,
                      "shape": {"field": "shape", "type": "nominal", "scale": None}}},
        *(
            {"data": {"values": [point for point in points if point["below"] is below]},
             "mark": {"type": "text", "align": "left", "dx": 10, "dy": 12 if below else -9, "fontSize": 12.5,
                      "fontWeight": "bold", "color": INK},
             "encoding": {"x": x, "y": y, "text": {"field": "label"}}}
            for below in (True, False)
        ),
    ]  # fmt: skip
