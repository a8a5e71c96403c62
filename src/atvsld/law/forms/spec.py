"""The parts of a statutory form: header, tables with column trees and row groups, checks, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law.reading import Label

ColumnKind = Literal["label", "code", "unit", "measure", "formula", "note", "entry", "text", "day"]
EntryKind = Literal["number", "pair", "text", "month"]
RowKind = Literal["total", "data", "heading"]
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A line above the tables; `source` names the fact that fills it (`subject.name`, `workforce.total` …).

    The source `entry` is a line the reporter writes.
    """

    key: str
    label: Label
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell computed from cells of the same row.

    `sum` adds `columns`; `ratio` divides the first by the second and multiplies by `times` and by the law parameter
    `per`. `over` names a cell of the form (`table/row/column`) that is the divisor instead.
    """

    kind: Literal["sum", "ratio"]
    columns: tuple[str, ...]
    per: str | None = None
    times: int = 1
    over: str | None = None

    def evaluate(
        self, cells: Mapping[str, Decimal | None], factor: Decimal = Decimal(1), *, whole: Decimal | None = None
    ) -> Decimal | None:
        """The value, or None when a needed cell is blank or the divisor is zero (shown as “không tính được”).

        `whole` is the figure in the cell `over`; it is blank where the caller cannot see the rest of the form.
        """
        values = [cells.get(column) for column in self.columns]
        if self.over:
            values.append(whole)
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        if self.kind == "sum":
            return sum(known, Decimal(0))
        above, below = known
        return above * factor * self.times / below if below else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column or, with `children`, a heading over several. Leaves bear the printed number as their key.

    `scale` divides the stored unit for print (1000: đồng shown in thousands); `decimals` is for print.
    A `measure` is counted from records, an `entry` is a figure the reporter gives, counted from records beforehand
    where its row names a measure; `text` and `day` are written. In rows of pairs the second figure of an entry stands
    under the key `pair`; both print as `a/b`. `where` narrows what the column counts, beside what its row says.
    """

    key: str
    label: Label
    kind: ColumnKind
    measure: str | None = None
    scale: int = 1
    formula: Formula | None = None
    decimals: int = 0
    pair: str | None = None
    where: Filters = field(default_factory=dict)
    children: tuple[Column, ...] = ()

    @property
    def number(self) -> str | None:
        """The number printed under the heading; None for a heading over several columns."""
        return None if self.children else self.key

    @property
    def leaves(self) -> tuple[Column, ...]:
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves)

    @property
    def depth(self) -> int:
        """How many header lines this column takes."""
        return 1 + max((child.depth for child in self.children), default=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed row, or with `each` a row for every code of a list.

    `where` narrows the facts of the row; `formula` adds other rows instead. `show` = `occurring` prints only
    codes that have facts. `unknown` is the row for facts whose code is missing or not in the list.
    `given` tells what its entry column takes; `measure` (and `of` for the second figure of a pair) is what the
    registers hold of it, divided by `scale` and given to `decimals` places. `unit` prints in the unit column.
    `share` makes the row percentages: each figure of row `formula` over that row's figure in column `share`.
    `only` names the kinds of period whose report has the row (all, when empty). `crossed` columns hold no figure and
    print an X. `added` says how a consolidated report adds the row up: the sum, or the most of them.
    """

    key: str
    label: Label | None
    kind: RowKind
    level: int
    code: str | None
    where: Filters
    formula: tuple[str, ...] = ()
    each: str | None = None
    dimension: str | None = None
    show: Literal["all", "occurring"] = "all"
    group_headings: bool = False
    unknown_key: str | None = None
    unknown_label: Label | None = None
    given: EntryKind = "number"
    unit: Label | None = None
    measure: str | None = None
    of: str | None = None
    scale: int = 1
    decimals: int = 0
    share: str | None = None
    only: tuple[PeriodKind, ...] = ()
    crossed: tuple[str, ...] = ()
    added: Literal["sum", "most"] = "sum"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that is written in words: difficulties, proposals, next year's plan."""

    key: str
    label: Label
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the form; `unit` is printed above it when the whole table shares a unit. `numbered` tables print the
    row of column numbers under the header.

    A table with `open_rows` has no rows of its own: the reporter adds as many as there is to tell, each a record of its
    `text`, `day` and `entry` columns. `total` names the last line of such a table, which adds up its figures.
    """

    id: str
    title: Label
    unit: Label | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str
    open_rows: bool = False
    numbered: bool = True
    total: Label | None = None

    @property
    def leaf_columns(self) -> tuple[Column, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves)

    @property
    def value_columns(self) -> tuple[str, ...]:
        """Keys under which figures stand: those of columns, and of the second figure of pairs."""
        held = (leaf for leaf in self.leaf_columns if leaf.kind in ("measure", "formula", "entry"))
        return tuple(key for leaf in held for key in (leaf.key, leaf.pair) if key)

    @property
    def given_columns(self) -> tuple[Column, ...]:
        """The columns a reporter may fill in: figures counted or given, words and days; never formulas."""
        return tuple(leaf for leaf in self.leaf_columns if leaf.kind in ("measure", "entry", "text", "day"))

    @property
    def measure_columns(self) -> tuple[str, ...]:
        """Keys of the columns counted from records."""
        return tuple(leaf.key for leaf in self.leaf_columns if leaf.kind == "measure")

    @property
    def header_depth(self) -> int:
        return max(column.depth for column in self.columns)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule the figures must meet.

    `compare`: in each of `rows`, Σ`left` `op` Σ`right` (within `tolerance`), only where column `when` > 0.
    `sum_rows`: row `total` `op` Σ rows `parts`, in each of `columns` (of the parts: in each of `part_columns`).
    `whole`: every figure of `columns` is present (or blank, when `blank`), whole (when `integers`), not negative and
    has at most `places` decimals.
    `limit`: every figure of `columns` `op` the number `limit`.
    `zero_when`: column `left` of row `total` is 0 ⇒ every figure of `columns` in every row is 0.
    `header`: header field `left` `op` header field `right`.
    Rows are named by key; `1.1.*` means every figure row below 1.1.
    """

    id: str
    kind: Literal["compare", "sum_rows", "whole", "zero_when", "header", "limit"]
    severity: Literal["block", "explain", "warn"]
    message: Label
    table: str | None
    rows: tuple[str, ...]
    left: tuple[str, ...]
    op: Literal["<=", "==", ">="]
    right: tuple[str, ...]
    when: str | None
    total: str | None
    parts: tuple[str, ...]
    columns: tuple[str, ...]
    integers: bool
    tolerance: Decimal
    part_columns: tuple[str, ...] = ()
    blank: bool = False
    places: int | None = None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the capacity, and what is written under it."""

    title: Label
    hint: Label


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A statutory form in the version that holds from `valid_from` to `valid_to` inclusive.

    `recipients` are keys of dated body names in the law book; `letterhead` is the kind of heading. `addressed` forms
    name them under the title. `cosignature` is whoever signs at the left, such as the writer of the report.
    `consolidates` is the code of the form whose reports this one adds up.
    """

    code: str
    annex: str
    valid_from: date
    valid_to: date | None
    title: Label
    short_title: Label
    subjects: tuple[str, ...]
    period_kinds: tuple[PeriodKind, ...]
    citation: Citation
    status: Certainty
    status_note: str
    fact_set: str
    population: Filters
    letterhead: str
    recipients: tuple[str, ...]
    deadline: str | None
    header: tuple[HeaderField, ...]
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    signature: Signature
    footnotes: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    addressed: bool = False
    cosignature: Signature | None = None
    consolidates: str | None = None

    def table(self, table_id: str) -> Table:
        """A table by id; KeyError when there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    @property
    def measures(self) -> frozenset[str]:
        """Everything the form counts from records."""
        named = [column.measure for table in self.tables for column in table.leaf_columns]
        named += [measure for table in self.tables for row in table.rows for measure in (row.measure, row.of)]
        return frozenset(measure for measure in named if measure)

    def leaf_columns(self, table: Table | str) -> tuple[Column, ...]:
        """The numbered columns of a table, left to right."""
        return (self.table(table) if isinstance(table, str) else table).leaf_columns

    def accepts(self, period: Period) -> bool:
        """Whether the form is filed for a period: the year, or the first half (the law asks for no second)."""
        if period.kind not in self.period_kinds:
            return False
        return period.kind is not PeriodKind.HALF or period.index == 1

    def for_period(self, period: Period) -> FormSpec:
        """The form as it stands for a kind of period: rows of other kinds are left out, also of sums."""
        absent = {
            table.id: {row.key for row in table.rows if row.only and period.kind not in row.only}
            for table in self.tables
        }
        if not any(absent.values()):
            return self
        return replace(self, tables=tuple(_without(table, absent[table.id]) for table in self.tables))

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def to_data(self) -> dict[str, Any]:
        """The form as plain JSON data; `read_form` reads it back to an equal form."""
        from atvsld.law.forms.reading import form_data

        return form_data(self)


def _without(table: Table, keys: set[str]) -> Table:
    rows = (row for row in table.rows if row.key not in keys)
    return replace(
        table, rows=tuple(replace(row, formula=tuple(key for key in row.formula if key not in keys)) for row in rows)
    )
