"""The form laid out for entry: heads, rows and cells as the template draws them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from atvsld.kit.ids import new_ulid
from atvsld.kit.text import format_number
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, Table
from atvsld.law.reading import Label
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.models import Remark

# Empty rows offered in an open table where no script adds them.
SPARE_ROWS = 3


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One heading of a table: how far it spans, and the id by which cells name it."""

    text: str
    columns: int
    rows: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One place to write: what stands in it, what the registers hold, and what is to be said of it."""

    key: str
    text: str
    kind: str
    label: str = ""
    register: str = ""
    departs: bool = False
    bad: bool = False
    typed: bool = False
    by: str = ""
    at: datetime | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: a `label`, a `text` that is printed, `fields` to write in (two for a pair), or a `computed` figure."""

    kind: str
    text: str = ""
    column: str = ""
    head: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `hidden` rows of long lists hold nothing yet and come up when chosen."""

    key: str
    kind: str
    level: int
    cells: tuple[GridCell, ...]
    hidden: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of the form. Open tables have `blank`, the row a script adds."""

    id: str
    title: str
    unit: str
    note: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[GridRow, ...]
    open_rows: bool = False
    labelled: bool = False
    blank: GridRow | None = None
    hidden_rows: tuple[tuple[str, str], ...] = field(default=())


def grids(draft: Draft, remarks: dict[str, list[Remark]], *, everything: bool = False) -> list[Grid]:
    """Every table of the draft; `everything` shows also the rows that hold nothing."""
    return [_grid(draft, table, remarks, everything=everything) for table in draft.shape.form.tables]


def _grid(draft: Draft, table: Table, remarks: dict[str, list[Remark]], *, everything: bool) -> Grid:
    if table.open_rows:
        rows, blank = _open_rows(draft, table, remarks), _open_row(draft, table, "MOI", remarks)
    else:
        rows, blank = [_row(draft, table, row, remarks, everything=everything) for row in _rows(draft, table)], None
    return Grid(
        id=table.id,
        title=said(table.title),
        unit=said(table.unit) if table.unit else "",
        note=table.note,
        head=tuple(head_of(table)),
        rows=tuple(rows),
        open_rows=table.open_rows,
        labelled=not table.open_rows and any(leaf.kind == "label" for leaf in table.leaf_columns),
        blank=blank,
        hidden_rows=tuple((row.key, row.label) for row in rows if row.hidden),
    )


def _rows(draft: Draft, table: Table) -> Iterator[ConcreteRow]:
    yield from draft.shape.plan.rows[table.id]


def head_of(table: Table) -> Iterator[tuple[HeadCell, ...]]:
    """The heading lines of a table, from the top."""
    depth, level = table.header_depth, list(table.columns)
    for line in range(depth):
        yield tuple(
            HeadCell(
                said(column.label),
                len(column.leaves),
                1 if column.children else depth - line,
                "" if column.children else f"c:{table.id}/{column.key}",
            )
            for column in level
        )
        level = [child for column in level for child in column.children]
    if table.numbered and not table.open_rows:
        yield tuple(HeadCell(leaf.key, 1, 1) for leaf in table.leaf_columns)


def _row(
    draft: Draft, table: Table, row: ConcreteRow, remarks: dict[str, list[Remark]], *, everything: bool
) -> GridRow:
    label = said(row.label)
    cells = [_cell(draft, table, row, column, remarks) for column in table.leaf_columns]
    held = draft.filled.figures.get(table.id, {}).get(row.key)
    touched = any(one.typed for cell in cells for one in cell.fields)
    hidden = row.show == "occurring" and not held and not touched and not everything
    return GridRow(row.key, row.kind, row.level, tuple(cells), hidden=hidden, label=label)


def _cell(draft: Draft, table: Table, row: ConcreteRow, column: Column, remarks: dict[str, list[Remark]]) -> GridCell:
    name = _heading(table, column)
    match column.kind:
        case "label":
            return GridCell("label", said(row.label), column.key)
        case "code":
            return GridCell("text", row.code or "", column.key, name)
        case "unit":
            return GridCell("text", said(row.source.unit) if row.source and row.source.unit else "", column.key, name)
    found = [
        _field(draft, key, remarks)
        for part in (column.key, column.pair)
        if part and (key := keys.cell(table.id, row.key, part)) in draft.shape.places
    ]
    if found:
        return GridCell("fields", "", column.key, name, tuple(found))
    if row.holds_figures and column.kind in ("measure", "entry", "formula"):
        value = draft.filled.figures.get(table.id, {}).get(row.key, {}).get(column.key)
        text = "" if value is None else format_number(round(value, 3))
        return GridCell(
            "computed", text, column.key, name, (Field(keys.cell(table.id, row.key, column.key), text, ""),)
        )
    return GridCell("blank", "", column.key)


def _heading(table: Table, column: Column) -> str:
    """A column's heading for a page without room for the table: its number, and the last two headings above it."""
    names: list[str] = []
    level = table.columns
    while level:
        holder = next(one for one in level if column in one.leaves)
        names.append(said(holder.label))
        level = holder.children
    name = " – ".join(names[-2:])
    return f"{column.key}. {name}" if column.key.isdecimal() else name


def _field(draft: Draft, key: str, remarks: dict[str, list[Remark]], *, label: str = "") -> Field:
    filled = draft.filled
    held = filled.registers.get(key)
    entry = draft.entries.get(key)
    return Field(
        key=key,
        text=filled.texts.get(key, ""),
        kind=draft.shape.kind_of(key),
        label=label,
        register="" if held is None else numbers.typed(held),
        departs=key in filled.departures,
        bad=key in filled.unreadable,
        typed=entry is not None,
        by=entry.by if entry else "",
        at=entry.at if entry else None,
        remarks=tuple(remark.text for remark in remarks.get(key, ())),
    )


def _open_rows(draft: Draft, table: Table, remarks: dict[str, list[Remark]]) -> list[GridRow]:
    ids = sorted({
        found[1] for key, text in draft.filled.texts.items()
        if text.strip() and (found := keys.split_listed(key)) and found[0] == table.id
    })  # fmt: skip
    spare = [new_ulid() for _number in range(SPARE_ROWS)]
    return [
        *(_open_row(draft, table, one, remarks) for one in ids),
        *(_open_row(draft, table, one, remarks, spare=True) for one in spare),
    ]


def _open_row(
    draft: Draft, table: Table, row: str, remarks: dict[str, list[Remark]], *, spare: bool = False
) -> GridRow:
    given = {column.key for column in table.given_columns}
    cells = tuple(
        GridCell("fields", "", column.key, said(column.label),
                 (_field(draft, keys.listed(table.id, row, column.key), remarks),))
        if column.key in given
        else GridCell("blank", "", column.key)
        for column in table.leaf_columns
    )  # fmt: skip
    return GridRow(row, "data", 1, cells, hidden=False, label="" if not spare else "spare")


def header_fields(draft: Draft, remarks: dict[str, list[Remark]]) -> list[Field]:
    """The lines above the tables: those to write in, and those that only stand there (no key)."""
    found = []
    for line in draft.shape.form.header:
        if line.key in draft.shape.header:
            found.append(_field(draft, keys.header(line.key), remarks, label=said(line.label)))
        else:
            value = draft.filled.header.get(line.key)
            found.append(Field("", "" if value is None else str(value), "text", label=said(line.label)))
    return found


def section_fields(draft: Draft, remarks: dict[str, list[Remark]]) -> list[Field]:
    """The written parts of the form."""
    return [
        _field(draft, keys.section(section.key), remarks, label=said(section.label))
        for section in draft.shape.form.sections
    ]


def said(label: Label | None) -> str:
    """A label in the language of the page; Vietnamese where no English is written."""
    if label is None:
        return ""
    return label.en or label.vi if get_language() == "en" else label.vi
