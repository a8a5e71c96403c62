"""Excel and OpenDocument workbooks, with what their cells hide: formulas without values, errors, merged areas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import python_calamine
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading.sheet import Book, NumberedRow, Sheet, Spoilt

# The most rows a workbook may hold: calamine keeps a whole sheet in memory.
MOST_ROWS = 250_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SMALL_XML = 4 << 20
_BLOCK = 1 << 20
# A cell with a formula and no stored value (a stored empty text, t="str", is a value) …
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
# … and a cell whose stored value is an error such as #REF!.
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"')
_LONGEST_CELL = 40_000


def open_workbook(path: Path, kind: str) -> Book:
    """The visible sheets of a workbook; hidden ones are named in a note and left out."""
    try:
        book = python_calamine.load_workbook(path)
        metadata = book.sheets_metadata
    except python_calamine.PasswordError as error:
        message = _("Tệp được đặt mật khẩu nên không đọc được.")
        raise FileRefused("password", message, _("Mở tệp, gỡ mật khẩu, lưu lại rồi gửi.")) from error
    except Exception as error:  # the reader's own failures come in several unrelated classes
        raise _damaged() from error
    members = _members(path) if kind == "xlsx" else {}
    if kind == "xlsx":
        _refuse_too_many_rows(path, members)
    visible = [sheet for sheet in metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in metadata if sheet not in visible and not sheet.name.startswith("_")]
    notes = []
    if hidden:
        message = _("Trang tính ẩn không được đọc: %(names)s.") % {"names": ", ".join(hidden)}
        notes.append(Problem("hidden_sheet", message, severity=Severity.NOTE))
    try:
        sheets = tuple(_sheet(book, sheet.name, path, members.get(sheet.name)) for sheet in visible)
    except Exception as error:
        raise _damaged() from error
    return Book(sheets, tuple(notes))


def _damaged() -> FileRefused:
    return FileRefused(
        "damaged", _("Bảng tính bị hỏng hoặc không đúng định dạng."), _("Mở lại bằng Excel, lưu thành tệp mới rồi gửi.")
    )


def _sheet(book: python_calamine.CalamineWorkbook, name: str, path: Path, member: str | None) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS:
        raise _too_many_rows()
    merged = tuple(
        (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(
        name=name,
        rows=partial(_rows, sheet),
        merged=merged,
        spoilt=partial(_spoilt, path, member) if member else partial(iter, ()),
    )


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[NumberedRow]:
    """Rows numbered as Excel shows them. Cells are counted from the first column that holds anything."""
    left = sheet.start[1] if sheet.start else 0
    padding = [""] * left
    # calamine gives the empty rows above, but not the empty columns on the left.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, padding + row if left else row


def _members(path: Path) -> dict[str, str]:
    """Sheet name → member of the container that holds it."""
    with zipfile.ZipFile(path) as archive:
        try:
            book = _small_xml(archive, "xl/workbook.xml")
            relations = _small_xml(archive, "xl/_rels/workbook.xml.rels")
        except (KeyError, ET.ParseError):
            return {}
        targets = {item.get("Id"): item.get("Target", "") for item in relations}
        found = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if member in archive.namelist():
                found[sheet.get("name", "")] = member
        return found


def _small_xml(archive: zipfile.ZipFile, member: str) -> ET.Element:
    with archive.open(member) as file:
        content = file.read(_SMALL_XML + 1)
    if len(content) > _SMALL_XML or b"<!ENTITY" in content:
        raise KeyError(member)
    return ET.fromstring(content)  # noqa: S314  (bounded, and entities are refused above)


def _too_many_rows() -> FileRefused:
    message = _("Trang tính có hơn %(limit)s dòng.") % {"limit": f"{MOST_ROWS:,}".replace(",", ".")}
    return FileRefused("too_many_rows", message, _("Lưu thành CSV UTF-8, hoặc chia thành nhiều tệp."))


def _refuse_too_many_rows(path: Path, members: dict[str, str]) -> None:
    """Count rows before the reader builds the cells; unpacking also proves that the stated sizes are true."""
    for member in members.values():
        rows = 0
        for block in _blocks(path, member, overlap=8):
            rows += block.count(b"<row ")
            if rows > MOST_ROWS:
                raise _too_many_rows()


def _spoilt(path: Path, member: str) -> Iterator[Spoilt]:
    for block in _blocks(path, member, overlap=_LONGEST_CELL):
        if b"<f" in block:
            for found in _NO_VALUE.finditer(block):
                if b't="str"' not in found[3]:
                    yield Spoilt(int(found[2]), _column(found[1]), "formula_without_value")
        if b't="e"' in block:
            for found in _ERROR.finditer(block):
                yield Spoilt(int(found[2]), _column(found[1]), "cell_error")


def _blocks(path: Path, member: str, *, overlap: int) -> Iterator[bytes]:
    """The member in blocks cut between cells, so that no cell falls apart."""
    mark = b"<row " if overlap <= 8 else b"<c "
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            rest = b""
            while block := file.read(_BLOCK):
                block = rest + block
                cut = block.rfind(mark)
                cut = len(block) if cut <= 0 or len(block) - cut > overlap + _BLOCK else cut
                yield block[:cut]
                rest = block[cut:]
            yield rest
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise _damaged() from error


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
