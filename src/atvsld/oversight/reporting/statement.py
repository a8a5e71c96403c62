"""One table is one SQL statement: groups of facts by the dimensions that the table's rows ask for.

Dimensions are first grouped together in "cubes" small enough to stay in memory, in parallel; the groups each
row needs are then added up from the cubes. Measured on 1,000,000 victims this costs little more than the bare
aggregate, where grouping sets over the records themselves cost more than twice as much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atvsld.platform.facts import FactSet

# Above this many possible groups a cube stops paying for itself.
CUBE_LIMIT = 100_000
# From this many places on they are a filter and not a way in: the planner would walk the index of every unit.
MANY_PLACES = 40


@dataclass(frozen=True, slots=True)
class Slice:
    """Which facts count: span of time, places or establishment, and fixed values of dimensions."""

    start: datetime
    end: datetime
    year: int
    basis: str = "place"
    place_ids: frozenset[int] | None = None
    register_ids: frozenset[int] | None = None
    establishment_id: int | None = None
    where: Mapping[str, Collection[str]] = field(default_factory=dict)

    def places_for(self, facts: FactSet) -> frozenset[int] | None:
        """The places that count for a fact set: a dated event's own unit, or the ground for what has no date.

        The head office of an employer has no date either, so that basis counts by the ground too.
        """
        dated = facts.moment is not None and self.basis == "place"
        return self.place_ids if dated or self.register_ids is None else self.register_ids


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with named parameters. Rows are (group number, code of each dimension, value of each measure)."""

    sql: str
    params: dict[str, Any]
    groups: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]


def build(facts: FactSet, piece: Slice, groups: Iterable[Collection[str]], measures: Iterable[str]) -> Statement:
    """The statement that yields `measures` for every combination of each of `groups` (sets of dimensions).

    KeyError names an unknown dimension or measure: a fault in a form spec, found before the database is asked.
    """
    wanted = tuple(dict.fromkeys(tuple(sorted(group)) for group in groups))
    names = tuple(measures)
    params: dict[str, Any] = {}
    conditions = _conditions(facts, piece, params)
    cubes: list[str] = []
    selects: list[str] = []
    for number, (dimensions, members) in enumerate(_cubes(facts, wanted)):
        cubes.append(f"cube{number} AS ({_cube(facts, piece, dimensions, names, conditions)})")
        selects.extend(_fold(number, wanted.index(group), group, names) for group in members)
    sql = f"WITH {', '.join(cubes)}\n" + "\nUNION ALL\n".join(selects)
    return Statement(sql, params, wanted, names)


def _cubes(facts: FactSet, groups: tuple[tuple[str, ...], ...]) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Pack groups into cubes whose possible combinations stay under the limit, larger groups first."""
    packed: list[tuple[set[str], list[tuple[str, ...]]]] = []
    for group in sorted(groups, key=lambda item: -_combinations(facts, item)):
        for dimensions, members in packed:
            if _combinations(facts, dimensions | set(group)) <= CUBE_LIMIT:
                dimensions |= set(group)
                members.append(group)
                break
        else:
            packed.append((set(group), [group]))
    return [(tuple(sorted(dimensions)), members) for dimensions, members in packed]


def _combinations(facts: FactSet, dimensions: Iterable[str]) -> int:
    product = 1
    for name in dimensions:
        product *= facts.dimensions[name].cardinality
    return product


def _cube(
    facts: FactSet, piece: Slice, dimensions: tuple[str, ...], measures: tuple[str, ...], conditions: list[str]
) -> str:
    needed = {alias for name in (*dimensions, *piece.where) for alias in facts.dimensions[name].needs}
    needed |= {alias for name in measures for alias in facts.measures[name].needs}
    if piece.places_for(facts) is not None:
        needed |= set(facts.places[piece.basis].needs)
    joins = " ".join(facts.joins[alias] for alias in sorted(needed))
    columns = [f"{facts.dimensions[name].sql} AS d_{name}" for name in dimensions]
    columns += [f"{facts.measures[name].sql} AS m_{name}" for name in measures]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    group = f"GROUP BY {', '.join(str(place + 1) for place in range(len(dimensions)))}" if dimensions else ""
    return f"SELECT {', '.join(columns)} FROM {facts.relation} {joins} {where} {group}"  # noqa: S608 - fragments are constants of the fact set


def _fold(cube: int, number: int, group: tuple[str, ...], measures: tuple[str, ...]) -> str:
    codes = ", ".join(f"d_{name}::text" for name in group)
    values = ", ".join(f"sum(m_{name})::numeric" for name in measures)
    by = f"GROUP BY {', '.join(f'd_{name}' for name in group)}" if group else ""
    return f"SELECT {number} AS grp, ARRAY[{codes}]::text[] AS codes, ARRAY[{values}] AS sums FROM cube{cube} {by}"  # noqa: S608


def _conditions(facts: FactSet, piece: Slice, params: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if facts.moment is not None:
        found.append(f"{facts.moment} >= %(start)s AND {facts.moment} < %(end)s")
        params |= {"start": piece.start, "end": piece.end}
    elif facts.year is not None:
        found.append(f"{facts.year} = %(year)s")
        params["year"] = piece.year
    if piece.establishment_id is not None:
        found.append(f"{facts.establishment} = %(establishment)s")
        params["establishment"] = piece.establishment_id
    places = piece.places_for(facts)
    if places is not None:
        column = facts.places[piece.basis].sql
        found.append(f"{column if len(places) < MANY_PLACES else f'({column} + 0)'} = ANY(%(places)s)")
        params["places"] = sorted(places)
    for name in sorted(piece.where):
        column, codes = facts.dimensions[name].condition(piece.where[name])
        found.append(f"{column} = ANY(%(only_{name})s)")
        params[f"only_{name}"] = codes
    return found
