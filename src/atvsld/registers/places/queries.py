"""Questions about places: which unit bore a code, and which unit its ground is on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.registers.places import tree
from atvsld.registers.places.tree import Landing, Node, PlaceTree


class UnknownPlaceError(LookupError):
    """No unit bore the code on the day; the message says on which days one did."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The unit that bore a code on one day, and where its ground stands on another."""

    unit: Node
    unit_on: date
    asked_on: date
    landings: tuple[Landing, ...]

    def to_json(self) -> dict[str, Any]:
        """Codes and days as text; shares as numbers from 0 to 1, all of them together 1 when going forwards."""
        return {
            "from": {
                "code": self.unit.code,
                "name": self.unit.name,
                "valid_from": self.unit.valid_from.isoformat(),
                "on": self.unit_on.isoformat(),
            },
            "on": self.asked_on.isoformat(),
            "to": [
                {
                    "code": landing.node.code,
                    "name": landing.node.name,
                    "valid_from": landing.node.valid_from.isoformat(),
                    "share": float(landing.share),
                    "basis": landing.basis,
                    "estimate": landing.estimate,
                }
                for landing in self.landings
            ],
        }


def find(code: str, on: date) -> Node:
    """The unit that bears a code on a day. Raises `UnknownPlaceError`, which names the days on which one did."""
    places = tree.current()
    unit = places.at(code, on)
    if unit is None:
        raise UnknownPlaceError(_unknown(places, code, on))
    return unit


def trace(code: str, unit_on: date, asked_on: date) -> Trace:
    """Follow the unit that bears `code` on `unit_on` to `asked_on`, forwards or backwards.

    Forwards the shares say how the unit was divided and add up to 1. Backwards a unit is all of its predecessors,
    and each share says how much of that predecessor came in. Raises `UnknownPlaceError`.
    """
    unit = find(code, unit_on)
    return Trace(unit, unit_on, asked_on, tree.current().trace(unit.pk, asked_on))


def _unknown(places: PlaceTree, code: str, day: date) -> str:
    known = places.with_code(code)
    if not known:
        return _("Không có đơn vị hành chính nào mang mã %(code)s.") % {"code": code}
    spans = "; ".join(
        _("%(name)s (%(start)s – %(end)s)")
        % {
            "name": node.name,
            "start": format_date(node.valid_from),
            "end": format_date(node.valid_to) if node.valid_to else _("nay"),
        }
        for node in known
    )
    return _("Ngày %(day)s không có đơn vị nào mang mã %(code)s. Mã này thuộc về: %(spans)s.") % {
        "day": format_date(day),
        "code": code,
        "spans": spans,
    }
