"""Typed rows go by COPY into a table of the transaction, where checks and matching are done in sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.imports.columns import Column, Spec
from atvsld.platform.imports.converters import NULL, Converter, build
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.reading.sheet import Row, Spoilt
from atvsld.platform.imports.source import Binding, Source

TABLE = "import_stage"
BAD = "import_bad"


class Loader:
    """Reads a source into the staging table. Columns the file does not have are NULL there."""

    def __init__(
        self,
        spec: Spec,
        source: Source,
        findings: Findings,
        *,
        latest: datetime,
        derived: Mapping[str, tuple[str, Callable[[str], str]]] | None = None,
    ) -> None:
        """`derived`: further text columns, each worked out from what was read of another: name → (column, how)."""
        self._spec = spec
        self._derived = {
            name: (source.columns.index(of), _Derived(how))
            for name, (of, how) in (derived or {}).items()
            if of in source.columns
        }
        self._further = tuple(derived or ())
        self._source = source
        self._findings = findings
        self._plans = [_Plan(binding, spec[binding.column], latest) for binding in source.bindings]
        self._spoilt: dict[int, list[Spoilt]] = {}
        for cell in source.spoilt:
            self._spoilt.setdefault(cell.row, []).append(cell)

    def load(self, progress: Callable[[int], None]) -> int:
        """Create and fill the staging table within the open transaction; the number of rows."""
        rows = 0
        for note in self._source.notes:
            self._findings.add(note)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}, {BAD}")
            cursor.execute(_create(self._spec, self._further))
            columns = ", ".join(("row_no", *self._source.columns, *self._derived))
            with cursor.copy(f"COPY {TABLE} ({columns}) FROM STDIN") as copy:
                for numbers, block in self._source.blocks():
                    copy.write(self._lines(numbers, block))
                    rows += len(block)
                    progress(rows)
        self.store_bad()
        return rows

    def store_bad(self) -> None:
        """Write the numbers of the rows found bad so far where SQL can see them."""
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {BAD} (row_no integer PRIMARY KEY) ON COMMIT DROP")
            cursor.execute(f"TRUNCATE {BAD}")
            with cursor.copy(f"COPY {BAD} FROM STDIN") as copy:
                copy.write("".join(f"{row}\n" for row in self._findings.bad))
            cursor.execute(f"ANALYZE {BAD}")

    def _lines(self, numbers: list[int], block: list[Row]) -> bytes:
        self._look_at_rows(numbers, block)
        width = self._source.width
        if any(len(row) > width for row in block):
            block = [row[:width] for row in block]
        cells = list(zip(*block, strict=True))
        read = [list(map(str, numbers)), *(plan.read(numbers, cells, self._findings) for plan in self._plans)]
        for position, derived in self._derived.values():
            read.append(list(map(derived.__getitem__, read[position + 1])))
            derived.clear()
        return ("\n".join(map("\t".join, zip(*read, strict=True))) + "\n").encode()

    def _look_at_rows(self, numbers: list[int], block: list[Row]) -> None:
        """Defects of the sheet itself: cells without value, merged areas, surplus cells."""
        width = self._source.width
        for number, row in zip(numbers, block, strict=True):
            if len(row) > width and any(str(cell).strip() for cell in row[width:]):
                message = _("Dòng %(row)d có %(count)d ô, nhiều hơn %(width)d cột của dòng tiêu đề.")
                remedy = _("Đặt ô có dấu phân cách trong ngoặc kép, hoặc ghi tiêu đề cho cột thừa.")
                self._findings.add(
                    Problem(
                        "row_too_long", message % {"row": number, "count": len(row), "width": width}, remedy, row=number
                    )
                )
        if self._spoilt:
            self._look_at_spoilt(numbers)
        for area in self._source.merged:
            self._look_at_merged(area, numbers)

    def _look_at_spoilt(self, numbers: list[int]) -> None:
        for number in numbers:
            for cell in self._spoilt.get(number, ()):
                if (column := self._column_at(cell.column)) is None:
                    continue
                if cell.code == "cell_error":
                    problem = Problem(cell.code, _("ô báo lỗi tính toán."), _("Sửa công thức hoặc ghi giá trị."))
                else:
                    problem = Problem(cell.code, _("công thức chưa có giá trị."), _(
                        "Mở bằng Excel và lưu lại để tính công thức, hoặc dán giá trị thay cho công thức."
                    ))  # fmt: skip
                self._findings.cell(number, column, problem, "")

    def _look_at_merged(self, area: tuple[int, int, int, int], numbers: list[int]) -> None:
        top, left, bottom, right = area
        if bottom < numbers[0] or top > numbers[-1]:
            return
        inside = [column for place in range(left, right + 1) if (column := self._column_at(place)) is not None]
        for number in numbers:
            if inside and top <= number <= bottom:
                message = _("ô bị gộp (dòng %(top)d đến %(bottom)d), chỉ ô đầu có giá trị.")
                problem = Problem(
                    "merged_cells",
                    message % {"top": top, "bottom": bottom},
                    _("Bỏ gộp ô rồi điền giá trị vào từng dòng."),
                )
                self._findings.cell(number, inside[0], problem, "")

    def _column_at(self, position: int) -> Column | None:
        return next((plan.column for plan in self._plans if plan.binding.position == position), None)


class _Plan:
    """How one target column is read, block after block."""

    def __init__(self, binding: Binding, column: Column, latest: datetime) -> None:
        self.binding = binding
        self.column = column
        self._converter: Converter = build(column, latest)
        self._untranslated: set[Any] = set()

    def read(self, numbers: list[int], cells: Sequence[tuple[Any, ...]], findings: Findings) -> list[str]:
        rule = self.binding.rule
        raw: Sequence[Any]
        if self.binding.position is None:
            raw = [rule.constant] * len(numbers)
        else:
            raw = cells[self.binding.position]
            if rule.translates:
                raw = [self._translate(number, value, findings) for number, value in zip(numbers, raw, strict=True)]
        converter = self._converter
        converter.forget()
        try:
            found = list(map(converter.__getitem__, raw))
        except TypeError:  # a value that is no cell, such as a list within JSON
            raw = [value if value is None else str(value) for value in raw]
            found = list(map(converter.__getitem__, raw))
        for held in (converter.problems, converter.notes):
            if held:
                for number, value in zip(numbers, raw, strict=True):
                    if value in held:
                        findings.cell(number, self.column, held[value], value)
        return found

    def _translate(self, number: int, value: Any, findings: Findings) -> Any:
        try:
            return self.binding.rule.translate(value)
        except KeyError:
            message = _("giá trị “%(value)s” không có trong bảng quy đổi của mẫu ánh xạ.") % {"value": value}
            problem = Problem("value_unmapped", message, _("Bổ sung vào “values”, hoặc đặt “otherwise: unknown”."))
            findings.cell(number, self.column, problem, value)
            return ""


class _Derived(dict[str, str]):
    """COPY text of one column → that of a column worked out from it."""

    def __init__(self, how: Callable[[str], str]) -> None:
        super().__init__()
        self._how = how

    def __missing__(self, read: str) -> str:
        self[read] = found = NULL if read == NULL else self._how(read.replace("\\\\", "\\")).replace("\\", "\\\\")
        return found


def _create(spec: Spec, derived: Sequence[str]) -> str:
    columns = ", ".join(
        (*(f"{column.name} {column.kind.sql_type}" for column in spec.columns), *(f"{name} text" for name in derived))
    )
    return f"CREATE TEMP TABLE {TABLE} (row_no integer NOT NULL, {columns}) ON COMMIT DROP"


__all__ = ["BAD", "NULL", "TABLE", "Loader"]
