"""The address of any figure a report can give, `ND39-XIV/II/total/8`: found by words, read back, computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodKind
from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.rows import expand_rows
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.composing.models import SavedTable
from atvsld.oversight.composing.spec import form_of as composed_form
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.sources import form_of
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """Form, table, row and column of a figure."""

    form: str
    table: str
    row: str
    column: str

    @classmethod
    def parse(cls, text: str) -> FigureAddress | None:
        """The address in a text, or None when it has not four parts."""
        parts = text.strip().split("/")
        return cls(*parts) if len(parts) == 4 and all(parts) else None

    def __str__(self) -> str:
        return f"{self.form}/{self.table}/{self.row}/{self.column}"


def exists(address: FigureAddress, day: date) -> bool:
    """Whether reports give such a figure in the year of a day, or gave it in the last year before."""
    for year in (day.year, day.year - 1):
        try:
            form = form_of(address.form, Period(year, PeriodKind.YEAR))
        except (UnknownEntry, NotInForce):
            continue
        if any(found == address for found, _words in _figures(form, Period(year, PeriodKind.YEAR))):
            return True
    return False


def search(text: str, day: date, *, most: int = 20) -> list[tuple[str, str]]:
    """Figures whose names hold every word of a text, as (address, name)."""
    words = fold(text).split()
    found: list[tuple[str, str]] = []
    for form, period in _forms(day):
        title = form.title.vi if form.annex == "" else form.code
        for address, name in _figures(form, period):
            said = f"{title} · {name}"
            folded = fold(f"{said} {address} {form.title.vi}")
            if all(word in folded for word in words):
                found.append((str(address), said))
                if len(found) == most:
                    return found
    return found


def values(
    actor: Actor, addresses: list[FigureAddress], period: Period, *, place: str, at: datetime
) -> dict[FigureAddress, Decimal | None]:
    """The figures at addresses for a period and place; each form is computed once. `Rejected` as reports are."""
    reports: dict[str, Report] = {}
    found: dict[FigureAddress, Decimal | None] = {}
    for address in addresses:
        if address.form not in reports:
            reports[address.form] = service.produce(
                actor, Request(form=address.form, period=period.code, place=place), at=at
            )
        found[address] = _value(reports[address.form], address)
    return found


def _value(report: Report, address: FigureAddress) -> Decimal | None:
    try:
        table = report.table(address.table)
    except KeyError as error:
        sentence = _("Biểu %(form)s của kỳ này không có bảng %(table)s.") % {
            "form": address.form, "table": address.table,
        }  # fmt: skip
        raise Rejected([Problem("figure_unknown", sentence, _("Ghép lại chỗ điền đó."))]) from error
    row = next((one for one in table.rows if one.row.key == address.row), None)
    return row.cells.get(address.column) if row else Decimal(0)


def _forms(day: date) -> Iterator[tuple[FormSpec, Period]]:
    period = Period(day.year, PeriodKind.YEAR)
    for form in load_book().forms:
        if form.holds_on(period.end) and form.fact_set != "none":
            yield form, period
    for table in SavedTable.objects.all():
        yield composed_form(table, period), period


def _figures(form: FormSpec, period: Period) -> Iterator[tuple[FigureAddress, str]]:
    lists = load_book().lists_for(form, period)
    for table in form.tables:
        columns = [(key, name) for leaf, name in _paths(table) for key in _keys(leaf)]
        for row in expand_rows(table, lists):
            if row.holds_figures:
                for key, name in columns:
                    yield FigureAddress(form.code, table.id, row.key, key), f"{row.label.vi} · {name}"


def _keys(leaf: Column) -> tuple[str, ...]:
    if leaf.kind in ("measure", "formula"):
        return (leaf.key,)
    return tuple(key for key in (leaf.key, leaf.pair) if key) if leaf.kind == "entry" else ()


def _paths(table: Table) -> Iterator[tuple[Column, str]]:
    """Each leaf column with the headings above it."""

    def walk(columns: tuple[Column, ...], above: tuple[str, ...]) -> Iterator[tuple[Column, str]]:
        for column in columns:
            names = (*above, column.label.vi)
            if column.children:
                yield from walk(column.children, names)
            else:
                yield column, " › ".join(names)

    yield from walk(table.columns, ())
