"""The tables of a report as they print: figures, pairs, words, rows the reporter added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from atvsld.documents import model
from atvsld.kit.text import format_date, format_number
from atvsld.law.forms.spec import Column, Row, Table
from atvsld.law.reading import Label
from atvsld.oversight.reporting.records import CellAddress
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable
from atvsld.oversight.reporting.words import NO_WORDS, Words, figure_in

# Where a figure leads, by its cell, column and value; None prints it plain.
Href = Callable[[CellAddress, Column, Decimal], str | None]
_KINDS: dict[str, model.ColumnKind] = {
    "label": "text", "code": "code", "unit": "code", "note": "text", "text": "text", "day": "date",
}  # fmt: skip
_WIDTHS = {"code": 12.0, "unit": 24.0}
# Of the names of rows, at most; of a letter of them at 12 pt; of their indentation.
_LABEL, _MM_A_LETTER, _INDENT = 62.0, 2.2, 8.0
UNNUMBERED = "0"
# Width of a column for figures in which some rows take words; with most of them it is one for words.
_MIXED, _MOSTLY = 36.0, 0.5
# Empty lines of a table whose rows nobody has written yet.
_ROOM = 3
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def label_in(label: Label, language: str) -> str:
    return label.en or label.vi if language == "en" else label.vi


def table_block(
    computed: ComputedTable, language: str, href: Href | None = None, words: Words = NO_WORDS
) -> model.Table:
    """One table of a report as it prints, each figure a link where `href` gives one."""
    table = computed.table
    sheet = _Sheet(table, language, href, words)
    rows = _open_rows(table, words, language) if table.open_rows else sheet.rows(computed)
    return model.Table(
        id=table.id,
        title=label_in(table.title, language),
        columns=tuple(_column(computed, column, language) for column in table.columns),
        rows=tuple(rows),
        unit=label_in(table.unit, language) if table.unit else None,
        notes=(table.note,) if table.note else (),
        landscape=len(table.leaf_columns) > 7,
        number_row=table.numbered,
    )


def _column(computed: ComputedTable, column: Column, language: str) -> model.Column:
    width, worded = _WIDTHS.get(column.kind), _worded(computed.table) if column.kind == "entry" else 0
    if column.kind == "label":
        longest = max((len(label_in(one.row.label, language)) for one in computed.rows), default=0)
        width = min(_LABEL, longest * _MM_A_LETTER + _INDENT)
    elif worded:
        width = _LABEL if worded > _MOSTLY else _MIXED
    return model.Column(
        label=label_in(column.label, language),
        # Columns before the first numbered one bear no number.
        number=" " if column.key == UNNUMBERED else column.number,
        kind="text" if worded > _MOSTLY else _KINDS.get(column.kind, "number"),
        decimals=column.decimals if column.kind == "formula" else None,
        width=width,
        children=tuple(_column(computed, child, language) for child in column.children),
    )


def _worded(table: Table) -> float:
    """Which part of the rows takes words in the column for figures."""
    held = [row for row in table.rows if row.kind != "heading"]
    return sum(row.given in ("text", "month") for row in held) / len(held) if held else 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table of fixed rows with all that its cells print from."""

    table: Table
    language: str
    href: Href | None
    words: Words

    def rows(self, computed: ComputedTable) -> Iterator[model.Row]:
        for one in computed.rows:
            cells = tuple(self.cell(one, column) for column in self.table.leaf_columns)
            yield model.Row(key=one.row.key, cells=cells, kind=one.row.kind, level=one.row.level)

    def cell(self, computed: ComputedRow, column: Column) -> model.Cell:
        row = computed.row
        match column.kind:
            case "label":
                return model.Cell(label_in(row.label, self.language))
            case "code":
                return model.Cell(row.code, text=None if row.code else "")
            case "unit":
                return _text(label_in(row.source.unit, self.language) if row.source and row.source.unit else "")
            case "note" | "text" | "day":
                written = self.words.cell(self.table.id, row.key, column.key)
                return _text(_as_day(written) if column.kind == "day" else written)
            case _ if not row.holds_figures:
                return _text("")
            case _:
                return self.given(computed, column, row.source)

    def given(self, computed: ComputedRow, column: Column, source: Row | None) -> model.Cell:
        """A cell for a figure, or for what its row takes instead of one."""
        if source is None:
            return self.figure(computed, column)
        if column.key in source.crossed:
            return _text("X")
        if column.kind == "entry" and source.given in ("text", "month"):
            return _text(_as_month(self.words.cell(self.table.id, computed.row.key, column.key)) or "…")
        if column.kind == "entry" and source.given == "pair" and column.pair:
            return self.pair(computed, column)
        value = computed.cells.get(column.key)
        if source.share and value is not None:
            return _text(format_number(value, source.decimals, language=self.language))
        return self.figure(computed, column)

    def figure(self, computed: ComputedRow, column: Column) -> model.Cell:
        value = computed.cells.get(column.key)
        if value is None:
            # A place the reporter fills in is dotted; what cannot be counted is dashed.
            return _text("…") if column.kind == "entry" else model.Cell(None)
        address = CellAddress(self.table.id, computed.row.key, column.key)
        href = self.href(address, column, value) if self.href else None
        return model.Cell(value, text=format_number(value) if _worded(self.table) > _MOSTLY else None, href=href)

    def pair(self, computed: ComputedRow, column: Column) -> model.Cell:
        """Two figures of a pair print as `a/b`; a figure not known prints as an ellipsis."""
        pair = (computed.cells.get(column.key), computed.cells.get(column.pair or ""))
        text = "/".join("…" if value is None else format_number(value, language=self.language) for value in pair)
        # As text also in Excel: one number would hide the other.
        return model.Cell(None, text=text, href=self.figure(computed, column).href)


def _open_rows(table: Table, words: Words, language: str) -> Iterator[model.Row]:
    """The rows the reporter added, numbered, with the sum of their figures; empty lines where there is none."""
    written = words.lists.get(table.id, ())
    columns = table.leaf_columns
    for number, line in enumerate(written or ({},) * _ROOM, start=1):
        cells = tuple(_written(line, column, number if written else None) for column in columns)
        yield model.Row(key=f"{table.id}#{number}", cells=cells)
    if table.total is not None:
        named = next(place for place, column in enumerate(columns) if column.kind != "code")
        total = label_in(table.total, language)
        cells = tuple(
            model.Cell(total) if place == named else _sum(written, column) for place, column in enumerate(columns)
        )
        yield model.Row(key=f"{table.id}#", cells=cells, kind="total")


def _written(line: Mapping[str, str], column: Column, number: int | None) -> model.Cell:
    text = line.get(column.key, "")
    match column.kind:
        case "code":
            return _text("" if number is None else str(number))
        case "entry":
            value = figure_in(text)
            return _text(text) if value is None else model.Cell(value)
        case "day":
            return _text(_as_day(text))
        case _:
            return _text(text)


def _sum(lines: tuple[Mapping[str, str], ...], column: Column) -> model.Cell:
    known = [value for line in lines if (value := figure_in(line.get(column.key, ""))) is not None]
    if column.kind != "entry":
        return _text("")
    return model.Cell(sum(known, Decimal(0))) if known else _text("")


def _text(text: str) -> model.Cell:
    return model.Cell(None, text=text)


def _as_day(text: str) -> str:
    """A day kept as ISO text as it prints; what is no such day prints as written."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def _as_month(text: str) -> str:
    found = _MONTH.fullmatch(text)
    return f"{found[2]}/{found[1]}" if found else text
