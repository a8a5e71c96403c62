"""The names of the things written into a form, one for each, so that they are saved and merged one by one.

`I/1/3` a cell (table, row, column) · `B#<id>/2` a cell of an open table's row · `section:k` · `header:k` ·
`explain:k` why a check does not hold · `nil` that nothing occurred.
"""

from __future__ import annotations

import re

LONGEST = 110
NIL = "nil"
# The table and column under which figures of header lines stand beside those of the tables.
HEADER, HEADER_COLUMN = "header", "1"
NIL_REASON = "explain:nil"
_ROW_ID = re.compile(r"[0-9A-Za-z]{1,26}")


def cell(table: str, row: str, column: str) -> str:
    return f"{table}/{row}/{column}"


def listed(table: str, row: str, column: str) -> str:
    """A cell of a row that the reporter added to an open table."""
    return f"{table}#{row}/{column}"


def section(key: str) -> str:
    return f"section:{key}"


def header(key: str) -> str:
    return f"header:{key}"


def explain(check: str) -> str:
    return f"explain:{check}"


def split_listed(key: str) -> tuple[str, str, str] | None:
    """Table, row and column of a cell of an open table; None for any other key."""
    table, mark, rest = key.partition("#")
    row, slash, column = rest.partition("/")
    return (table, row, column) if mark and slash and _ROW_ID.fullmatch(row) else None
