"""Everything a form asks of the records, read in one statement for each fact set.

Tables, header and coverage of one report rest on the same pass over the records, so they cannot disagree and a
million victims are read once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import connection

from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.reporting.catalogue import FACT_SETS, recodes
from atvsld.oversight.reporting.groups import Groups, Recode
from atvsld.oversight.reporting.statement import Slice, build
from atvsld.platform.facts import FactSet

# Records are never narrowed by this dimension in the database: what a form leaves out is counted beside it.
DISCLOSED = "conclusion"
UNKNOWN = tuple(name for name in FACT_SETS["accidents"].measures if name.startswith("unknown_"))
_BESIDE = {
    "accidents": ("cases", "victims", *UNKNOWN),
    "establishments": ("establishments", "establishments_reporting", "workers", "workers_female", "payroll"),
}
_BESIDE_GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {"accidents": ((DISCLOSED,),), "establishments": ((),)}
Rows = Mapping[str, tuple[ConcreteRow, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the law says about one report: given the same facts, the same plan makes the same figures.

    `rows` are the concrete rows by table; `codes` say under which code a stored one counts, by dimension; `factors`
    are the rates of formula columns, by table and column.
    """

    form: FormSpec
    rows: Rows
    codes: Mapping[str, Mapping[str, str]]
    factors: Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The groups read for one report, by name of the fact set."""

    groups: Mapping[str, Groups]

    @property
    def accidents(self) -> Groups:
        return self.groups["accidents"]

    @property
    def establishments(self) -> Groups:
        return self.groups["establishments"]

    def of(self, measure: str) -> Groups:
        """The groups that hold a measure; KeyError when no fact set has it."""
        for groups in self.groups.values():
            if measure in groups.facts.measures:
                return groups
        raise KeyError(measure)


def read(plan: Plan, piece: Slice, fact_sets: Mapping[str, FactSet] = FACT_SETS) -> Facts:
    """Read what all tables of a form need: from the records as they are, or from other fact sets of the same names."""
    recoding = recodes(plan.codes)
    return Facts(
        {
            name: _read(facts, plan, replace(piece, where=population(plan.form, name)), recoding)
            for name, facts in fact_sets.items()
            if wanted(plan, facts)[1]
        }
    )


def population(form: FormSpec, fact_set: str) -> dict[str, tuple[str, ...]]:
    """By what the records of a form are narrowed from the start, but for what is counted beside the tables."""
    if fact_set != form.fact_set:
        return {}
    return {name: tuple(codes) for name, codes in form.population.items() if name != DISCLOSED}


def counted_conclusions(form: FormSpec) -> tuple[str, ...]:
    """The conclusions a form counts in any of its rows."""
    return tuple(form.population.get(DISCLOSED, ())) or tuple(
        dict.fromkeys(code for table in form.tables for row in table.rows for code in row.where.get(DISCLOSED, ()))
    )


def wanted(plan: Plan, facts: FactSet) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The groups of dimensions and the measures that a form, its header and its coverage ask of a fact set."""
    measures = dict.fromkeys(_BESIDE.get(facts.name, ()))
    groups: list[tuple[str, ...]] = [*_BESIDE_GROUPS.get(facts.name, ((),))]
    for table in plan.form.tables:
        named = _measures(table, facts)
        if not named:
            continue
        measures |= dict.fromkeys(named)
        for row in plan.rows[table.id]:
            if _counted(table, row):
                groups += [_dimensions(plan.form, row, facts, column) for column in _narrowings(table)]
    return tuple(groups), tuple(measures)


def conditions(
    form: FormSpec, row: ConcreteRow, facts: FactSet, column: Column | None = None
) -> dict[str, tuple[str, ...]]:
    """What a fact must meet to stand in a row (and a column), as far as the fact set knows the dimension."""
    narrowed = {DISCLOSED: form.population[DISCLOSED]} if DISCLOSED in form.population else {}
    asked = narrowed | dict(row.where) | dict(column.where if column else {})
    return {name: tuple(codes) for name, codes in asked.items() if name in facts.dimensions}


def _read(facts: FactSet, plan: Plan, piece: Slice, recoding: Mapping[str, Recode]) -> Groups:
    groups, measures = wanted(plan, facts)
    statement = build(facts, piece, groups, measures)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return Groups.read(facts, statement, cursor.fetchall(), recoding)


def _measures(table: Table, facts: FactSet) -> list[str]:
    named = [column.measure for column in table.leaf_columns]
    named += [measure for row in table.rows for measure in (row.measure, row.of)]
    return [measure for measure in named if measure and measure in facts.measures]


def _counted(table: Table, row: ConcreteRow) -> bool:
    """Whether records are counted for a row: by a column's measure or, in entry tables, by the row's own."""
    if not row.holds_figures or row.formula:
        return False
    return bool(table.measure_columns) or (row.source is not None and row.source.measure is not None)


def _narrowings(table: Table) -> list[Column]:
    """One column for each set of dimensions by which columns of the table are narrowed."""
    return list({tuple(sorted(column.where)): column for column in table.leaf_columns}.values())


def _dimensions(form: FormSpec, row: ConcreteRow, facts: FactSet, column: Column) -> tuple[str, ...]:
    return (*conditions(form, row, facts, column), *(name for name in row.outside if name in facts.dimensions))
