"""The same cell counted from the registers, unit by unit: whose records stand behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import connection

from atvsld.law import load_book
from atvsld.law.consolidation import Cell, Scheme
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column
from atvsld.oversight.reporting import reading
from atvsld.oversight.reporting.catalogue import FACT_SETS, recodes
from atvsld.oversight.reporting.compute import plan_of, slice_of
from atvsld.oversight.reporting.groups import Groups
from atvsld.oversight.reporting.reading import Plan
from atvsld.oversight.reporting.statement import Slice, build
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.facts import Dimension, FactSet

UNIT = "unit"
# Whose a fact is, by fact set: the employer's; the ground's where nobody employs.
_EMPLOYERS = {"accidents": "c.establishment_id::text", "establishments": "e.id::text"}
_PLACES = {"accidents": "c.place_id::text", "establishments": "e.place_id::text"}
_MANY = 1_000


def by_unit(scheme: Scheme, subject: Subject, basis: str, cell: Cell) -> dict[int | None, Decimal] | None:
    """The cell by establishment (for reports of employers) or by place; None: no register counts it.

    The key None holds what belongs to no establishment.
    """
    plan = plan_of(load_book(), scheme.target, scheme.period)
    counted = _counted(plan, cell)
    if counted is None:
        return None
    facts = next(held for held in FACT_SETS.values() if counted.measure in held.measures)
    owners = _EMPLOYERS if scheme.rule.reporter == "establishment" else _PLACES
    told = replace(facts, dimensions={**facts.dimensions, UNIT: Dimension(owners[facts.name], _MANY)})
    groups = _read(plan, told, slice_of(scheme.period, subject, basis), counted)
    return {unit: value / counted.scale for unit, value in _folded(plan, groups, counted).items()}


@dataclass(frozen=True, slots=True)
class _Counted:
    """What records are counted for a cell, and by how much the sum is divided for print."""

    row: ConcreteRow
    column: Column
    measure: str
    scale: int


def _counted(plan: Plan, cell: Cell) -> _Counted | None:
    row = next((held for held in plan.rows.get(cell.table, ()) if held.key == cell.row), None)
    table = plan.form.table(cell.table)
    column = next((leaf for leaf in table.leaf_columns if cell.column in (leaf.key, leaf.pair)), None)
    if row is None or column is None:
        return None
    if column.kind == "measure" and column.measure:
        return _Counted(row, column, column.measure, column.scale)
    source = row.source
    if column.kind != "entry" or source is None:
        return None
    measure = source.of if cell.column == column.pair else source.measure
    return _Counted(row, column, measure, source.scale) if measure else None


def _read(plan: Plan, facts: FactSet, piece: Slice, counted: _Counted) -> Groups:
    row, column = counted.row, counted.column
    where = reading.conditions(plan.form, row, facts, column)
    narrowed = reading.population(plan.form, facts.name)
    group = {*where, *(name for name in row.outside if name in facts.dimensions), UNIT}
    statement = build(facts, replace(piece, where=narrowed), [tuple(sorted(group))], [counted.measure])
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return Groups.read(facts, statement, cursor.fetchall(), recodes(plan.codes))


def _folded(plan: Plan, groups: Groups, counted: _Counted) -> dict[int | None, Decimal]:
    row, column = counted.row, counted.column
    where = {name: set(codes) for name, codes in reading.conditions(plan.form, row, groups.facts, column).items()}
    outside = {name: set(codes) for name, codes in row.outside.items()}
    place = groups.measures.index(counted.measure)
    found: dict[int | None, Decimal] = {}
    for group, sums in groups.sums.items():
        unit = group.index(UNIT)
        for codes, values in sums.items():
            met = all(
                (name not in where or code in where[name]) and (name not in outside or code not in outside[name])
                for name, code in zip(group, codes, strict=True)
            )
            if met and values[place] is not None:
                held = codes[unit]
                key = int(held) if held is not None else None
                found[key] = found.get(key, Decimal(0)) + Decimal(values[place] or 0)
    return found
