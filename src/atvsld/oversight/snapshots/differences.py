"""Two sets of figures of one report, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.kit.text import format_number
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.reporting.result import ComputedTable, Report

# The "table" of the figures in the lines above the tables.
HEADER = "header"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that differs. None: unknown, or the row was not printed. `label` says in words which figure it is."""

    table: str
    row: str
    column: str
    label: str
    was: Decimal | None
    now: Decimal | None

    @property
    def place(self) -> str:
        """Where it stands, as checks name places: `table/row/column`; of the head of the form, its field."""
        return f"{self.table}/{self.row}" + (f"/{self.column}" if self.column else "")

    def to_data(self) -> dict[str, Any]:
        return {
            "table": self.table, "row": self.row, "column": self.column, "label": self.label,
            "was": None if self.was is None else str(self.was), "now": None if self.now is None else str(self.now),
        }  # fmt: skip

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> CellChange:
        was, now = (None if data[name] is None else Decimal(data[name]) for name in ("was", "now"))
        return cls(data["table"], data["row"], data["column"], data["label"], was, now)


def between(before: Report, after: Report) -> list[CellChange]:
    """Every figure that is not the same in both, in the order of the form."""
    found = list(_header(before, after))
    later = {table.table.id: table for table in after.tables}
    for table in before.tables:
        found += _table(table, later[table.table.id])
    return found


def figure_text(form: FormSpec, cell: tuple[str, str], value: Decimal | None) -> str:
    """A figure of a column (table, column key) as the form prints it: rates to their places, unknown as a dash."""
    if value is None:
        return "–"
    table = next((known for known in form.tables if known.id == cell[0]), None)
    leaves = table.leaf_columns if table else ()
    column = next((leaf for leaf in leaves if cell[1] in (leaf.key, leaf.pair)), None)
    rounded = column is not None and column.formula is not None
    return format_number(value, column.decimals if column is not None and rounded else None)


def column_path(table: Table, wanted: Column) -> str:
    """The headings above a column, from the outermost in."""
    names: list[str] = []
    level = table.columns
    while level:
        holder = next(column for column in level if wanted in column.leaves)
        names.append(holder.label.vi)
        level = holder.children
    return " › ".join(names)


def _header(before: Report, after: Report) -> Iterator[CellChange]:
    for field in before.form.header:
        was, now = before.header[field.key], after.header.get(field.key)
        if was != now and (isinstance(was, Decimal) or isinstance(now, Decimal)):
            yield CellChange(HEADER, field.key, "", field.label.vi, _number(was), _number(now))


def _table(before: ComputedTable, after: ComputedTable) -> Iterator[CellChange]:
    old = {row.row.key: row for row in before.rows}
    new = {row.row.key: row for row in after.rows}
    paths = {column.key: column_path(before.table, column) for column in before.table.leaf_columns}
    paths |= {column.pair: paths[column.key] for column in before.table.leaf_columns if column.pair}
    for key in dict.fromkeys([*old, *new]):
        held = old.get(key) or new[key]
        was, now = (rows[key].cells if key in rows else {} for rows in (old, new))
        for column in dict.fromkeys([*was, *now]):
            if was.get(column) != now.get(column):
                label = f"{held.row.label.vi}: {paths.get(column, column)}"
                yield CellChange(before.table.id, key, column, label, was.get(column), now.get(column))


def _number(value: str | Decimal | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
