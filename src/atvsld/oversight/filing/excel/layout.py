"""Where each place of a form stands in the workbook: the same for writing and for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atvsld.law.forms.spec import Column, Table

# The sheet that says whose report it is; Excel shows it to nobody.
META = "_bieu"
HEAD_SHEET = "Đầu biểu, phần viết"
# In the first column of the line that bears the keys of the columns.
KEYS_MARK = "#khoa"
# Empty lines offered in an open table.
SPARE_ROWS = 40
# First line of headings, below title and note.
TOP = 2
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: the key under which its figures stand, and the column of the form it belongs to."""

    key: str
    column: Column
    second: bool = False


def sheet_name(table: Table) -> str:
    """Name of a table's sheet, within what Excel takes."""
    return f"Bảng {table.id}".translate(_FORBIDDEN)[:31]


def columns_of(table: Table) -> Sequence[SheetColumn]:
    """The columns of a sheet from the second on (the first, hidden, bears the keys of the rows)."""
    found = []
    for leaf in table.leaf_columns:
        found.append(SheetColumn(leaf.key, leaf))
        if leaf.pair:
            found.append(SheetColumn(leaf.pair, leaf, second=True))
    return found


def keys_line(table: Table) -> int:
    """The (hidden) line with the keys of the columns, counted from 0."""
    return TOP + table.header_depth
