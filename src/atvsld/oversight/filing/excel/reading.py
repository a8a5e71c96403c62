"""A workbook that came back: what it changes in the draft, and which of its cells cannot be read."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.excel import layout
from atvsld.oversight.filing.excel.writing import meta_of
from atvsld.platform.acts import Rejected
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading.files import open_book
from atvsld.platform.imports.reading.sheet import Book, Sheet

# A form with all its rows weighs some tens of kilobytes.
LARGEST = 8 << 20
# Key, text, where it stands, and what is wrong with it.
Read = tuple[str, str, str, Problem | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One place the workbook changes: what the draft holds, what the file says, and where it says it."""

    key: str
    before: str
    after: str
    where: str


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken: what stands there and the sentence about it."""

    key: str
    text: str
    where: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says."""

    changes: tuple[Change, ...]
    bad: tuple[BadCell, ...]


def read(content: bytes, draft: Draft) -> Returned:
    """Read a filled workbook against the draft. `Rejected` for a file that is not this report's workbook."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        path = Path(file.name)
        try:
            book = open_book(path, largest=LARGEST)
            _require_ours(path, draft)
            changes, bad = [], []
            for key, text, where, fault in _cells(book, draft):
                if fault is not None:
                    bad.append(BadCell(key, text, where, fault))
                elif not _same(draft, key, text):
                    changes.append(Change(key, draft.filled.texts.get(key, ""), text, where))
        except FileRefused as error:
            raise Rejected([error.problem]) from error
    return Returned(tuple(changes), tuple(bad))


def _require_ours(path: Path, draft: Draft) -> None:
    """The hidden sheet must name this very report."""
    try:
        told = json.loads(str(python_calamine.load_workbook(path).get_sheet_by_name(layout.META).to_python()[0][0]))
    except Exception as error:  # no such sheet, not a workbook, not JSON: it is not ours
        message = _("Tệp này không phải mẫu Excel của báo cáo.")
        remedy = _("Bấm “Tải mẫu Excel”, điền vào chính tệp đó rồi gửi lại; không chép sang tệp khác hay lưu CSV.")
        raise Rejected([Problem("not_our_workbook", message, remedy, column="file")]) from error
    wanted = meta_of(draft)
    labels = {
        "form": _("biểu mẫu"),
        "form_valid_from": _("bản biểu mẫu"),
        "period": _("kỳ báo cáo"),
        "report": _("chế độ báo cáo"),
        "reporter": _("đơn vị báo cáo"),
    }
    problems = []
    for name, label in labels.items():
        if told.get(name) != wanted[name]:
            message = _("Tệp của %(what)s khác: trong tệp là “%(got)s”, báo cáo này là “%(wanted)s”.") % {
                "what": label, "got": str(told.get(name, ""))[:60], "wanted": wanted[name],
            }  # fmt: skip
            problems.append(Problem(f"other_{name}", message, _("Tải mẫu của đúng báo cáo này."), column="file"))
    if problems:
        raise Rejected(problems)


def _cells(book: Book, draft: Draft) -> Iterator[Read]:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for table in draft.shape.form.tables:
        name = layout.sheet_name(table)
        if name not in sheets:
            message = _("Tệp thiếu trang tính “%(name)s”.") % {"name": name}
            raise Rejected([Problem("no_sheet", message, _("Tải lại mẫu; không xóa, đổi tên trang tính."))])
        yield from _sheet(sheets[name], draft, table.id, open_rows=table.open_rows)
    if layout.HEAD_SHEET in sheets:
        yield from _head(sheets[layout.HEAD_SHEET], draft)


def _sheet(sheet: Sheet, draft: Draft, table: str, *, open_rows: bool) -> Iterator[Read]:
    columns: dict[int, str] = {}
    spoilt = {(one.row, one.column) for one in sheet.spoilt()}
    seen: set[str] = set()
    for number, row in sheet.rows():
        first = str(row[0]).strip() if row else ""
        if first == layout.KEYS_MARK:
            columns = {place: str(cell).strip() for place, cell in enumerate(row) if place and str(cell).strip()}
            below = [span for span in sheet.merged if span[2] > number]
            if below:
                where = xl_rowcol_to_cell(below[0][0] - 1, below[0][1])
                message = _("Trang “%(sheet)s” có ô bị gộp ở %(where)s.") % {"sheet": sheet.name, "where": where}
                raise Rejected([Problem("merged", message, _("Bỏ gộp ô rồi gửi lại."), column="file")])
            continue
        if not columns or not first:
            continue
        if first in seen:
            message = _("Trang “%(sheet)s”, dòng %(row)s lặp lại một dòng ở trên.") % {
                "sheet": sheet.name,
                "row": number,
            }
            raise Rejected([Problem("row_twice", message, _("Không chép thêm dòng; tải lại mẫu."), row=number)])
        seen.add(first)
        for place, column in columns.items():
            key = keys.listed(table, first, column) if open_rows else keys.cell(table, first, column)
            if draft.shape.knows(key):
                raw = row[place] if place < len(row) else ""
                yield _read(draft, key, raw, Spot(sheet.name, number, place, (number, place) in spoilt))
    if not columns:
        message = _("Trang “%(sheet)s” không còn dòng mã cột.") % {"sheet": sheet.name}
        raise Rejected([Problem("no_keys", message, _("Tải lại mẫu; không xóa dòng, cột ẩn."), column="file")])


def _head(sheet: Sheet, draft: Draft) -> Iterator[Read]:
    spoilt = {(one.row, one.column) for one in sheet.spoilt()}
    for number, row in sheet.rows():
        key = str(row[0]).strip() if row else ""
        if key and draft.shape.knows(key):
            raw = row[2] if len(row) > 2 else ""
            yield _read(draft, key, raw, Spot(sheet.name, number, 2, (number, 2) in spoilt))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands in the file; `spoilt`: its formula has no value."""

    sheet: str
    row: int
    column: int
    spoilt: bool

    def told(self) -> dict[str, str]:
        return {"sheet": self.sheet, "cell": xl_rowcol_to_cell(self.row - 1, self.column)}


def _read(draft: Draft, key: str, raw: Any, spot: Spot) -> Read:
    text, told = _text(raw), spot.told()
    where = _("trang “%(sheet)s”, ô %(cell)s") % told
    if spot.spoilt:
        message = _("Trang “%(sheet)s”, ô %(cell)s: công thức không có giá trị hoặc bị lỗi.") % told
        problem = Problem("formula", message, _("Ghi thẳng con số thay cho công thức."), row=spot.row, column=key)
        return key, text, where, problem
    if draft.shape.kind_of(key) == "number":
        try:
            numbers.read(text)
        except numbers.NotANumber:
            message = _("Trang “%(sheet)s”, ô %(cell)s: “%(text)s” không phải là số.") % (told | {"text": text[:40]})
            remedy = _("Ghi số, ví dụ 1.234,5, nhiều nhất 3 chữ số sau dấu phẩy; không có thì ghi 0.")
            return key, text, where, Problem("not_a_number", message, remedy, row=spot.row, column=key, value=text)
    return key, text, where, None


def _text(raw: Any) -> str:
    """A cell as it would be typed."""
    if isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, int | float):
        exact = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
        near = round(exact, numbers.MOST_DECIMALS)
        # What Excel computed carries errors beyond its fifteenth digit; they are not the writer's.
        exact = near if abs(exact - near) < Decimal("1e-9") else exact
        return numbers.typed(exact) if exact == near else f"{exact:f}".replace(".", ",")
    if isinstance(raw, datetime | date):
        return format_date(raw)
    return str(raw).strip()


def _same(draft: Draft, key: str, text: str) -> bool:
    before = draft.filled.texts.get(key, "")
    if draft.shape.kind_of(key) == "number":
        try:
            return numbers.read(before) == numbers.read(text)
        except numbers.NotANumber:
            return before == text
    return before.strip() == text.strip()


def payload(returned: Returned) -> Mapping[str, Any]:
    """What the preview carries to the next step: texts and sentences by key."""
    return {
        "texts": {change.key: change.after for change in returned.changes} | {b.key: b.text for b in returned.bad},
        "bad": {one.key: str(one.problem) for one in returned.bad},
    }
