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
    return tuple(_fill(plan, facts, table) for table in plan.form.tables)


def checks_of(form: FormSpec, tables: Iterable[ComputedTable], filled_header: header.Header) -> tuple[CheckResult, ...]:
    """The cross-footing checks of the form over its figures."""
    return tuple(run_checks(form, _values(tables), header.numbers(filled_header)))


def _fill(plan: Plan, facts: Facts, table: Table) -> ComputedTable:
    columns, factors, rows = table.leaf_columns, plan.factors[table.id], plan.rows[table.id]
    computed: dict[str, Cells] = {}
    for row in rows:
        if row.holds_figures and not row.formula:
            computed[row.key] = _cells(plan.form, facts, row, columns, factors)
    for row in rows:
        if row.formula:
            computed[row.key] = _added(row, columns, computed, factors)
    printed = [row for row in rows if _shown(row, computed.get(row.key))]
    return ComputedTable(table, tuple(ComputedRow(row, computed.get(row.key, {})) for row in printed))


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


def _cells(
    form: FormSpec, facts: Facts, row: ConcreteRow, columns: tuple[Column, ...], factors: Mapping[str, Decimal]
) -> Cells:
    cells: Cells = {}
    for column in columns:
        if column.kind == "measure" and column.measure:
            cells[column.key] = _figure(form, facts, row, column.measure, scale=column.scale)
        elif column.kind == "entry":
            cells |= _given(form, facts, row, column)
    return _with_formulas(cells, columns, factors)


def _figure(form: FormSpec, facts: Facts, row: ConcreteRow, measure: str, *, scale: int) -> Decimal | None:
    groups = facts.of(measure)
    where = reading.conditions(form, row, groups.facts)
    outside = {name: codes for name, codes in row.outside.items() if name in groups.facts.dimensions}
    figure = groups.figure(measure, where, outside)
    return figure if figure is None or scale == 1 else figure / scale


def _given(form: FormSpec, facts: Facts, row: ConcreteRow, column: Column) -> Cells:
    """What the registers hold of a figure the reporter gives; None where no register holds it."""
    source = row.source
    if source is None or source.given not in ("number", "pair"):
        return {}
    keys = [(column.key, source.measure)]
    if source.given == "pair" and column.pair:
        keys.append((column.pair, source.of))
    return {key: _figure(form, facts, row, measure, scale=source.scale) if measure else None for key, measure in keys}


def _added(
    row: ConcreteRow, columns: tuple[Column, ...], computed: Mapping[str, Cells], factors: Mapping[str, Decimal]
) -> Cells:
    cells: Cells = {}
    for column in columns:
        if column.kind in ("measure", "entry"):
            parts = [computed[key].get(column.key) for key in row.formula]
            known = [part for part in parts if part is not None]
            cells[column.key] = sum(known, Decimal(0)) if known else None
    return _with_formulas(cells, columns, factors)


def _with_formulas(cells: Cells, columns: tuple[Column, ...], factors: Mapping[str, Decimal]) -> Cells:
    for column in columns:
        if column.kind == "formula" and column.formula:
            cells[column.key] = column.formula.evaluate(cells, factors.get(column.key, Decimal(1)))
    # Back into the order of the form: formulas may stand before what they are made of.
    keys = (key for column in columns for key in (column.key, column.pair) if key)
    return {key: cells[key] for key in keys if key in cells}


def _shown(row: ConcreteRow, cells: Cells | None) -> bool:
    """Rows of open lists and rows for the unknown appear only when something stands in them."""
    if row.show != "occurring":
        return True
    return cells is not None and any(cells.values())


def _values(tables: Iterable[ComputedTable]) -> dict[str, dict[str, Cells]]:
    return {table.table.id: {row.row.key: row.cells for row in table.rows if row.cells} for table in tables}
