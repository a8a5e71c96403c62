"""One figure of an accepted report: which facts it counts, told once for Python and once for SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, Table
from atvsld.oversight.reporting import reading
from atvsld.oversight.reporting.catalogue import recodes
from atvsld.oversight.reporting.reading import DISCLOSED
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.differences import HEADER, column_path
from atvsld.oversight.snapshots.freezing import ELSEWHERE, POPULATION, FactValues, Layout
from atvsld.oversight.snapshots.sources import source_of
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.facts import Folding

# A fact that meets every condition of the figure, but whose amount nobody knows.
UNKNOWN = "unknown"
_SKIPPED = "-"
Codes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands: table id (or `header`), row key (or header field), column key (empty in the header)."""

    table: str
    row: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """A figure counted from facts of one set: those that meet every `where` and no code of any `outside`."""

    fact_set: str
    measure: str
    scale: int
    where: Codes
    outside: Codes

    @property
    def relaxed(self) -> Codes:
        """The conditions but for what makes a fact be left out with a reason of its own."""
        return {name: codes for name, codes in self.where.items() if name != DISCLOSED}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the passport needs it: in words, its value, and either what it counts or what it is made of."""

    cell: Cell
    label: str
    path: str
    value: Decimal | None
    row: ConcreteRow | None = None
    column: Column | None = None
    counted: tuple[Counting, ...] = ()
    parts: tuple[Cell, ...] = ()
    rule: str = ""


_FIELD_MEASURES = {
    "workforce.total": ("workers", 1),
    "workforce.female": ("workers_female", 1),
    "workforce.payroll_million": ("payroll", 1_000_000),
}


def figure(one: Held, cell: Cell) -> Figure:
    """The figure at a cell of a snapshot. `Rejected` when the form has no figure there."""
    if cell.table == HEADER:
        return _field(one, cell)
    table = next((known for known in one.plan.form.tables if known.id == cell.table), None)
    row = next((known for known in one.plan.rows.get(cell.table, ()) if known.key == cell.row), None)
    if table is None or row is None or not row.holds_figures:
        raise _no_figure(cell)
    column = next((known for known in table.leaf_columns if cell.column in (known.key, known.pair)), None)
    if column is None or not cell.column:
        raise _no_figure(cell)
    return _in_table(one, cell, table, row, column)


def _in_table(one: Held, cell: Cell, table: Table, row: ConcreteRow, column: Column) -> Figure:
    label, path = row.label.vi, column_path(table, column)
    value = _value(one, cell)
    if column.formula is not None:
        parts = tuple(Cell(table.id, row.key, key) for key in column.formula.columns)
        if column.formula.over:
            parts += (Cell(*column.formula.over.split("/", 2)),)
        return Figure(cell, label, path, value, row, column, parts=parts, rule=_formula_words(one, table, column))
    if row.formula:
        parts = tuple(Cell(table.id, key, cell.column) for key in row.formula)
        # A row of percentages adds nothing: it is worked out from the row it names.
        shared = bool(row.source and row.source.share)
        counted = () if shared else tuple(_counted_rows(one, table, row, column, cell.column))
        return Figure(cell, label, path, value, row, column, counted=counted, parts=parts)
    counting = _counting(one, row, column, cell.column)
    return Figure(cell, label, path, value, row, column, counted=(counting,) if counting else ())


def _counted_rows(one: Held, table: Table, row: ConcreteRow, column: Column, key: str) -> Iterator[Counting]:
    """What a row that adds up other rows counts, however deep they lie."""
    rows = {known.key: known for known in one.plan.rows[table.id]}
    for name in row.formula:
        part = rows.get(name)
        if part is None:
            continue
        if part.formula:
            yield from _counted_rows(one, table, part, column, key)
        elif found := _counting(one, part, column, key):
            yield found


def _counting(one: Held, row: ConcreteRow, column: Column, key: str) -> Counting | None:
    measure, scale = column.measure, column.scale
    if column.kind == "entry" and row.source is not None:
        measure, scale = (row.source.of if key == column.pair else row.source.measure), row.source.scale
    name = _fact_set(one, measure) if measure else None
    if measure is None or name is None:
        return None
    facts = source_of(name).facts
    where = {**reading.population(one.plan.form, name), **reading.conditions(one.plan.form, row, facts, column)}
    outside = {name: codes for name, codes in row.outside.items() if name in facts.dimensions}
    return Counting(name, measure, scale, _sets(where), _sets(outside))


def _field(one: Held, cell: Cell) -> Figure:
    known = next((field for field in one.plan.form.header if field.key == cell.row), None)
    value = one.data["figures"]["header"].get(cell.row)
    if known is None or not isinstance(value, dict):
        raise _no_figure(cell)
    measure, scale = _FIELD_MEASURES.get(known.source, ("", 1))
    name = _fact_set(one, measure)
    counted = (Counting(name, measure, scale, {}, {}),) if name else ()
    return Figure(cell, known.label.vi, "", Decimal(value["number"]), counted=counted)


def _fact_set(one: Held, measure: str) -> str | None:
    return next((name for name, layout in one.layouts.items() if measure in layout.measures), None)


def _value(one: Held, cell: Cell) -> Decimal | None:
    rows = one.data["figures"]["tables"].get(cell.table, ())
    cells: Mapping[str, Any] = next((row["cells"] for row in rows if row["row"] == cell.row), {})
    found = cells.get(cell.column)
    return None if found is None else Decimal(found)


def adds(one: Held, counting: Counting, values: FactValues | None) -> tuple[bool, Decimal | None]:
    """Whether a fact stands in a figure, and what it adds (None: an unknown amount)."""
    if values is None or values.left_out in (ELSEWHERE, POPULATION):
        return False, None
    layout = one.layouts[counting.fact_set]
    codes = dict(zip(layout.dimensions, values.dimensions, strict=True))
    recoding = recodes(one.plan.codes)
    read: dict[str, str | None] = {
        name: recoding[name](code) if code is not None and name in recoding else code for name, code in codes.items()
    }
    if any(read[name] not in allowed for name, allowed in counting.where.items()):
        return False, None
    if any(read[name] in barred for name, barred in counting.outside.items()):
        return False, None
    amount = values.measures[layout.measures.index(counting.measure)]
    counts = source_of(counting.fact_set).facts.measures[counting.measure].folding is Folding.COUNT
    added = None if amount is None else Decimal(amount)
    return (False, None) if counts and not added else (True, added)


def reasons_sql(one: Held, counting: Counting, params: dict[str, Any]) -> str:
    """SQL of the frozen facts `f` near a figure: record, what it adds, and `reason` – empty for those it counts."""
    layout = one.layouts[counting.fact_set]
    recoding = _stored_codes(one, counting)
    params |= {"snapshot": one.snapshot.pk, "fact_set": counting.fact_set}
    relaxed = [_in(layout, name, codes, recoding, params) for name, codes in sorted(counting.relaxed.items())
               if name not in reading.population(one.plan.form, counting.fact_set)]  # fmt: skip
    relaxed += [
        f"NOT coalesce({_in(layout, name, codes, recoding, params, mark='bar')}, false)"
        for name, codes in sorted(counting.outside.items())
    ]
    full = [_in(layout, name, codes, recoding, params, mark="full") for name, codes in sorted(counting.where.items())]
    concluded = f"coalesce({_in(layout, DISCLOSED, counting.where[DISCLOSED], recoding, params, mark='said')}, false)" \
        if DISCLOSED in counting.where else "true"  # fmt: skip
    amount = layout.measure(counting.measure)
    counts = source_of(counting.fact_set).facts.measures[counting.measure].folding is Folding.COUNT
    some = f"{amount} <> 0" if counts else "true"
    said = layout.dimension(DISCLOSED) if DISCLOSED in layout.dimensions else "''"
    every = " AND ".join(full) or "true"
    return (
        f"SELECT f.record, f.whole, {amount} AS adds, CASE"  # noqa: S608 - column numbers; values are parameters
        f" WHEN f.left_out = '{ELSEWHERE}' THEN CASE WHEN {every} THEN '{ELSEWHERE}' ELSE '{_SKIPPED}' END"
        f" WHEN f.left_out = '{POPULATION}' THEN '{POPULATION}'"
        f" WHEN NOT {concluded} THEN coalesce({said}, 'pending')"
        f" WHEN {amount} IS NULL THEN '{UNKNOWN}' ELSE '' END AS reason"
        " FROM snapshots_frozenfact f WHERE f.snapshot_id = %(snapshot)s AND f.fact_set = %(fact_set)s"
        f" AND {' AND '.join([*relaxed, some])}"
    )


def _stored_codes(one: Held, counting: Counting) -> dict[str, dict[str, list[str]]]:
    """For dimensions that count under another code: code → the stored values of this snapshot that stand under it."""
    layout, recoding = one.layouts[counting.fact_set], recodes(one.plan.codes)
    found: dict[str, dict[str, list[str]]] = {}
    for name in {*counting.where, *counting.outside} & set(recoding):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT {layout.dimension(name)} FROM snapshots_frozenfact f"  # noqa: S608
                " WHERE f.snapshot_id = %s AND f.fact_set = %s",
                [one.snapshot.pk, counting.fact_set],
            )
            held: dict[str, list[str]] = {}
            for (stored,) in cursor.fetchall():
                code = recoding[name](stored) if stored is not None else None
                if code is not None:
                    held.setdefault(code, []).append(stored)
        found[name] = held
    return found


def _in(
    layout: Layout, name: str, codes: frozenset[str], recoding: Mapping[str, Mapping[str, list[str]]],
    params: dict[str, Any], *, mark: str = "only",
) -> str:  # fmt: skip
    wanted = sorted(codes)
    if name in recoding:
        wanted = [stored for code in wanted for stored in recoding[name].get(code, ())]
    params[f"{mark}_{name}"] = wanted
    return f"{layout.dimension(name)} = ANY(%({mark}_{name})s)"


def _formula_words(one: Held, table: Table, column: Column) -> str:
    formula = column.formula
    assert formula is not None
    factor = one.plan.factors.get(table.id, {}).get(column.key)
    columns = [_("cột %(key)s") % {"key": key} for key in formula.columns]
    if formula.kind == "sum":
        return " + ".join(columns)
    if formula.over:
        columns.append(_("ô %(cell)s") % {"cell": formula.over})
    times = [str(number) for number in (formula.times if formula.times != 1 else None, factor) if number is not None]
    return " × ".join([" : ".join(columns), *times])


def _sets(codes: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(values) for name, values in codes.items()}


def _no_figure(cell: Cell) -> Rejected:
    message = _("Báo cáo không có con số ở bảng %(table)s, dòng %(row)s, cột %(column)s.") % {
        "table": cell.table, "row": cell.row, "column": cell.column,
    }  # fmt: skip
    return Rejected([Problem("unknown_cell", message, _("Mở lại báo cáo và bấm vào một con số."))])
