"""From sheets to blocks of cells in the order of our columns: the header found, a mapping applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.imports.columns import Spec
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.mapping import Mapping as ColumnMapping
from atvsld.platform.imports.mapping import Rule, same_heading
from atvsld.platform.imports.reading import Book, Sheet
from atvsld.platform.imports.reading.sheet import NumberedRow, Row, Spoilt

# A header may stand below a title and a few lines of explanation.
HEADER_WITHIN = 40
BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the cells of one target column come from: a position in the row, or a constant."""

    column: str
    position: int | None
    rule: Rule = field(default_factory=Rule)


@dataclass(frozen=True)
class Source:
    """A table ready to be read: bindings for the columns it has, its rows, and what was noticed."""

    bindings: tuple[Binding, ...]
    rows: Iterable[NumberedRow]
    width: int
    notes: tuple[Problem, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    spoilt: tuple[Spoilt, ...] = ()
    header_row: int = 0
    sheet: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(binding.column for binding in self.bindings)

    def blocks(self) -> Iterator[tuple[list[int], list[Row]]]:
        """Row numbers and rows of equal width, without the rows that hold nothing."""
        pairs = ((number, row) for number, row in self.rows if _holds_something(row))
        while block := list(islice(pairs, BLOCK)):
            width = self.width
            yield (
                [number for number, _row in block],
                [row if len(row) == width else _fitted(row, width) for _number, row in block],
            )


def _holds_something(row: Row) -> bool:
    return any(row) and any(str(cell).strip() for cell in row if cell is not None)


def _fitted(row: Row, width: int) -> Row:
    """A short row filled up; a longer one keeps its surplus, which the loader looks at."""
    return row if len(row) > width else [*row, *[""] * (width - len(row))]


def from_book(book: Book, spec: Spec, mapping: ColumnMapping | None) -> Source:
    """The table of the sheet whose header fits best. `FileRefused` when none has the columns it takes."""
    best: tuple[int, Sheet, int, Row] | None = None
    fitting = []
    for sheet in book.sheets:
        found = _header(sheet, spec, mapping)
        if found is None:
            continue
        score, number, row = found
        fitting.append(sheet.name)
        if best is None or score > best[0]:
            best = (score, sheet, number, row)
    if best is None:
        raise _no_header(book, spec, mapping)
    _score, sheet, number, row = best
    notes = list(book.notes)
    others = [name for name in fitting if name != sheet.name and not name.startswith("CSV")]
    if others:
        message = _("Chỉ đọc trang tính “%(read)s”; chưa đọc: %(others)s.")
        notes.append(
            Problem("other_sheets", message % {"read": sheet.name, "others": ", ".join(others)}, severity=Severity.WARN)
        )
    bindings = _mapped(row, number, spec, mapping, notes) if mapping else _bound(row, number, spec, notes)
    return Source(
        bindings=tuple(bindings),
        rows=islice(sheet.rows(), number, None),
        width=len(row),
        notes=tuple(notes),
        merged=tuple(area for area in sheet.merged if area[2] > number),
        spoilt=tuple(cell for cell in sheet.spoilt() if cell.row > number),
        header_row=number,
        sheet=sheet.name,
    )


def with_constants(source: Source, constants: Mapping[str, str], spec: Spec) -> Source:
    """The same table with some columns given by the caller for the whole file."""
    for name in constants:
        if name not in spec.names:
            raise FileRefused("mapping", _("Không có cột “%(column)s” để đặt giá trị.") % {"column": name})
    kept = [binding for binding in source.bindings if binding.column not in constants]
    given = [Binding(name, None, Rule(constant=value)) for name, value in constants.items()]
    return replace(source, bindings=(*kept, *given))


def from_records(records: Iterable[Mapping[str, Any]], spec: Spec) -> Source:
    """The table of rows that came as named values (JSON). Row numbers count from 1; unknown names are refused."""
    held = list(records)
    names = dict.fromkeys(name for record in held for name in record)
    strange = [name for name in names if name not in spec.names]
    if strange:
        raise FileRefused(
            "unknown_column", _("Không có cột: %(names)s.") % {"names": ", ".join(map(str, strange))},
            _("Các cột: %(names)s.") % {"names": ", ".join(spec.names)},
        )  # fmt: skip
    columns = tuple(names)
    _require(columns, spec)
    rows = ((number, [_cell(record.get(name)) for name in columns]) for number, record in enumerate(held, start=1))
    return Source(tuple(Binding(name, position) for position, name in enumerate(columns)), rows, len(columns))


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if isinstance(value, dict):
        return str(value)
    return value


def _header(sheet: Sheet, spec: Spec, mapping: ColumnMapping | None) -> tuple[int, int, Row] | None:
    """The row within the first few that names most columns: how many, its number, its cells."""
    best: tuple[int, int, Row] | None = None
    try:
        for number, row in islice(sheet.rows(), HEADER_WITHIN):
            if mapping is None:
                score = len({column.name for cell in row if (column := spec.named(cell))})
            else:
                wanted = {rule.source for rule in mapping.rules.values() if rule.source}
                score = sum(any(same_heading(name, cell) for cell in row) for name in wanted)
            if score and (best is None or score > best[0]):
                best = (score, number, row)
    except FileRefused:
        if not sheet.name.startswith("CSV"):
            raise
    # One matching word is chance (a title), unless only one column is asked for.
    least = 2 if mapping is None else min(2, sum(rule.source is not None for rule in mapping.rules.values()))
    return best if best is not None and best[0] >= least else None


def _no_header(book: Book, spec: Spec, mapping: ColumnMapping | None) -> FileRefused:
    for sheet in book.sheets:  # a text file no separator could read says why
        for _row in islice(sheet.rows(), HEADER_WITHIN):
            pass
    if mapping is None:
        message = _("Không tìm thấy dòng tiêu đề trong %(count)d dòng đầu.") % {"count": HEADER_WITHIN}
        remedy = _("Dùng tệp mẫu, hoặc ghi tên cột: %(names)s; tệp bố cục khác thì chọn mẫu ánh xạ cột.") % {
            "names": ", ".join(column.label for column in spec.columns[:5]) + "…"
        }
    else:
        message = _("Tệp không có các cột mà mẫu ánh xạ “%(name)s” cần.") % {"name": mapping.name}
        remedy = _("Cần: %(names)s.") % {
            "names": ", ".join(sorted({rule.source for rule in mapping.rules.values() if rule.source}))
        }
    return FileRefused("no_header", message, remedy)


def _bound(row: Row, number: int, spec: Spec, notes: list[Problem]) -> Iterator[Binding]:
    found: dict[str, int] = {}
    ignored = []
    for position, cell in enumerate(row):
        column = spec.named(cell)
        if column is None:
            if cell is not None and str(cell).strip():
                ignored.append(str(cell).strip()[:40])
        elif column.name in found:
            message = _("Dòng %(row)d: cột “%(column)s” có hai lần.") % {"row": number, "column": column.label}
            raise FileRefused("column_twice", message, _("Xóa hoặc đổi tên một cột."), row=number)
        else:
            found[column.name] = position
    if ignored:
        message = _("Cột không nhận ra, không đọc: %(names)s.") % {"names": ", ".join(ignored)}
        notes.append(Problem("ignored_column", message, row=number, severity=Severity.WARN))
    _require(tuple(found), spec)
    for name, position in found.items():
        yield Binding(name, position)


def _mapped(row: Row, number: int, spec: Spec, mapping: ColumnMapping, notes: list[Problem]) -> Iterator[Binding]:
    _require(tuple(mapping.rules), spec)
    used = set()
    for name, rule in mapping.rules.items():
        if rule.source is None:
            yield Binding(name, None, rule)
            continue
        position = next((place for place, cell in enumerate(row) if same_heading(rule.source, cell)), None)
        if position is None:
            message = _("Dòng tiêu đề (dòng %(row)d) không có cột “%(source)s” mà mẫu ánh xạ cần cho “%(column)s”.")
            raise FileRefused(
                "mapping_column",
                message % {"row": number, "source": rule.source, "column": spec[name].label},
                row=number,
            )
        used.add(position)
        yield Binding(name, position, rule)
    unused = [str(cell) for place, cell in enumerate(row) if place not in used and str(cell).strip()]
    if unused:
        message = _("Cột của tệp không dùng tới: %(names)s.") % {"names": ", ".join(unused)}
        notes.append(Problem("ignored_column", message, row=number, severity=Severity.NOTE))


def _require(columns: Sequence[str], spec: Spec) -> None:
    missing = [column.label for column in spec.columns if column.required and column.name not in columns]
    if missing:
        message = _("Thiếu cột bắt buộc: %(names)s.") % {"names": ", ".join(missing)}
        raise FileRefused("missing_column", message, _("Thêm cột này vào tệp; tệp mẫu có đủ các cột."))
