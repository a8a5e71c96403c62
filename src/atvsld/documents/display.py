"""How values and fixed words are printed, the same in every format."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from atvsld.documents.model import Cell, Column, ColumnKind, Document, Language, NoticeLevel, Row, Table
from atvsld.kit.text import format_date, format_number

UNKNOWN = "–"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LOCALES: dict[Language, str] = {"vi": "vi-VN", "en": "en-GB"}
# Characters no XML format may hold; a pasted one must not spoil the paper.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "number": "Số:",
        "to": "Kính gửi:",
        "unit": "Đơn vị tính:",
        "recipients": "Nơi nhận:",
        "notes": "Ghi chú:",
        "info": "Thông tin",
        "warning": "Lưu ý",
        "provisional": "Tạm thời",
        "provisional_page": "CÓ NỘI DUNG TẠM THỜI",
        "about": "Thông tin chung",
        "table": "Bảng",
        "column": "cột",
    },
    "en": {
        "number": "No.:",
        "to": "To:",
        "unit": "Unit:",
        "recipients": "Recipients:",
        "notes": "Notes:",
        "info": "Note",
        "warning": "Warning",
        "provisional": "Provisional",
        "provisional_page": "CONTAINS PROVISIONAL ITEMS",
        "about": "About",
        "table": "Table",
        "column": "column",
    },
}


def word(language: Language, name: str) -> str:
    """A fixed word of the layout in the language of the paper."""
    return _WORDS[language][name]


def notice_label(language: Language, level: NoticeLevel) -> str:
    """The word that opens a notice, in capitals."""
    return word(language, level).upper()


def clean(text: str) -> str:
    """The text without control characters, line ends unified, every letter one character (NFC)."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def cell_text(cell: Cell, kind: ColumnKind = "number", *, decimals: int | None = None, language: Language) -> str:
    """The cell as printed. Numbers are grouped in number columns only: a year or a code is not `2.024`."""
    if cell.text is not None:
        return clean(cell.text)
    value = cell.value
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return format_date(value)
    if kind == "number":
        return format_number(value, decimals, language=language)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def column_cell_text(cell: Cell, column: Column, language: Language) -> str:
    """The cell as printed in that column."""
    return cell_text(cell, column.kind, decimals=column.decimals, language=language)


def row_texts(table: Table, row: Row, language: Language) -> list[str]:
    """The row's cells as printed; a heading that spans the table is one text."""
    leaves = table.leaves
    if len(row.cells) != len(leaves):
        return [cell_text(row.cells[0], "text", language=language)]
    return [column_cell_text(cell, leaf, language) for cell, leaf in zip(row.cells, leaves, strict=True)]


def place_and_day(doc: Document) -> str:
    """`Đà Nẵng, ngày 05 tháng 01 năm 2026`; dots where the day is to be filled in by hand.

    Days below 10 and months 1, 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    head = doc.letterhead
    if head is None:
        return ""
    day = head.day
    if doc.language == "en":
        when = f"{day.day} {day:%B} {day.year}" if day else "…………"
    elif day:
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        when = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    else:
        when = "ngày … tháng … năm ……"
    return ", ".join(part for part in (clean(head.place), when) if part)


def document_number(doc: Document) -> str:
    """`Số: 12/BC-…`; dots where the number is given later by the registry."""
    number = doc.letterhead.document_number if doc.letterhead else None
    return f"{word(doc.language, 'number')} {clean(number) if number else '……/………'}"


def flag_text(flag: str) -> str:
    """What is wrong with a sentence, as printed after it: a sign and words, never colour alone."""
    return f"[! {clean(flag)}]"


def page_footer(doc: Document) -> str:
    """What every page carries at its foot: the form and moment of the figures, and whether anything is provisional."""
    mark = word(doc.language, "provisional_page") if doc.is_provisional else ""
    return " · ".join(part for part in (mark, clean(doc.footer)) if part)


def remarks(table: Table) -> dict[str, str]:
    """Remarks of cells → their mark (a, b, …, aa), each remark once, in reading order."""
    marks: dict[str, str] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.note and cell.note not in marks:
                marks[cell.note] = _letters(len(marks))
    return marks


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def footnotes(table: Table) -> list[tuple[str, str]]:
    """All that stands under the table: (mark, text); the table's own notes have no mark."""
    own = [("", clean(note)) for note in table.notes]
    return own + [(mark, clean(note)) for note, mark in remarks(table).items()]
