"""Bodies are found here and only here: by the function they hold for a place on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession
from atvsld.registers.places import tree


class HolderError(LookupError):
    """No body, or more than one, holds a function for a place on a day; the message says which."""


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose span takes in a day."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def holders(function: str, place: int, on: date) -> list[Body]:
    """Every body holding a function for a place (primary key) on a day, nearest level first found, by code.

    The place may be a unit of another day: the unit standing on its ground on `on` is asked, then the units it
    belongs to, up to the province. More than one body answers where a function is divided, as between zones.
    """
    places = tree.current()
    unit = places.unit_on(place, on)
    if unit is None:
        return []
    line = [unit.pk, *(up.pk for up in places.ancestors(unit.pk, on))]
    rows = (
        BodyFunction.objects.filter(in_force(on), in_force(on, "body__"), function=function, place_id__in=line)
        .select_related("body")
        .order_by("body__code")
    )
    by_place: dict[int, list[Body]] = {}
    for row in rows:
        by_place.setdefault(row.place_id, []).append(row.body)
    return next((by_place[pk] for pk in line if pk in by_place), [])


def holder(function: str, place: int, on: date, *, zone: str = "", appointed: int | None = None) -> Body:
    """The one body holding a function for a place on a day; `HolderError` for none or several.

    Where a function is divided between bodies of one place, as between zone authorities, the record decides: `zone`
    is the name of the zone an establishment stands in, `appointed` the primary key of the body recorded as managing
    it, today or under the name it bore before (see `zones`).
    """
    from atvsld.registers.bodies.zones import narrowed

    found = holders(function, place, on)
    if len(found) > 1 and (zone or appointed is not None):
        found = narrowed(found, on, zone=zone, appointed=appointed)
    if len(found) == 1:
        return found[0]
    name = tree.current().nodes[place].name
    if not found:
        raise HolderError(f"Không có cơ quan giữ chức năng “{function}” tại {name} ngày {on:%d/%m/%Y}.")
    names = ", ".join(body.name for body in found)
    raise HolderError(f"Ngày {on:%d/%m/%Y} tại {name} chức năng “{function}” thuộc nhiều cơ quan: {names}.")


def bodies_of(place: int) -> QuerySet[Body]:
    """The bodies whose own area is a place."""
    return Body.objects.filter(place_id=place).order_by("valid_from", "code")


def lineage(body: int) -> frozenset[int]:
    """A body (primary key) and all it took over from, however far back."""
    found, asked = {body}, {body}
    while asked:
        rows = BodySuccession.objects.filter(successor_id__in=asked).values_list("predecessor_id", flat=True)
        asked = set(rows) - found
        found |= asked
    return frozenset(found)


def heirs(body: int, on: date) -> list[Body]:
    """The bodies that carry on a body on a day: itself while it stands, else those that took over, by code."""
    found: dict[int, Body] = {}
    asked, seen = {body}, {body}
    while asked:
        for one in Body.objects.filter(pk__in=asked):
            if one.valid_to is None or one.valid_to >= on:
                found[one.pk] = one
        ended = asked - set(found)
        rows = BodySuccession.objects.filter(predecessor_id__in=ended, effective_on__lte=on)
        asked = set(rows.values_list("successor_id", flat=True)) - seen
        seen |= asked
    return sorted(found.values(), key=lambda one: one.code)
