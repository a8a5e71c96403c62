"""Text tables: UTF-8 or UTF-16, separated by comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading.sheet import Book, NumberedRow, Sheet

SEPARATORS = ",;\t|"
MOST_ROWS = 2_000_000
_BLOCK = 1 << 20
_LONGEST_CELL = 100_000
# Tells spreadsheets the separator (`sep=;`); not a row of data.
_HINT = "sep="


def open_text(path: Path) -> Book:
    """A text file read once for each separator; whoever looks for the header picks the reading that has one."""
    encoding = _encoding(path)
    return Book(tuple(Sheet(_name(mark), partial(_rows, path, encoding, mark)) for mark in SEPARATORS))


def _name(separator: str) -> str:
    return {",": "CSV (,)", ";": "CSV (;)", "\t": "CSV (tab)", "|": "CSV (|)"}[separator]


def _encoding(path: Path) -> str:
    """utf-8-sig or utf-16; `FileRefused` names the first row that is neither."""
    with path.open("rb") as file:
        head = file.read(4)
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
        if b"\x00" in head:
            # UTF-16 without its mark: the zero byte of a Latin letter tells which half comes first.
            return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
        file.seek(0)
        rows, pending = 1, b""
        while block := file.read(_BLOCK):
            block = pending + block
            try:
                block.decode("utf-8")
                pending = b""
            except UnicodeDecodeError as error:
                if error.reason != "unexpected end of data" or len(block) - error.start > 3:
                    raise _wrong_encoding(rows + block[: error.start].count(b"\n")) from None
                pending = block[error.start :]
                block = block[: error.start]
            if b"\x00" in block:
                raise FileRefused(
                    "not_a_table", _("Tệp không phải bảng tính hay tệp văn bản."),
                    _("Gửi bảng tính Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV UTF-8."),
                )  # fmt: skip
            rows += block.count(b"\n")
        if pending:
            raise _wrong_encoding(rows)
    return "utf-8-sig"


def _wrong_encoding(row: int) -> FileRefused:
    message = _("Dòng %(row)d có chữ không theo bảng mã UTF-8 (có thể là Windows-1258, VNI hoặc TCVN3).") % {"row": row}
    remedy = _("Trong Excel chọn Lưu thành → “CSV UTF-8”, hoặc gửi tệp .xlsx.")
    return FileRefused("wrong_encoding", message, remedy, row=row)


def _rows(path: Path, encoding: str, separator: str) -> Iterator[NumberedRow]:
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, row in enumerate(_reader(file, separator), start=1):
                if number == 1 and row and row[0].lower().startswith(_HINT):
                    continue
                if number > MOST_ROWS:
                    message = _("Tệp có hơn %(limit)s dòng.") % {"limit": f"{MOST_ROWS:,}".replace(",", ".")}
                    raise FileRefused("too_many_rows", message, _("Chia thành nhiều tệp."))
                yield number, row
        except csv.Error as error:
            message = _("Dòng %(row)d không đọc được (%(why)s).") % {"row": number + 1, "why": error}
            remedy = _("Kiểm tra dấu ngoặc kép mở mà không đóng, hoặc ô quá dài.")
            raise FileRefused("row_unreadable", message, remedy, row=number + 1) from error
        except UnicodeError as error:
            raise _wrong_encoding(number + 1) from error


_reader: Callable[[TextIO, str], Iterator[list[str]]] = lambda file, separator: csv.reader(  # noqa: E731
    file, delimiter=separator, strict=True
)
