"""A panel of bars with its figures in a table, for the head of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from atvsld.platform.ui.formats_text import number
from atvsld.registers.ledgers.ledger import Panel, Text

_INK, _GRID, _BAR = "#1b2a33", "#e3e8eb", "#0072b2"
_BAND = 26


def bars(title: Text, rows: Sequence[tuple[str, int]], *, unit: Text, upright: bool = False) -> Panel | None:
    """One bar a row, in the order given: lying, with long names; `upright` for days and months. None without rows."""
    if not rows:
        return None
    spec = _upright(rows) if upright else _lying(rows)
    drawn = {"spec": spec, "title": title, "unit": unit, "rows": [(name, number(count)) for name, count in rows]}
    return Panel(title, mark_safe(render_to_string("ledgers/parts/bars.html", drawn)), "chart-bar")  # noqa: S308


def _lying(rows: Sequence[tuple[str, int]]) -> dict[str, Any]:
    what = {"field": "what", "type": "nominal", "sort": None, "title": None,
            "axis": {"labelLimit": 170, "domain": False, "ticks": False, "labelFontSize": 12}}  # fmt: skip
    text = {"align": "left", "dx": 4, "fontSize": 12}
    return _whole(rows, what=("y", what), length="x", text=text, height=_BAND * len(rows) + 10, room=1.35)


def _upright(rows: Sequence[tuple[str, int]]) -> dict[str, Any]:
    what = {"field": "what", "type": "nominal", "sort": None, "title": None,
            "axis": {"labelAngle": -40, "domain": False, "ticks": False}}  # fmt: skip
    text = {"baseline": "bottom", "dy": -3, "fontSize": 10}
    return _whole(rows, what=("x", what), length="y", text=text, height=170, room=1.1)


def _whole(
    rows: Sequence[tuple[str, int]],
    *,
    what: tuple[str, dict[str, Any]],
    length: str,
    text: dict[str, Any],
    height: int,
    room: float,
) -> dict[str, Any]:
    channel, axis = what
    # Beyond the longest bar there is room for its figure, on a narrow screen too.
    most = max(count for _name, count in rows) * room
    scale = {"field": "count", "type": "quantitative", "title": None, "axis": {"gridColor": _GRID, "tickCount": 3},
             "scale": {"domainMax": most or 1}}  # fmt: skip
    where = {channel: axis, length: scale}
    return {
        "data": {"values": [{"what": name, "count": count, "text": str(number(count))} for name, count in rows]},
        "width": "container", "height": height, "config": {"view": {"stroke": None}},
        "layer": [
            {"mark": {"type": "bar", "color": _BAR}, "encoding": where},
            {"mark": {"type": "text", "color": _INK, **text},
             "encoding": {**where, "text": {"field": "text"}}},
        ],
    }  # fmt: skip
