"""How registers that belong to no body are counted as proof: on the ground of the bodies asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from atvsld.kit.periods import Period, PeriodKind
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.places import tree
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, Search

M = TypeVar("M", bound=Model)


def ground(asked: Asked) -> frozenset[int] | None:
    """The places (primary keys) whose records are asked for; None: everywhere, places unknown included.

    Of a body that is the ground it stands on the last day asked for; of bodies that all ended before, the ground they
    had. The bodies it took over from add nothing of their own: their ground is its ground now.
    """
    own = _own_ground(asked)
    if own is None or asked.places is None:
        return asked.places if own is None else own
    return own & asked.places


def _own_ground(asked: Asked) -> frozenset[int] | None:
    if asked.bodies is None:
        return None
    graph = tree.current()
    bodies = Body.objects.filter(pk__in=asked.bodies)
    standing = set(bodies.filter(in_force(asked.end)).values_list("place_id", flat=True))
    found: set[int] = set()
    for place in standing or set(bodies.values_list("place_id", flat=True)):
        node = graph.nodes[place]
        found |= graph.territory(place, asked.end if node.exists_on(asked.end) else None)
    communes = {pk for pk, node in graph.nodes.items() if node.level == "commune"}
    return None if communes and communes <= found else frozenset(found)


def within(
    asked: Asked, *, place: str = "place_id", establishment: str | None = "establishment_id"
) -> Q:  # fmt: skip
    """Where the records asked for lie. A register without establishments (None) answers nothing for one."""
    found = Q()
    here = ground(asked)
    if here is not None:
        found &= Q(**{f"{place}__in": here})
    if asked.establishments is not None:
        found &= Q(**{f"{establishment}__in": asked.establishments}) if establishment else Q(pk__in=[])
    return found


def moments(asked: Asked, column: str) -> Q:
    """Records whose moment lies in the days asked for, in Viet Nam."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(asked.start, time.min, zone)
    end = datetime.combine(asked.end + timedelta(days=1), time.min, zone)
    return Q(**{f"{column}__gte": start, f"{column}__lt": end})


def period_of(asked: Asked) -> Period | None:
    """The reporting period these days are, None when they are none."""
    for kind in PeriodKind:
        period = Period.of(asked.start, kind)
        if (period.start, period.end) == (asked.start, asked.end):
            return period
    return None


def address(
    base: str, asked: Asked, fixed: Mapping[str, str] | None = None, *, period: str = "period", place: str = "place"
) -> str:
    """A list narrowed to just what is asked for; empty when its filters cannot say that.

    `place` is the parameter that takes the code of a unit, and `period` the code of a period.
    """
    given = dict(fixed or {})
    span, here = period_of(asked), ground(asked)
    if asked.establishments is not None or span is None:
        return ""
    given[period] = span.code
    if here is not None:
        code = _unit_of(here, asked.end)
        if not code:
            return ""
        given[place] = code
    return f"{base}?{urlencode(given)}"


def _unit_of(here: frozenset[int], day: date) -> str:
    """Code of the unit whose ground on a day this is."""
    graph = tree.current()
    for pk in here:
        node = graph.nodes[pk]
        if node.exists_on(day) and graph.territory(pk, day) == here:
            return node.code
    return ""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that is the number of records of a queryset; `url` gives the list that shows them, if there is one."""

    key: str
    label: str | Promise
    rows: Callable[[Asked], QuerySet[Any]]
    url: Callable[[Asked], str] = lambda _asked: ""
    record: Callable[[Any], ProofRecord] | None = None


def counting(
    word: str,
    *counts: Count,
    record: Callable[[Any], ProofRecord],
    more: Callable[[Asked], Iterable[Figure]] = lambda _asked: (),
    behind: Mapping[str, str] | None = None,
) -> Measure:
    """A measure made of counts, and of further figures that are not: sums, shares, what cannot be told.

    `behind` names for a further figure the count whose records it was made of.
    """
    known = {one.key: one for one in counts}

    def figures(asked: Asked) -> Iterable[Figure]:
        for one in counts:
            yield Figure(one.key, one.label, Decimal(one.rows(asked).count()), url=one.url(asked))
        yield from more(asked)

    def records(asked: Asked, key: str) -> Iterable[ProofRecord]:
        one = known.get((behind or {}).get(key, key))
        if one is None:
            return ()
        spoken = one.record or record
        return (spoken(row) for row in one.rows(asked).iterator(chunk_size=500))

    return Measure(word, figures, records)


def cannot_tell(key: str, label: str | Promise, why: str | Promise) -> Figure:
    """A figure no register here holds."""
    return Figure(key, label, None, why=why)


def evidence(
    word: str, rows: QuerySet[M], record: Callable[[M], ProofRecord], search: Search, key: str = "public_id"
) -> Evidence:
    """A kind of evidence whose records are the rows of a queryset, found by a column of theirs."""

    def find(given: str) -> ProofRecord | None:
        row = rows.filter(**{key: given}).first()
        return None if row is None else record(row)

    def many(given: Collection[str]) -> dict[str, ProofRecord]:
        found = (record(row) for row in rows.filter(**{f"{key}__in": list(given)}))
        return {one.key: one for one in found}

    return Evidence(word, find, search, many)
