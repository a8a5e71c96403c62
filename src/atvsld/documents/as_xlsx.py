"""Excel: a sheet for each table with real numbers, then one with everything else the paper says."""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from atvsld.documents import display, layout
from atvsld.documents.charts import chart_png
from atvsld.documents.model import (
    Block,
    Cell,
    CellValue,
    Chart,
    Column,
    Document,
    Heading,
    KeyValues,
    Notice,
    Paragraph,
    QrCode,
    Row,
    Sentence,
    Signatures,
    Table,
)

# Above this many rows the workbook is written row by row from little memory; headings then merge sideways only.
LONG_ROWS = 20_000
_MM_PER_WIDTH = 1.95  # one unit of column width of Times New Roman 11 pt
_LONGEST_TEXT = 32_767
_PIXELS_PER_LINE = 20


def to_xlsx(doc: Document) -> bytes:
    """The paper as a workbook. Text never becomes a formula, codes keep leading zeros, unknown stays empty."""
    kept = io.BytesIO()
    long = sum(len(table.rows) for table in doc.tables) > LONG_ROWS
    options = {
        "in_memory": not long,
        "constant_memory": long,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(kept, options)
    head = doc.letterhead
    book.set_properties(
        {
            "title": display.clean(doc.title)[:255],
            "subject": display.clean(doc.subtitle)[:255],
            "author": display.clean(str(doc.metadata.get("author", head.body if head else "")))[:255],
            "keywords": display.clean(str(doc.metadata.get("verification_code", "")))[:255],
            # The day of the paper, not of its making: one paper always makes the same bytes.
            **({"created": datetime(head.day.year, head.day.month, head.day.day)} if head and head.day else {}),  # noqa: DTZ001
        }
    )
    styles = _Styles(book)
    names: set[str] = set()
    for place, table in enumerate(doc.tables, start=1):
        _TableSheet(book.add_worksheet(_sheet_name(doc, table, place, names)), styles, doc, table, long=long).write()
    _about(book.add_worksheet(display.word(doc.language, "about")), styles, doc)
    book.close()
    return kept.getvalue()


def _sheet_name(doc: Document, table: Table, place: int, taken: set[str]) -> str:
    """The table's title as far as Excel allows (31 characters, some letters forbidden), each name once."""
    usual = f"{display.word(doc.language, 'table')} {place}"
    name = re.sub(r"[\[\]:*?/\\\n]", " ", display.clean(table.title))
    name = " ".join(name.split())[:31].strip(" '")
    reserved = {"", "history", display.word(doc.language, "about").lower()}
    if name.lower() in taken | reserved:
        name = usual
    while name.lower() in taken:
        name = f"{usual} ({len(taken)})"
    taken.add(name.lower())
    return name


class _Styles:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]


def number_format(value: CellValue, decimals: int | None) -> str:
    """Excel's pattern for a number; the user's own Excel chooses point and comma."""
    if decimals is None:
        places = 0
        if isinstance(value, Decimal) and value != value.to_integral_value():
            exponent = value.normalize().as_tuple().exponent
            places = -exponent if isinstance(exponent, int) else 0
    else:
        places = decimals
    return "#,##0" + ("." + "0" * places if places else "")


def _text(text: str) -> str:
    text = display.clean(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _put(sheet: Any, row: int, column: int, cell: Cell, style: Any, *, numeric: bool) -> None:
    """One value in its own type. A code stays text; unknown stays empty, for a dash would spoil sums."""
    value = cell.value
    if value is None and cell.text is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | Decimal) and numeric:
        sheet.write_number(row, column, value, style)
    elif value is None or isinstance(value, str):
        sheet.write_string(row, column, _text(cell.text or value or ""), style)
    else:
        sheet.write_string(row, column, str(value), style)


class _TableSheet:
    """One table on one sheet."""

    def __init__(self, sheet: Any, styles: _Styles, doc: Document, table: Table, *, long: bool) -> None:
        self.sheet, self.styles, self.doc, self.table, self.long = sheet, styles, doc, table, long
        self.leaves, self.named = table.leaves, layout.named_column(table)
        self.at = 0
        self.widths: list[float] = []

    def write(self) -> None:
        """Titles, header, rows, notes; then how the sheet is seen and printed."""
        fitted = layout.fit(self.table, landscape=True, language=self.doc.language)
        # A screen has more room than paper: words of the naming column may run on.
        self.widths = [max(6.0, width * 1.1 / _MM_PER_WIDTH) for width in fitted.widths]
        self.widths[self.named] = min(self.widths[self.named] * 1.4, 70.0)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._titles()
        first = self.at
        self._header()
        last = self.at - 1
        for row in self.table.rows:
            self._row(row)
            self.at += 1
        self._notes()
        self._view(first, last)

    def _titles(self) -> None:
        doc = self.doc
        lines = [(display.clean(doc.title).upper(), {"bold": True, "font_size": 14})]
        if doc.subtitle:
            lines.append((doc.subtitle, {"bold": True}))
        lines += [
            (f"{display.notice_label(doc.language, block.level)}: {block.text}", _NOTICE[block.level])
            for block in doc.blocks
            if isinstance(block, Notice)
        ]
        if self.table.title:
            lines.append((self.table.title, {"bold": True, "font_size": 12}))
        if self.table.unit:
            lines.append((f"{display.word(doc.language, 'unit')} {self.table.unit}", {"italic": True}))
        for text, style in lines:
            if "bg_color" in style:
                for column in range(1, len(self.leaves)):
                    self.sheet.write_blank(self.at, column, None, self.styles(**style))
            self.sheet.write_string(self.at, 0, _text(text).replace("\n", " "), self.styles(**style))
            self.at += 1

    def _header(self) -> None:
        style = self.styles(bold=True, align="center", border=1, text_wrap=True, bg_color="#F0F0F0")
        rows = layout.header_rows(self.table)
        for row in rows:
            if self.long:
                for column in range(len(self.leaves)):
                    self.sheet.write_blank(self.at + row[0].row, column, None, style)
            for cell in row:
                self._label(cell, style)
        self._heights(rows)
        self.at += len(rows)
        if self.table.number_row:
            style = self.styles(italic=True, align="center", border=1)
            for column, number in enumerate(layout.column_numbers(self.table)):
                self.sheet.write_string(self.at, column, number, style)
            self.at += 1

    def _label(self, cell: layout.HeaderCell, style: Any) -> None:
        top, left = self.at + cell.row, cell.column
        bottom, right = top + (0 if self.long else cell.rowspan - 1), left + cell.colspan - 1
        if (bottom, right) == (top, left):
            self.sheet.write_string(top, left, _text(cell.label), style)
        else:
            self.sheet.merge_range(top, left, bottom, right, _text(cell.label), style)

    def _heights(self, rows: list[list[layout.HeaderCell]]) -> None:
        """The last header row grows with the longest label of a single column; Excel does not do so for merges."""
        if self.long:
            return
        lines = max(4 - len(rows), 1)
        lines = max([lines, *(len(cell.label) // 11 + 1 for cell in rows[-1])])
        self.sheet.set_row(self.at + len(rows) - 1, 15.5 * min(lines, 7))

    def _row(self, row: Row) -> None:
        strong = row.kind != "data"
        if len(row.cells) != len(self.leaves):
            style = self.styles(bold=True, border=1, indent=row.level)
            texts = display.row_texts(self.table, row, self.doc.language)
            self.sheet.merge_range(self.at, 0, self.at, len(self.leaves) - 1, _text(texts[0]), style)
            return
        self._grow(row)
        for column, (cell, leaf) in enumerate(zip(row.cells, self.leaves, strict=True)):
            style = self._style(cell, leaf, strong=strong, indent=row.level if column == self.named else 0)
            _put(self.sheet, self.at, column, cell, style, numeric=leaf.kind in {"number", "text"})

    def _grow(self, row: Row) -> None:
        """Room for texts of several lines; not every program measures rows when it opens the file."""
        lines = max(
            (
                math.ceil(len(cell.value) * 0.95 / max(width - 2 * row.level, 4))
                for cell, leaf, width in zip(row.cells, self.leaves, self.widths, strict=True)
                if leaf.kind == "text" and isinstance(cell.value, str)
            ),
            default=1,
        )
        if lines > 1:
            self.sheet.set_row(self.at, 15.0 * min(lines, 20))

    def _style(self, cell: Cell, leaf: Column, *, strong: bool, indent: int) -> Any:
        shape: dict[str, Any] = {"border": 1, "bold": strong}
        if isinstance(cell.value, date):
            shape |= {"num_format": "dd/mm/yyyy", "align": "center"}
        elif leaf.kind == "number":
            shape |= {"num_format": number_format(cell.value, leaf.decimals), "align": "right"}
        elif leaf.kind == "text":
            shape |= {"align": "left", "text_wrap": True, "indent": indent}
        else:
            shape |= {"num_format": "@", "align": "center"}
        return self.styles(**shape)

    def _notes(self) -> None:
        notes = display.footnotes(self.table)
        places = self._remark_places()
        if notes:
            self.at += 1
            self.sheet.write_string(self.at, 0, display.word(self.doc.language, "notes"), self.styles(bold=True))
        for mark, text in notes:
            self.at += 1
            shown = f"({places[text]}) {text}" if mark and text in places else text
            self.sheet.write_string(self.at, 0, _text(shown).replace("\n", " "), self.styles(italic=True))

    def _remark_places(self) -> dict[str, str]:
        """Remark → the first cell that carries it, named by row and column: sheets have no raised marks."""
        places: dict[str, str] = {}
        column_word = display.word(self.doc.language, "column")
        numbers = layout.column_numbers(self.table)
        for row in self.table.rows:
            texts = display.row_texts(self.table, row, self.doc.language)
            name = texts[self.named] if self.named < len(texts) else texts[0]
            for number, cell in zip(numbers, row.cells, strict=False):
                if cell.note:
                    places.setdefault(display.clean(cell.note), f"{name}, {column_word} {number}")
        return places

    def _view(self, first: int, last: int) -> None:
        self.sheet.freeze_panes(last + 1, self.named + 1 if self.named < 2 and len(self.leaves) > 6 else 0)
        self.sheet.repeat_rows(first, last)
        _print_setup(self.sheet, self.doc, landscape=self.table.landscape or len(self.leaves) > 6)


_NOTICE: dict[str, dict[str, Any]] = {
    "info": {"italic": True},
    "warning": {"bold": True},
    "provisional": {"bold": True, "bg_color": "#FFE8B8", "font_color": "#8A3B00"},
}


def _print_setup(sheet: Any, doc: Document, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
    sheet.set_header("&C&P")
    footer = display.page_footer(doc).replace("&", "&&").replace("\n", " ")
    sheet.set_footer(f"&L&9{' ' if footer[:1].isdigit() else ''}{footer}"[:255])


def _about(sheet: Any, styles: _Styles, doc: Document) -> None:
    """The rest of the paper: head, text, named facts, charts, signature."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    at = 0
    for label, cell in _about_lines(doc):
        sheet.write_string(at, 0, _text(label), styles(bold=True, text_wrap=True, valign="top"))
        shape: dict[str, Any] = {"text_wrap": True, "align": "left", "valign": "top"}
        if isinstance(cell.value, date):
            shape["num_format"] = "dd/mm/yyyy"
        elif isinstance(cell.value, int | Decimal):
            shape["num_format"] = number_format(cell.value, None)
        _put(sheet, at, 1, cell, styles(**shape), numeric=True)
        at += 1
    for block in doc.blocks:
        if isinstance(block, Chart):
            at += 1
            picture = io.BytesIO(chart_png(block, doc.language))
            options = {"image_data": picture, "x_scale": 0.5, "y_scale": 0.5, "description": display.clean(block.alt)}
            sheet.insert_image(at, 0, "chart.png", options)
            at += block.height // _PIXELS_PER_LINE + 2
    _print_setup(sheet, doc, landscape=False)


def _about_lines(doc: Document) -> list[tuple[str, Cell]]:
    head, sign = doc.letterhead, doc.signature
    lines = [(display.clean(doc.title).upper(), Cell(doc.subtitle))]
    if head:
        body = "\n".join(part for part in (head.parent_body, head.body) if part)
        lines += [(body, Cell(display.document_number(doc))), ("", Cell(display.place_and_day(doc)))]
    if doc.form_label:
        lines.append(("", Cell(doc.form_label)))
    if doc.addressed_to:
        lines.append((display.word(doc.language, "to"), Cell(doc.addressed_to)))
    for block in doc.blocks:
        lines += _block_lines(doc, block)
    if sign:
        lines.append((sign.title, Cell("\n".join(part for part in (sign.note, sign.name) if part))))
    if doc.recipients:
        lines.append((display.word(doc.language, "recipients"), Cell("\n".join(doc.recipients.items))))
    if doc.footer:
        lines.append(("", Cell(display.page_footer(doc))))
    return lines


def _block_lines(doc: Document, block: Block) -> list[tuple[str, Cell]]:  # noqa: PLR0911 — one answer a kind
    match block:
        case Heading():
            return [(block.text, Cell(""))]
        case Paragraph():
            return [("", Cell(block.text))]
        case Sentence():
            flag = f" {display.flag_text(block.flag)}" if block.flag else ""
            return [("", Cell(f"{block.text}{flag}"))]
        case KeyValues():
            return list(block.cells)
        case Notice():
            return [(display.notice_label(doc.language, block.level), Cell(block.text))]
        case Signatures():
            return [
                (one.title, Cell("\n".join(part for part in (one.note, one.name) if part))) for one in block.signers
            ]
        case QrCode():
            return [("", Cell(block.caption))]
        case _:
            return []
