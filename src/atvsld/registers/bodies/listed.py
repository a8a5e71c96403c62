"""Bodies as data, for the interface and the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import holders, in_force
from atvsld.registers.places.queries import UnknownPlaceError, find


def listed(*, on: date | None = None, function: str = "", place: str = "") -> QuerySet[Body]:
    """Bodies by day, by function, and by the code of a place on that day.

    With a place and a function: the bodies that answer for it there, wherever they sit; with a place alone: the
    bodies whose own area it is. Without a day, bodies of all days. `UnknownPlaceError` for an unknown code.
    """
    found = Body.objects.select_related("place").prefetch_related(
        "functions__place", "zones__zone", "successions__successor", "precessions__predecessor"
    )
    if place:
        if on is None:
            raise UnknownPlaceError("Cần ngày để biết mã địa bàn là đơn vị nào.")
        unit = find(place, on)
        if function:
            return found.filter(pk__in=[body.pk for body in holders(function, unit.pk, on)])
        found = found.filter(place_id=unit.pk)
    if on:
        found = found.filter(in_force(on))
    if function:
        spans = in_force(on, "functions__") if on else Q()
        found = found.filter(spans, functions__function=function).distinct()
    return found


def body_data(body: Body) -> dict[str, Any]:
    """A body with what it holds, from whom it took over and who took over from it."""
    return {
        "id": body.public_id,
        "code": body.code,
        "name": body.name,
        "short_name": body.short_name,
        "place_code": body.place.code,
        "place_name": body.place.name,
        "valid_from": body.valid_from.isoformat(),
        "valid_to": _day(body.valid_to),
        "legal_basis": body.legal_basis,
        "certainty": body.certainty,
        "functions": [
            {
                "function": row.function,
                "label": str(FUNCTIONS.get(row.function, row.function)),
                "place_code": row.place.code,
                "valid_from": row.valid_from.isoformat(),
                "valid_to": _day(row.valid_to),
            }
            for row in sorted(body.functions.all(), key=lambda row: (row.function, row.valid_from))
        ],
        "zones": [
            {"name": row.zone.name, "valid_from": row.valid_from.isoformat(), "valid_to": _day(row.valid_to)}
            for row in sorted(body.zones.all(), key=lambda row: (row.zone.name, row.valid_from))
        ],
        "predecessors": [_edge(edge, edge.predecessor) for edge in body.precessions.all()],
        "successors": [_edge(edge, edge.successor) for edge in body.successions.all()],
    }


def _edge(edge: Any, other: Body) -> dict[str, Any]:
    return {
        "code": other.code,
        "name": other.name,
        "effective_on": edge.effective_on.isoformat(),
        "legal_basis": edge.legal_basis,
        "certainty": edge.certainty,
        "note": edge.note,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
