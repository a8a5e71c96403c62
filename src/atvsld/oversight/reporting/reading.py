"""Everything a form asks of the records, read in one statement for each fact set.

Tables, header and coverage of one report rest on the same pass over the records, so they cannot disagree and a
million victims are read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import connection

from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import FormSpec, Table
from atvsld.oversight.reporting.catalogue import ESTABLISHMENT_MEASURES, FACT_SETS
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
class Facts:
    """The groups read for one report, by fact set."""

    accidents: Groups
    establishments: Groups

    def of(self, measure: str) -> Groups:
        """The groups that hold a measure."""
        return self.establishments if measure in ESTABLISHMENT_MEASURES else self.accidents


def read(form: FormSpec, rows: Rows, piece: Slice, recoding: Mapping[str, Recode]) -> Facts:
    """Read what all tables of a form need. `rows` are the concrete rows of each table by its id."""
    population = {name: tuple(codes) for name, codes in form.population.items() if name != DISCLOSED}
    read_set = {
        name: _read(facts, form, rows, replace(piece, where=population if name == form.fact_set else {}), recoding)
        for name, facts in FACT_SETS.items()
    }
    return Facts(read_set["accidents"], read_set["establishments"])


def conditions(form: FormSpec, row: ConcreteRow, facts: FactSet) -> dict[str, tuple[str, ...]]:
    """What a fact must meet to stand in a row, as far as the fact set knows the dimension."""
    narrowed = {DISCLOSED: form.population[DISCLOSED]} if DISCLOSED in form.population else {}
    return {name: tuple(codes) for name, codes in (narrowed | dict(row.where)).items() if name in facts.dimensions}


def _read(facts: FactSet, form: FormSpec, rows: Rows, piece: Slice, recoding: Mapping[str, Recode]) -> Groups:
    measures = dict.fromkeys(_BESIDE[facts.name])
    groups: list[Iterable[str]] = [*_BESIDE_GROUPS[facts.name]]
    for table in form.tables:
        wanted = _measures(table, facts)
        if not wanted:
            continue
        measures |= dict.fromkeys(wanted)
        groups += [_dimensions(form, row, facts) for row in rows[table.id] if _counted(table, row)]
    statement = build(facts, piece, [tuple(group) for group in groups], measures)
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


def _dimensions(form: FormSpec, row: ConcreteRow, facts: FactSet) -> list[str]:
    return [*conditions(form, row, facts), *(name for name in row.outside if name in facts.dimensions)]
