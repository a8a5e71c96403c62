"""Facts: a context's records as flat, named columns that tables are computed from.

A context states its facts once (`facts.py`); reporting asks for measures by dimension and never touches the
context's own tables in any other way. SQL fragments are constants written in code, never user text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Folding(StrEnum):
    """What a measure of no records is, and how unknown amounts add up."""

    COUNT = "count"  # no records: zero
    SUM = "sum"  # no records: zero; only unknown amounts: unknown


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column facts are grouped or filtered by. `cardinality` is a rough count of its values.

    A dimension of groups says in `groups` which stored codes each stands for, and in `stored` their column:
    filters then speak of that column, whose values the planner knows.
    """

    sql: str
    cardinality: int
    needs: tuple[str, ...] = ()
    stored: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def condition(self, codes: Collection[str]) -> tuple[str, list[str]]:
        """The column to compare and the codes to compare it with."""
        if not self.groups:
            return self.sql, sorted(codes)
        return self.stored, sorted(code for group in codes for code in self.groups[group])


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate expression over the facts; `needs` names the joins it reads from."""

    sql: str
    folding: Folding = Folding.COUNT
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSet:
    """Flat facts of one context.

    `relation` is the FROM clause; `joins` are optional ones by alias, added when a dimension or a measure needs them.
    `moment` is the instant a fact belongs to (timestamptz), or None when `year` gives its year instead; neither: the
    relation holds the facts of one period alone.
    `places` gives the place column for each basis; `establishment` the establishment's column.
    """

    name: str
    relation: str
    dimensions: Mapping[str, Dimension]
    measures: Mapping[str, Measure]
    places: Mapping[str, Dimension]
    establishment: str
    moment: str | None = None
    year: str | None = None
    joins: Mapping[str, str] = field(default_factory=dict)
