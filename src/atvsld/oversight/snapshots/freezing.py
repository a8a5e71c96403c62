"""Facts as rows: copied at acceptance in one statement, read again by the same engine, compared with those of now.

A fact set states aggregates. Grouped by the key of the record, each aggregate runs over one fact alone, which is what
that fact adds; so nothing about measures and dimensions is stated twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import reading
from atvsld.oversight.reporting.reading import DISCLOSED, Plan
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.snapshots import sources
from atvsld.oversight.snapshots.sources import Source, known, source_of
from atvsld.platform.facts import Dimension, FactSet, Folding, Measure

# Why a fact of the subject and period is not counted by the form.
ELSEWHERE = "elsewhere"  # it belongs to the subject by another basis only
POPULATION = "population"  # the form is about other people (without labour contract, say)
NOT_CONCLUDED = DISCLOSED  # its conclusion is not among those the form counts


@dataclass(frozen=True, slots=True)
class Layout:
    """Which dimensions and measures of a fact set a form uses; frozen rows hold their values in this order."""

    dimensions: tuple[str, ...]
    measures: tuple[str, ...]

    def dimension(self, name: str) -> str:
        """SQL of a dimension of the frozen row `f`."""
        return f"f.dimensions[{self.dimensions.index(name) + 1}]"

    def measure(self, name: str) -> str:
        """SQL of what the frozen row `f` adds to a measure."""
        return f"f.measures[{self.measures.index(name) + 1}]::numeric"


Layouts = Mapping[str, Layout]


def layouts_of(plan: Plan, fact_sets: Collection[str]) -> dict[str, Layout]:
    """What the form uses of each fact set, for its tables, its header and its coverage."""
    found: dict[str, Layout] = {}
    for source in known(fact_sets):
        groups, measures = reading.wanted(plan, source.facts)
        if not measures:
            continue
        if not measures:
            continue
        used = {name for group in groups for name in group} | set(reading.population(plan.form, source.facts.name))
        found[source.facts.name] = Layout(tuple(sorted(used)), measures)
    return found


def freeze(snapshot_id: int, plan: Plan, piece: Slice, layouts: Layouts) -> None:
    """Copy every fact of the slice, and those left out of it, in one statement: one moment for all."""
    params: dict[str, Any] = {"snapshot": snapshot_id}
    parts = []
    for source in known(layouts):
        rows = _projection(source, plan, piece, layouts[source.facts.name], params)
        name = source.facts.name
        parts.append(
            f"copied_{name} AS (INSERT INTO snapshots_frozenfact (snapshot_id, fact_set, record, whole, place_id,"  # noqa: S608
            f" left_out, event, whole_event, dimensions, measures) SELECT %(snapshot)s, '{name}', p.record, p.whole,"
            f" p.place, p.left_out, ({_newest(source.events, 'p.k0')}), ({_newest(source.whole_events, 'p.k1')}),"
            f" p.dimensions, p.measures FROM ({rows}) p)"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT 1", params)


def frozen_sets(snapshot_id: int, layouts: Layouts) -> dict[str, FactSet]:
    """The frozen facts under the names of the fact sets they were copied from, for the same engine."""
    return {name: _frozen_set(snapshot_id, source_of(name).facts, layout) for name, layout in layouts.items()}


def digest(snapshot_id: int) -> str:
    """SHA-256 over all frozen facts in a fixed order."""
    row = (
        "json_build_array(fact_set, record, whole, event, whole_event, place_id, left_out, dimensions, measures)::text"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT encode(sha256(convert_to(coalesce(string_agg({row}, E'\\n'"  # noqa: S608
            " ORDER BY fact_set COLLATE \"C\", record COLLATE \"C\"), ''), 'UTF8')), 'hex')"
            " FROM snapshots_frozenfact WHERE snapshot_id = %s",
            [snapshot_id],
        )
        return str(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that stands differently now: what it was (None: not there) and what it is (None: no longer there)."""

    fact_set: str
    record: str
    was: FactValues | None
    now: FactValues | None
    place_id: int | None

    def to_data(self) -> dict[str, Any]:
        return {"fact_set": self.fact_set, "record": self.record, "kind": self.kind}

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`, as the report sees it."""
        before, after = (values is not None and not values.left_out for values in (self.was, self.now))
        return "changed" if before == after else "added" if after else "removed"


@dataclass(frozen=True, slots=True)
class FactValues:
    """What a fact says in the dimensions and measures of a layout."""

    left_out: str
    dimensions: tuple[str | None, ...]
    measures: tuple[str | None, ...]


def changes(
    snapshot_id: int, plan: Plan, piece: Slice, layouts: Layouts, *, only: Collection[str] | None = None
) -> list[FactChange]:
    """Facts that are no longer as they were frozen, in all fact sets or in those named by `only`."""
    found: list[FactChange] = []
    for source in known(layouts if only is None else only):
        params: dict[str, Any] = {"snapshot": snapshot_id, "fact_set": source.facts.name}
        rows = _projection(source, plan, piece, layouts[source.facts.name], params)
        sql = (
            "SELECT coalesce(f.record, p.record), f.record IS NOT NULL, f.left_out, f.dimensions, f.measures,"  # noqa: S608
            " p.record IS NOT NULL, p.left_out, p.dimensions, p.measures, coalesce(p.place, f.place_id)"
            " FROM (SELECT * FROM snapshots_frozenfact WHERE snapshot_id = %(snapshot)s AND fact_set = %(fact_set)s) f"
            f" FULL JOIN ({rows}) p ON p.record = f.record"
            " WHERE f.record IS NULL OR p.record IS NULL OR f.left_out <> p.left_out"
            " OR f.dimensions <> p.dimensions OR f.measures <> p.measures ORDER BY 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found += [_change(source.facts.name, row) for row in cursor.fetchall()]
    return found


def marks(fact_sets: Collection[str]) -> dict[str, int]:
    """How far the history of every table behind the fact sets has come."""
    tables = sorted({table for source in known(fact_sets) for table in source.watched})
    columns = ", ".join(f"(SELECT coalesce(max(pgh_id), 0) FROM {table})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def _change(fact_set: str, row: tuple[Any, ...]) -> FactChange:
    record, was_there, was_out, was_dims, was_sums, is_there, is_out, is_dims, is_sums, place = row
    was = FactValues(was_out, tuple(was_dims), tuple(was_sums)) if was_there else None
    now = FactValues(is_out, tuple(is_dims), tuple(is_sums)) if is_there else None
    return FactChange(fact_set, record, was, now, place)


def _projection(source: Source, plan: Plan, piece: Slice, layout: Layout, params: dict[str, Any]) -> str:
    """SQL of one row a fact: keys, place, why it is left out, dimensions, measures. Adds its parameters to `params`."""
    facts = source.facts
    scope, wider = _scopes(source, piece, params)
    scalars = [
        f"{source.record} AS record", f"{source.whole} AS whole", f"{source.place} AS place",
        *(f"{key} AS k{number}" for number, key in enumerate(source.keys)), f"coalesce({scope}, false) AS inside",
        *(f"({facts.dimensions[name].sql})::text AS d{number}" for number, name in enumerate(layout.dimensions)),
    ]  # fmt: skip
    sums = [f"({facts.measures[name].sql})::text AS m{number}" for number, name in enumerate(layout.measures)]
    needed = {alias for name in layout.dimensions for alias in facts.dimensions[name].needs} | set(source.needs)
    needed |= {alias for name in layout.measures for alias in facts.measures[name].needs}
    needed |= {alias for place in facts.places.values() for alias in place.needs}
    joins = " ".join(facts.joins[alias] for alias in sorted(needed))
    params |= {"start": piece.start, "end": piece.end, "year": piece.year}
    time = f"{facts.moment} >= %(start)s AND {facts.moment} < %(end)s" if facts.moment else f"{facts.year} = %(year)s"
    by = ", ".join(str(place + 1) for place in range(len(scalars)))
    dimensions = ", ".join(f"q.d{number}" for number in range(len(layout.dimensions)))
    measures = ", ".join(f"q.m{number}" for number in range(len(layout.measures)))
    inner = (
        f"SELECT {', '.join([*scalars, *sums])} FROM {facts.relation} {joins}"  # noqa: S608 - fragments are constants
        f" WHERE {time} AND ({wider}) GROUP BY {by}"
    )
    return (
        f"SELECT q.*, {_left_out(plan.form, facts.name, layout, params)} AS left_out,"  # noqa: S608
        f" ARRAY[{dimensions}]::text[] AS dimensions, ARRAY[{measures}]::text[] AS measures FROM ({inner}) q"
    )


def _scopes(source: Source, piece: Slice, params: dict[str, Any]) -> tuple[str, str]:
    """SQL of what belongs to the subject by the chosen basis, and of what belongs to it by any basis."""
    facts = source.facts
    if piece.establishment_id is not None:
        params["establishment"] = piece.establishment_id
        only = f"{facts.establishment} = %(establishment)s"
        return only, only
    scopes: dict[str, str] = {}
    for basis, place in facts.places.items():
        ids = replace(piece, basis=basis).places_for(facts)
        params[f"places_{facts.name}_{basis}"] = sorted(ids or ())
        scopes[basis] = "true" if ids is None else f"({place.sql}) = ANY(%(places_{facts.name}_{basis})s)"
    return scopes[piece.basis], " OR ".join(scopes.values())


def _left_out(form: FormSpec, fact_set: str, layout: Layout, params: dict[str, Any]) -> str:
    cases = [f"WHEN NOT q.inside THEN '{ELSEWHERE}'"]
    for name, codes in sorted(reading.population(form, fact_set).items()):
        params[f"population_{name}"] = sorted(codes)
        column = f"q.d{layout.dimensions.index(name)}"
        cases.append(f"WHEN {column} IS NULL OR {column} <> ALL(%(population_{name})s) THEN '{POPULATION}'")
    if DISCLOSED in layout.dimensions:
        params["disclosed"] = sorted(reading.counted_conclusions(form))
        column = f"q.d{layout.dimensions.index(DISCLOSED)}"
        cases.append(f"WHEN {column} IS NULL OR {column} <> ALL(%(disclosed)s) THEN '{NOT_CONCLUDED}'")
    return f"CASE {' '.join(cases)} ELSE '' END"


def _newest(table: str, key: str) -> str:
    return f"SELECT max(h.pgh_id) FROM {table} h WHERE h.pgh_obj_id = {key}" if table else "SELECT NULL::bigint"  # noqa: S608


def _frozen_set(snapshot_id: int, facts: FactSet, layout: Layout) -> FactSet:
    sums = {
        name: Measure(
            f"coalesce(sum({layout.measure(name)}), 0)"
            if facts.measures[name].folding is Folding.COUNT
            else f"sum({layout.measure(name)})",
            facts.measures[name].folding,
        )
        for name in layout.measures
    }
    return FactSet(
        name=facts.name,
        relation=(
            f"(SELECT dimensions, measures FROM snapshots_frozenfact WHERE snapshot_id = {int(snapshot_id)}"  # noqa: S608
            f" AND fact_set = '{facts.name}' AND left_out <> '{ELSEWHERE}') f"
        ),
        dimensions={
            name: Dimension(layout.dimension(name), facts.dimensions[name].cardinality) for name in layout.dimensions
        },
        measures=sums,
        places={},
        establishment="",
    )


def all_sets() -> list[str]:
    """Names of every fact set whose source is stated."""
    return sorted(sources.all_names())
