"""A form laid out for one period: its rows, and every place in it that a reporter may fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import Column, FormSpec, HeaderField, Table
from atvsld.oversight.filing import keys
from atvsld.oversight.reporting.compute import plan_of
from atvsld.oversight.reporting.reading import Plan

Kind = Literal["number", "text", "day", "month"]
# Header lines about the workforce: the registers state them, the reporter may know better.
_OWN_HEADER = ("entry", "workforce.")

# Measures of what stands there all year: an employer always has workers, nobody reports none of them.
_STANDING = ("workers", "osh_", "medical_staff", "strict_", "establishments")


@dataclass(frozen=True, slots=True)
class Place:
    """One place for a figure or a word: where it stands, and what it takes. `counted`: the registers may hold it."""

    key: str
    kind: Kind
    table: str
    row: str
    column: str
    counted: bool = False


@dataclass(frozen=True)
class Shape:
    """A form in the version of a period, unfolded over the code lists of that period."""

    form: FormSpec
    period: Period
    plan: Plan = field(repr=False)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place of the fixed rows by key, in print order. Places of open tables are named by their rows."""
        found: dict[str, Place] = {}
        for table in self.form.tables:
            for row in self.plan.rows[table.id]:
                if row.holds_figures and not row.formula:
                    found |= {place.key: place for place in _places(table, row)}
        return found

    @cached_property
    def numbers(self) -> tuple[Place, ...]:
        """The places for figures."""
        return tuple(place for place in self.places.values() if place.kind == "number")

    @cached_property
    def header(self) -> dict[str, HeaderField]:
        """The lines above the tables that the reporter may write."""
        return {line.key: line for line in self.form.header if line.source.startswith(_OWN_HEADER)}

    @cached_property
    def open_tables(self) -> dict[str, Table]:
        return {table.id: table for table in self.form.tables if table.open_rows}

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, ConcreteRow]]:
        """Concrete rows by table and key."""
        return {table: {row.key: row for row in rows} for table, rows in self.plan.rows.items()}

    @property
    def nil_allowed(self) -> bool:
        """Whether “nothing occurred” is an answer: to forms of what happens, not to those that state what there is."""
        measures = {leaf.measure for table in self.form.tables for leaf in table.leaf_columns}
        measures |= {name for table in self.form.tables for row in table.rows for name in (row.measure, row.of)}
        return bool(self.numbers) and not any(name.startswith(_STANDING) for name in measures if name)

    def knows(self, key: str) -> bool:
        """Whether a key names a place of this form."""
        if key in self.places or (key == keys.NIL and self.nil_allowed):
            return True
        if found := keys.split_listed(key):
            table = self.open_tables.get(found[0])
            return table is not None and any(column.key == found[2] for column in table.given_columns)
        kind, _mark, name = key.partition(":")
        match kind:
            case "section":
                return any(section.key == name for section in self.form.sections)
            case "header":
                return name in self.header
            case "explain":
                return key == keys.NIL_REASON or any(check.id == name for check in self.form.checks)
        return False

    def kind_of(self, key: str) -> Kind:
        """What a place takes; whatever is no figure takes words."""
        if key in self.places:
            return self.places[key].kind
        if found := keys.split_listed(key):
            column = next(column for column in self.open_tables[found[0]].given_columns if column.key == found[2])
            return "number" if column.kind == "entry" else "day" if column.kind == "day" else "text"
        if key.startswith("header:") and self.header[key.removeprefix("header:")].source.startswith("workforce."):
            return "number"
        return "text"


def _places(table: Table, row: ConcreteRow) -> list[Place]:
    found: list[Place] = []
    for column in table.leaf_columns:
        key = keys.cell(table.id, row.key, column.key)
        if column.kind == "measure":
            found.append(Place(key, "number", table.id, row.key, column.key, counted=True))
        elif column.kind == "entry":
            found += _entries(table, row, column)
        elif column.kind in ("text", "day"):
            found.append(Place(key, "day" if column.kind == "day" else "text", table.id, row.key, column.key))
    return found


def _entries(table: Table, row: ConcreteRow, column: Column) -> list[Place]:
    source = row.source
    key = keys.cell(table.id, row.key, column.key)
    if source and column.key in source.crossed:
        return []
    given = source.given if source else "number"
    if given in ("text", "month"):
        return [Place(key, "month" if given == "month" else "text", table.id, row.key, column.key)]
    found = [Place(key, "number", table.id, row.key, column.key, counted=bool(source and source.measure))]
    if given == "pair" and column.pair:
        second = keys.cell(table.id, row.key, column.pair)
        found.append(Place(second, "number", table.id, row.key, column.pair, counted=bool(source and source.of)))
    return found


def shape_of(form: str, valid_from: date, period: str) -> Shape:
    """The shape of a form in one version for a period; `UnknownEntry` when the law book no longer has it."""
    return _shape(form, valid_from, period, load_book().version)


@lru_cache(maxsize=64)
def _shape(code: str, valid_from: date, period_code: str, law_version: str) -> Shape:  # noqa: ARG001 - part of the key
    book, period = load_book(), Period.parse(period_code)
    held = [form for form in book.forms if form.code == code and form.valid_from == valid_from]
    if not held:
        raise UnknownEntry(f"Bộ pháp luật không có biểu mẫu “{code}” bản từ {valid_from:%d/%m/%Y}.")
    form = held[0].for_period(period)
    return Shape(form, period, plan_of(book, form, period))


Figures = dict[str, dict[str, dict[str, Decimal | None]]]
