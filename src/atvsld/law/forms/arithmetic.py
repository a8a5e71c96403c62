"""What a form works out from the figures put into it: sums of rows, formula columns, percentages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, FormSpec, Formula, Table

Cells = dict[str, Decimal | None]
_HUNDRED = Decimal(100)


def settle(
    form: FormSpec,
    rows: Mapping[str, Sequence[ConcreteRow]],
    values: Mapping[str, Mapping[str, Mapping[str, Decimal | None]]],
    factors: Mapping[str, Mapping[str, Decimal]] | None = None,
) -> dict[str, dict[str, Cells]]:
    """Every figure of the form by table, row and column: the given ones and those that follow from them.

    `rows` are the concrete rows of each table, `values` the counted or given figures of rows without a formula,
    `factors` the law parameters of formula columns by table and column. A sum of rows is over the figures known and
    blank when none is; a formula over a blank is blank. Rows come in print order, figures in the order of columns.
    """
    found: dict[str, dict[str, Cells]] = {}
    shares = {table.id: {row.key: row for row in rows[table.id] if _share(row)} for table in form.tables}
    for table in form.tables:
        given = {key: dict(cells) for key, cells in values.get(table.id, {}).items()}
        by_key = {row.key: row for row in rows[table.id]}
        found[table.id] = {
            key: {} if _share(row) else _added(row, by_key, given, table) if row.formula else given[key]
            for key, row in by_key.items()
            if row.formula or key in given
        }
    for table in form.tables:
        for key, cells in found[table.id].items():
            if key not in shares[table.id]:
                _work_out(cells, table, (factors or {}).get(table.id, {}), found)
    for table in form.tables:
        for row in shares[table.id].values():
            found[table.id][row.key] = _percentages(found[table.id].get(row.formula[0], {}), _share(row) or "")
        for key, cells in found[table.id].items():
            found[table.id][key] = _in_order(cells, table)
    return found


def _share(row: ConcreteRow) -> str | None:
    return row.source.share if row.source else None


def _added(row: ConcreteRow, rows: Mapping[str, ConcreteRow], given: Mapping[str, Cells], table: Table) -> Cells:
    parts = [
        _added(rows[key], rows, given, table) if rows[key].formula else given.get(key, {})
        for key in row.formula
        if key in rows
    ]
    total: Cells = {}
    for column in table.leaf_columns:
        if column.kind not in ("measure", "entry") or (row.source and column.key in row.source.crossed):
            continue
        for key in (column.key, column.pair):
            known = [value for cells in parts if (value := cells.get(key or "")) is not None]
            if key and (known or key == column.key):
                total[key] = sum(known, Decimal(0)) if known else None
    return total


def _work_out(
    cells: Cells, table: Table, factors: Mapping[str, Decimal], found: Mapping[str, Mapping[str, Cells]]
) -> None:
    """Fill the formula columns of a row; one may rest on another, wherever it stands."""
    waiting = {column.key: column for column in table.leaf_columns if column.formula}
    while waiting:
        ready = next((c for c in waiting.values() if c.formula and not waiting.keys() & {*c.formula.columns}), None)
        if ready is None:  # a circle: nothing can be worked out
            cells.update(dict.fromkeys(waiting))
            return
        del waiting[ready.key]
        cells[ready.key] = _evaluate(ready, cells, factors, found)


def _evaluate(
    column: Column, cells: Cells, factors: Mapping[str, Decimal], found: Mapping[str, Mapping[str, Cells]]
) -> Decimal | None:
    formula = column.formula or Formula("sum", ())
    whole = None
    if formula.over:
        table, row, key = formula.over.split("/")
        whole = found[table].get(row, {}).get(key)
    return formula.evaluate(cells, factors.get(column.key, Decimal(1)), whole=whole)


def _percentages(cells: Cells, column: str) -> Cells:
    whole = cells.get(column)
    return {key: value * _HUNDRED / whole if value is not None and whole else None for key, value in cells.items()}


def _in_order(cells: Cells, table: Table) -> Cells:
    keys = (key for column in table.leaf_columns for key in (column.key, column.pair) if key)
    return {key: cells[key] for key in keys if key in cells}
