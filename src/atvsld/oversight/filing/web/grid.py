"""The form laid out for entry: heads, rows and cells as the page draws them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from atvsld.kit.ids import new_ulid
from atvsld.kit.text import format_number
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, Table
from atvsld.law.reading import Label
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.models import Remark
from atvsld.oversight.filing.web import rows as drawing
from atvsld.oversight.filing.web.rows import Cell, Field, Row
from atvsld.oversight.reporting.records import linked

# Empty rows offered in an open table where no script adds them.
SPARE_ROWS = 3
# Stands for the key of a row the script will add.
NEW_ROW = "MOI"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One heading of a table: how far it spans, and the id by which cells name it."""

    text: str
    columns: int
    rows: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of the form. Open tables have `blank`, the row a script adds; `absent` rows hold nothing and come when
    chosen: key, label, place in the order of the form.
    """

    id: str
    title: str
    unit: str
    note: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: Sequence[SafeString]
    blank: SafeString | None = None
    absent: Sequence[tuple[str, str, int]] = ()


class Sheet:
    """The tables of one draft, ready to be drawn; `remarks` are those of the submission that was returned."""

    def __init__(self, draft: Draft, remarks: Mapping[str, Sequence[Remark]], *, everything: bool = False) -> None:
        self.draft, self.remarks, self.everything = draft, remarks, everything
        self._departures = frozenset(draft.filled.departures)

    @cached_property
    def grids(self) -> list[Grid]:
        """Every table; rows of long lists that hold nothing only when everything is asked for."""
        return [self._grid(table) for table in self.draft.shape.form.tables]

    def row(self, table_id: str, row_key: str) -> SafeString:
        """One row by its key, whether it holds anything or not; KeyError when the form has none."""
        table = self.draft.shape.form.table(table_id)
        order = [row.key for row in self.draft.shape.plan.rows[table_id]]
        drawn = self._row(table, self.draft.shape.rows[table_id][row_key], order.index(row_key), _headings(table))
        return drawing.draw(drawn, table.id, labelled=_labelled(table))

    def _grid(self, table: Table) -> Grid:
        headings, labelled = _headings(table), _labelled(table)
        blank, absent = None, []
        if table.open_rows:
            made = self._open_rows(table, headings)
            blank = drawing.draw(self._open_row(table, NEW_ROW, 0, headings), table.id, labelled=False)
        else:
            made = []
            for order, row in enumerate(self.draft.shape.plan.rows[table.id]):
                if self._shown(table, row):
                    made.append(self._row(table, row, order, headings))
                else:
                    absent.append((row.key, said(row.label), order))
        return Grid(
            id=table.id,
            title=said(table.title),
            unit=said(table.unit) if table.unit else "",
            note=table.note,
            head=tuple(_head(table)),
            rows=[drawing.draw(row, table.id, labelled=labelled) for row in made],
            blank=blank,
            absent=absent,
        )

    def _shown(self, table: Table, row: ConcreteRow) -> bool:
        if self.everything or row.show != "occurring" or row.key in self.draft.filled.figures.get(table.id, {}):
            return True
        start = f"{table.id}/{row.key}/"
        return any(key.startswith(start) for key in self.draft.entries)

    def _row(self, table: Table, row: ConcreteRow, order: int, headings: Mapping[str, str]) -> Row:
        cells = tuple(self._cell(table, row, column, headings[column.key]) for column in table.leaf_columns)
        return Row(row.key, row.kind, row.level, order, cells)

    def _cell(self, table: Table, row: ConcreteRow, column: Column, head: str) -> Cell:
        match column.kind:
            case "label":
                return Cell("label", said(row.label), column.key)
            case "code":
                return Cell("text", row.code or "", column.key, head)
            case "unit":
                return Cell("text", said(row.source.unit) if row.source else "", column.key, head)
        key = keys.cell(table.id, row.key, column.key)
        if key in self.draft.shape.places:
            second = keys.cell(table.id, row.key, column.pair) if column.pair else ""
            places = [one for one in (key, second) if one in self.draft.shape.places]
            return Cell("fields", "", column.key, head, tuple(map(self.field, places)), counted=linked(column))
        if row.holds_figures and column.kind in ("measure", "entry", "formula"):
            value = self.draft.filled.figures.get(table.id, {}).get(row.key, {}).get(column.key)
            text = "" if value is None else format_number(round(value, numbers.MOST_DECIMALS))
            return Cell("computed", text, column.key, head, (Field(key, text, ""),))
        return Cell("blank")

    def _open_rows(self, table: Table, headings: Mapping[str, str]) -> list[Row]:
        held = {
            found[1] for key, text in self.draft.filled.texts.items()
            if text.strip() and (found := keys.split_listed(key)) and found[0] == table.id
        }  # fmt: skip
        names = [*sorted(held), *sorted(new_ulid() for _number in range(SPARE_ROWS))]
        return [self._open_row(table, name, order, headings) for order, name in enumerate(names)]

    def _open_row(self, table: Table, name: str, order: int, headings: Mapping[str, str]) -> Row:
        given = {column.key for column in table.given_columns}
        cells = tuple(
            Cell("fields", "", column.key, headings[column.key],
                 (self.field(keys.listed(table.id, name, column.key)),))
            if column.key in given
            else Cell("blank")
            for column in table.leaf_columns
        )  # fmt: skip
        return Row(name, "data", 1, order, cells)

    def field(self, key: str, *, label: str = "") -> Field:
        """One place to write in, with everything to be said of it."""
        filled = self.draft.filled
        held = filled.registers.get(key)
        return Field(
            key=key,
            text=filled.texts.get(key, ""),
            kind=self.draft.shape.kind_of(key),
            label=label,
            register="" if held is None else numbers.typed(held),
            departs=key in self._departures,
            bad=key in filled.unreadable,
            remarks=tuple(remark.text for remark in self.remarks.get(key, ())),
        )

    @property
    def header(self) -> list[Field]:
        """The lines above the tables: those to write in, and those that only stand there (no key)."""
        found = []
        for line in self.draft.shape.form.header:
            if line.key in self.draft.shape.header:
                found.append(self.field(keys.header(line.key), label=said(line.label)))
            else:
                value = self.draft.filled.header.get(line.key)
                found.append(Field("", "" if value is None else str(value), "text", label=said(line.label)))
        return found

    @property
    def sections(self) -> list[Field]:
        """The written parts of the form."""
        return [
            self.field(keys.section(section.key), label=said(section.label))
            for section in self.draft.shape.form.sections
        ]


def _labelled(table: Table) -> bool:
    return not table.open_rows and any(leaf.kind == "label" for leaf in table.leaf_columns)


def _head(table: Table) -> Iterator[tuple[HeadCell, ...]]:
    """The heading lines of a table, from the top; the last one numbers the columns."""
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


def _headings(table: Table) -> dict[str, str]:
    """Column headings for a page without room for the table: the number, and the last two headings."""
    found: dict[str, str] = {}

    def walk(columns: Sequence[Column], above: str) -> None:
        for column in columns:
            name = said(column.label)
            if column.children:
                walk(column.children, name)
                continue
            full = f"{above} – {name}" if above else name
            found[column.key] = f"{column.key}. {full}" if column.key.isdecimal() else full

    walk(table.columns, "")
    return found


def said(label: Label | None) -> str:
    """A label in the language of the page; Vietnamese where no English is written."""
    if label is None:
        return ""
    return label.en or label.vi if get_language() == "en" else label.vi
