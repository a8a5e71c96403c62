"""Figures named in words: `{2/total/victims}` is row “total”, column “victims” of the report's second table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from atvsld.kit.periods import Period
from atvsld.kit.text import format_number
from atvsld.law import load_book
from atvsld.law.forms.rows import expand_rows
from atvsld.oversight.composing.models import SavedTable
from atvsld.oversight.composing.spec import form_of

REFERENCE = re.compile(r"\{(?P<table>\d{1,2})/(?P<row>[^/{}]+)/(?P<column>[^/{}]+)\}")


def keyed(tables: Iterable[SavedTable | None]) -> dict[int, SavedTable]:
    """The tables of a report by the number they bear in it, counted over the parts that have one."""
    return dict(enumerate((table for table in tables if table is not None), start=1))


def unknown(text: str, tables: Mapping[int, SavedTable], period: Period) -> Iterator[str]:
    """Every reference of a text that no table of the report answers."""
    for found in REFERENCE.finditer(text):
        table = tables.get(int(found["table"]))
        if table is None or (found["row"], found["column"]) not in _cells(table, period):
            yield found[0]


def fill(text: str, figure: Callable[[int, str, str], Decimal | None]) -> str:
    """The text with its figures in place; a figure not known prints as an ellipsis."""

    def put(found: re.Match[str]) -> str:
        value = figure(int(found["table"]), found["row"], found["column"])
        return "…" if value is None else format_number(value)

    return REFERENCE.sub(put, text)


def _cells(table: SavedTable, period: Period) -> set[tuple[str, str]]:
    form = form_of(table, period)
    rows = expand_rows(form.tables[0], load_book().lists_for(form, period))
    return {(row.key, column) for row in rows if row.holds_figures for column in form.tables[0].measure_columns}
