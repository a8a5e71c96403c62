"""A plan as a workbook: sheet of rows, sheet of the header, sheet of the words that may be used; and read back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.law.programme import ClauseKind, Level
from atvsld.law.programme_outline import COLUMNS, HEADER, SECTION
from atvsld.law.programme_words import Vocabulary
from atvsld.oversight.programme.intake.labels import COLUMNS_VI, HEADER_VI, column_of, header_of
from atvsld.oversight.programme.intake.reading import Brought
from atvsld.platform.acts import Rejected
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading.files import open_book
from atvsld.platform.imports.reading.sheet import Sheet

ROWS_SHEET, HEADER_SHEET, WORDS_SHEET = "Kế hoạch", "Thông tin", "Từ dùng được"
LARGEST = 8 << 20
# The heading is looked for in the first rows of a sheet.
_LOOKED_AT = 12
_WIDTHS = {"text": 60, "text_en": 30, "holders": 26, "supporting": 26, "evidence": 28, "measures": 26, "note": 30}


def workbook(header: Mapping[str, str], rows: Sequence[Mapping[str, str]], words: Vocabulary) -> bytes:
    """A plan (or an empty one, to be filled in) as .xlsx; reading it back gives the same plan."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        head = book.add_format({**base, "bold": True, "bg_color": "#DCE6F2", "border": 1})
        text, strong = book.add_format(base), book.add_format({**base, "bold": True})
        sheet = book.add_worksheet(ROWS_SHEET)
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, COLUMNS_VI[name], head)
            sheet.set_column(at, at, _WIDTHS.get(name, 13))
        for number, row in enumerate(rows, start=1):
            for at, name in enumerate(COLUMNS):
                value = row.get(name, "")
                if value:
                    sheet.write_string(number, at, value, strong if row.get("kind") == SECTION else text)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet = book.add_worksheet(HEADER_SHEET)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 70)
        for number, name in enumerate(HEADER):
            sheet.write_string(number, 0, HEADER_VI[name], head)
            sheet.write_string(number, 1, header.get(name, ""), text)
        _words(book, words, head, text)
    return content.getvalue()


def _words(book: Any, words: Vocabulary, head: Any, text: Any) -> None:
    sheet = book.add_worksheet(WORDS_SHEET)
    lists: list[tuple[str, list[tuple[str, str]]]] = [
        ("Loại", [(SECTION, "mục"), *((kind.value, kind.label.vi) for kind in ClauseKind)]),
        ("Cấp", [(level.value, level.value) for level in Level]),
        ("Chủ trì, phối hợp", [(one.word, one.label.vi) for one in words.holders.values()]),
        ("Thước đo", [(one.word, one.label.vi) for one in words.measures.values()]),
        ("Bằng chứng", [(one.word, one.label.vi) for one in words.evidence.values()]),
        ("Nhóm người", [(one.word, one.label.vi) for one in words.groups.values()]),
        ("Ngành, lĩnh vực", [(one.word, one.label.vi) for one in words.sectors.values()]),
        ("Mục tiêu", [(one.id, one.label.vi) for one in load_book().targets.values()]),
    ]
    for at, (title, pairs) in enumerate(lists):
        sheet.set_column(2 * at, 2 * at, 22)
        sheet.set_column(2 * at + 1, 2 * at + 1, 46)
        sheet.write_string(0, 2 * at, title, head)
        sheet.write_string(0, 2 * at + 1, "Nghĩa", head)
        for number, (word, label) in enumerate(pairs, start=1):
            sheet.write_string(number, 2 * at, word, text)
            sheet.write_string(number, 2 * at + 1, label, text)
    sheet.freeze_panes(1, 0)


def read(content: bytes) -> Brought:
    """A workbook's header and rows. `Rejected` for a file that cannot be read, or has no sheet of rows."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(content)
        kept.flush()
        try:
            book = open_book(Path(kept.name), largest=LARGEST)
            sheets = {sheet.name: list(sheet.rows()) for sheet in book.sheets}
            spoilt = {sheet.name: _spoilt(sheet) for sheet in book.sheets}
        except FileRefused as error:
            raise Rejected([replace(error.problem, column="file")]) from error
    for name, lines in sheets.items():
        found = _heading(lines)
        if found is not None:
            at, columns, unknown = found
            rows, numbers = _rows(lines[at + 1 :], columns)
            problems = [*unknown, *(one for one in spoilt[name] if one.row in numbers)]
            return Brought(_header(sheets), rows, numbers, problems)
    message = _("Không có trang tính nào có cột “Mã”, “Loại” và “Nội dung”.")
    raise Rejected(
        [Problem("programme.no_rows", message, _("Tải tệp mẫu và điền vào trang “Kế hoạch”."), column="file")]
    )


def _heading(lines: Sequence[tuple[int, Sequence[Any]]]) -> tuple[int, dict[int, str], list[Problem]] | None:
    """Where the heading stands, the columns by position, and the headings nobody understands."""
    for at, (number, cells) in enumerate(lines[:_LOOKED_AT]):
        columns = {place: column for place, cell in enumerate(cells) if (column := column_of(_text(cell)))}
        if not {"id", "kind", "text"} <= set(columns.values()):
            continue
        unknown = [
            Problem("programme.column", _("Không hiểu cột “%(name)s”.") % {"name": _text(cell)},
                    _("Bỏ cột này hoặc đổi tên theo tệp mẫu."), row=number, column=_text(cell))
            for place, cell in enumerate(cells) if _text(cell) and place not in columns
        ]  # fmt: skip
        return at, columns, unknown
    return None


def _rows(lines: Sequence[tuple[int, Sequence[Any]]], columns: Mapping[int, str]) -> tuple[list[dict[str, str]], list[int]]:  # fmt: skip  # noqa: E501
    rows, numbers = [], []
    for number, cells in lines:
        row = {columns[place]: text for place, cell in enumerate(cells) if place in columns and (text := _text(cell))}
        if row:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _header(sheets: Mapping[str, Sequence[tuple[int, Sequence[Any]]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for lines in sheets.values():
        told = {name: _text(cells[1]) for _n, cells in lines if len(cells) > 1 and (name := header_of(_text(cells[0])))}
        if len(told) >= 3:
            found |= {name: value for name, value in told.items() if value and name not in found}
    return found


def _spoilt(sheet: Sheet) -> list[Problem]:
    return list(_spoilt_cells(sheet))


def _spoilt_cells(sheet: Sheet) -> Iterator[Problem]:
    for cell in sheet.spoilt():
        message = _("Ô ở cột %(column)s là công thức chưa có giá trị hoặc bị lỗi.") % {"column": cell.column + 1}
        yield Problem("programme.cell", message, _("Thay bằng chữ."), row=cell.row)


def _text(cell: Any) -> str:
    """A cell as people wrote it: whole numbers without a point, days as year-month-day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return "" if cell is None else " ".join(str(cell).split())
