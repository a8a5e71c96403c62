"""Questions about places: which unit bore a code, and which unit its ground is on another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.registers.places import tree
from atvsld.registers.places.addresses import located
from atvsld.registers.places.tree import Landing, Node, PlaceTree


class UnknownPlaceError(LookupError):
    """No unit bore the code on the day; the message says on which days one did."""


class DecidedBy(StrEnum):
    """What told the units apart: nothing had to (`WHOLE`), an address, a place known otherwise, or only the shares."""

    WHOLE = "whole"
    ADDRESS = "address"
    KNOWN_PLACE = "known_place"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Trace:
    """The unit that bore a code on one day, and where its ground stands on another."""

    unit: Node
    unit_on: date
    asked_on: date
    landings: tuple[Landing, ...]
    decided_by: DecidedBy = DecidedBy.WHOLE

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
            "decided_by": self.decided_by.value,
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


def trace(code: str, unit_on: date, asked_on: date, *, address: str = "", known: int | None = None) -> Trace:
    """Follow the unit that bears `code` on `unit_on` to `asked_on`, forwards or backwards.

    Forwards the shares say how the unit was divided and add up to 1. Backwards a unit is all of its predecessors,
    and each share says how much of that predecessor came in. Where there are several, an `address` that names one
    of them, or `known` (the primary key of the place where the thing asked about is known to stand on another day),
    leaves that one, whole and no estimate. Raises `UnknownPlaceError`.
    """
    return trace_unit(find(code, unit_on).pk, unit_on, asked_on, address=address, known=known)


def trace_unit(pk: int, unit_on: date, asked_on: date, *, address: str = "", known: int | None = None) -> Trace:
    """As `trace`, for a unit by primary key."""
    places = tree.current()
    unit, landings = places.nodes[pk], places.trace(pk, asked_on)
    if len(landings) < 2:
        return Trace(unit, unit_on, asked_on, landings)
    node, decided = located(places, pk, asked_on, address), DecidedBy.ADDRESS
    if known is not None and (there := places.trace(known, asked_on)) and len(there) == 1:
        node, decided = there[0].node, DecidedBy.KNOWN_PLACE
    exact = [replace(one, share=Decimal(1), estimate=False) for one in landings if node and one.node.pk == node.pk]
    if not exact:
        return Trace(unit, unit_on, asked_on, landings, DecidedBy.SHARE)
    return Trace(unit, unit_on, asked_on, tuple(exact), decided)


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
