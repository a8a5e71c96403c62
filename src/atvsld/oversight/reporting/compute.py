"""From a form spec, a period and a subject to figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law.book import LawBook
from atvsld.law.forms.arithmetic import settle
from atvsld.law.forms.checks import CheckResult, run_checks
from atvsld.law.forms.rows import ConcreteRow, expand_rows
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.reporting import coverage, header, reading
from atvsld.oversight.reporting.catalogue import counted_codes
from atvsld.oversight.reporting.reading import Facts, Plan
from atvsld.oversight.reporting.result import Cells, ComputedRow, ComputedTable, Report
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.reporting.subject import Basis, Subject
from atvsld.platform.acts import clock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def compute(
    book: LawBook,
    *,
    form: FormSpec,
    period: Period,
    subject: Subject,
    basis: str = Basis.PLACE,
    as_of: datetime,
) -> Report:
    """Fill a form from the records as they stand now.

    All statements read one snapshot, so figures of one report agree although others write meanwhile.
    """
    plan = plan_of(book, form, period)
    with transaction.atomic():
        if not connection.savepoint_ids:  # not inside somebody else's transaction
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                # The planner cannot know how few groups an expression makes; sorting the records is never right here.
                cursor.execute("SET LOCAL enable_sort = off")
        facts = reading.read(plan, slice_of(period, subject, basis))
    tables = figures(plan, facts)
    filled_header = header.fill(form, period, subject, facts.establishments, day=clock.local_day(as_of))
    return Report(
        form=form,
        period=period,
        subject=subject,
        basis=basis,
        as_of=as_of,
        law_version=book.version,
        header=filled_header,
        tables=tables,
        coverage=coverage.measure(form, facts),
        checks=checks_of(form, tables, filled_header),
        synthetic=settings.DEMO,
    )


def slice_of(period: Period, subject: Subject, basis: str) -> Slice:
    """The facts of a subject in a period; days are days of Viet Nam."""
    return Slice(
        start=datetime.combine(period.start, time.min, ZONE),
        end=datetime.combine(period.end + timedelta(days=1), time.min, ZONE),
        year=period.year,
        basis=basis,
        place_ids=subject.place_ids if subject.establishment is None else None,
        register_ids=subject.register_ids if subject.establishment is None else None,
        establishment_id=subject.establishment.pk if subject.establishment else None,
    )


def plan_of(book: LawBook, form: FormSpec, period: Period) -> Plan:
    """All that the law says about a form filled for a period, by the law of its last day."""
    lists = book.lists_for(form, period)
    return Plan(
        form=form,
        rows={table.id: expand_rows(table, lists) for table in form.tables},
        codes=counted_codes(lists),
        factors={table.id: _factors(book, table.leaf_columns, period.end) for table in form.tables},
    )


def figures(plan: Plan, facts: Facts) -> tuple[ComputedTable, ...]:
    """Every table of the form from the facts read for it. Nothing but plan and facts enters the figures."""
    counted = {
        table.id: {
            row.key: _cells(plan.form, facts, row, table)
            for row in plan.rows[table.id]
            if row.holds_figures and not row.formula
        }
        for table in plan.form.tables
    }
    settled = settle(plan.form, plan.rows, counted, plan.factors)
    return tuple(_printed(table, plan.rows[table.id], settled[table.id]) for table in plan.form.tables)


def checks_of(form: FormSpec, tables: Iterable[ComputedTable], filled_header: header.Header) -> tuple[CheckResult, ...]:
    """The cross-footing checks of the form over its figures."""
    return tuple(run_checks(form, _values(tables), header.numbers(filled_header)))


def _printed(table: Table, rows: Iterable[ConcreteRow], cells: Mapping[str, Cells]) -> ComputedTable:
    shown = (row for row in rows if _shown(row, cells.get(row.key)))
    return ComputedTable(table, tuple(ComputedRow(row, cells.get(row.key, {})) for row in shown))


def _factors(book: LawBook, columns: Iterable[Column], law_day: date) -> dict[str, Decimal]:
    """The rate factors of formula columns, from the law of a day."""
    law = book.as_of(law_day)
    found: dict[str, Decimal] = {}
    for column in columns:
        if column.formula and column.formula.per:
            try:
                found[column.key] = law.number(column.formula.per)
            except NotInForce:
                continue
    return found


def _cells(form: FormSpec, facts: Facts, row: ConcreteRow, table: Table) -> Cells:
    cells: Cells = {}
    for column in table.leaf_columns:
        if column.kind == "measure" and column.measure:
            figure = _figure(form, facts, row, column, column.measure)
            cells[column.key] = figure if figure is None or column.scale == 1 else figure / column.scale
        elif column.kind == "entry":
            cells |= _given(form, facts, row, column)
    return cells


def _figure(form: FormSpec, facts: Facts, row: ConcreteRow, column: Column, measure: str) -> Decimal | None:
    groups = facts.of(measure)
    where = reading.conditions(form, row, groups.facts, column)
    outside = {name: codes for name, codes in row.outside.items() if name in groups.facts.dimensions}
    return groups.figure(measure, where, outside)


def _given(form: FormSpec, facts: Facts, row: ConcreteRow, column: Column) -> Cells:
    """What the registers hold of a figure the reporter gives, in its printed unit; None where no register holds it."""
    source = row.source
    if source is None or source.given not in ("number", "pair") or column.key in source.crossed:
        return {}
    keys = [(column.key, source.measure)]
    if source.given == "pair" and column.pair:
        keys.append((column.pair, source.of))
    cells: Cells = {}
    for key, measure in keys:
        figure = _figure(form, facts, row, column, measure) if measure else None
        scaled = figure if figure is None or source.scale == 1 else round(figure / source.scale, source.decimals)
        cells[key] = scaled
    return cells


def _shown(row: ConcreteRow, cells: Cells | None) -> bool:
    """Rows of open lists and rows for the unknown appear only when something stands in them."""
    if row.show != "occurring":
        return True
    return cells is not None and any(cells.values())


def _values(tables: Iterable[ComputedTable]) -> dict[str, dict[str, Cells]]:
    return {table.table.id: {row.row.key: row.cells for row in table.rows if row.cells} for table in tables}
