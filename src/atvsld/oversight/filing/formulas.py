"""The computed cells of a form as plain sums and quotients, for the page that works them out while somebody types.

The server works them out again by `law.forms.arithmetic`; this only spares the wait.
"""

from __future__ import annotations

from typing import Any

from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Table
from atvsld.oversight.filing import keys
from atvsld.oversight.filing.shape import Shape


def formulas(shape: Shape) -> list[dict[str, Any]]:
    """Each computed cell once: `{"key", "sum": [keys]}` or `{"key", "over": [above, below], "times": number}`.

    Listed so that a cell stands after those it is made of wherever the form has no circles. `all`: a sum that is
    blank as soon as one of its parts is; row sums leave blanks out.
    """
    found: list[dict[str, Any]] = []
    late: list[dict[str, Any]] = []
    for table in shape.form.tables:
        for row in shape.plan.rows[table.id]:
            if row.formula and not (row.source and row.source.share):
                found += _row_sums(table, row)
        for row in shape.plan.rows[table.id]:
            if row.holds_figures and not (row.source and row.source.share):
                found += _column_formulas(shape, table, row)
            elif row.holds_figures:
                late += _shares(table, row)
    return found + late


def _row_sums(table: Table, row: ConcreteRow) -> list[dict[str, Any]]:
    columns = [key for leaf in table.leaf_columns if leaf.kind in ("measure", "entry") for key in (leaf.key, leaf.pair)]
    return [
        {
            "key": keys.cell(table.id, row.key, column),
            "sum": [keys.cell(table.id, part, column) for part in row.formula],
        }
        for column in columns
        if column
    ]


def _column_formulas(shape: Shape, table: Table, row: ConcreteRow) -> list[dict[str, Any]]:
    found = []
    for leaf in table.leaf_columns:
        if leaf.kind != "formula" or leaf.formula is None:
            continue
        parts = [keys.cell(table.id, row.key, column) for column in leaf.formula.columns]
        key = keys.cell(table.id, row.key, leaf.key)
        if leaf.formula.kind == "sum":
            found.append({"key": key, "sum": parts, "all": True})
        else:
            factor = shape.plan.factors.get(table.id, {}).get(leaf.key, 1)
            below = [leaf.formula.over] if leaf.formula.over else []
            found.append({"key": key, "over": [*parts, *below], "times": float(factor * leaf.formula.times)})
    return found


def _shares(table: Table, row: ConcreteRow) -> list[dict[str, Any]]:
    assert row.source is not None
    column, source = row.source.share, row.formula[0]
    below = keys.cell(table.id, source, column or "")
    return [
        {
            "key": keys.cell(table.id, row.key, leaf.key),
            "over": [keys.cell(table.id, source, leaf.key), below],
            "times": 100.0,
        }
        for leaf in table.leaf_columns
        if leaf.kind in ("measure", "entry", "formula")
    ]
