"""From a form spec, a period and a subject to figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law.book import LawBook
from atvsld.law.codes import CodeList
from atvsld.law.forms.checks import run_checks
from atvsld.law.forms.rows import ConcreteRow, expand_rows
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.reporting import coverage, header
from atvsld.oversight.reporting.catalogue import FACT_SETS, fact_set_of, recodes
from atvsld.oversight.reporting.groups import Groups, Recode
from atvsld.oversight.reporting.result import Cells, ComputedRow, ComputedTable, Report
from atvsld.oversight.reporting.statement import Slice, build
from atvsld.oversight.reporting.subject import Basis, Subject
from atvsld.platform.acts import clock
from atvsld.platform.facts import FactSet

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
    lists = book.lists_for(form, period)
    piece = slice_of(period, subject, basis)
    recoding = recodes(lists)
    with transaction.atomic():
        if not connection.savepoint_ids:  # not inside somebody else's transaction
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        filling = Filling(book, form, lists, piece, recoding)
        tables = tuple(fill(filling, table) for table in form.tables)
        filled_header = header.fill(form, period, subject, piece, day=clock.local_day(as_of))
        covered = coverage.measure(form, piece)
    return Report(
        form=form,
        period=period,
        subject=subject,
        basis=basis,
        as_of=as_of,
        law_version=book.version,
        header=filled_header,
        tables=tables,
        coverage=covered,
        checks=tuple(run_checks(form, _values(tables), header.numbers(filled_header))),
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


@dataclass(frozen=True, slots=True)
class Filling:
    """What every table of one report shares."""

    book: LawBook
    form: FormSpec
    lists: Mapping[str, CodeList]
    piece: Slice
    recoding: Mapping[str, Recode]


def fill(filling: Filling, table: Table) -> ComputedTable:
    """One table: one statement for each fact set its columns draw on."""
    rows = expand_rows(table, filling.lists)
    columns = table.leaf_columns
    held: dict[str, Groups] = {}
    for facts, measures in _measures(filling.form, columns).items():
        held |= dict.fromkeys(measures, _query(filling, FACT_SETS[facts], rows, measures))
    factors = _factors(filling, columns)
    computed: dict[str, Cells] = {}
    for row in rows:
        if row.holds_figures and not row.formula:
            computed[row.key] = _cells(row, columns, held, factors)
    for row in rows:
        if row.formula:
            computed[row.key] = _added(row, columns, computed, factors)
    printed = [row for row in rows if _shown(row, computed.get(row.key))]
    return ComputedTable(table, tuple(ComputedRow(row, computed.get(row.key, {})) for row in printed))


def _measures(form: FormSpec, columns: Iterable[Column]) -> dict[str, tuple[str, ...]]:
    """Measures of the columns by fact set. `victims` rides along so that unknown sums are told from none."""
    found: dict[str, dict[str, None]] = {}
    for column in columns:
        if column.measure:
            found.setdefault(fact_set_of(column.measure, form.fact_set).name, {})[column.measure] = None
    for name, measures in found.items():
        counting = "victims" if "victims" in FACT_SETS[name].measures else "establishments"
        measures[counting] = None
    return {name: tuple(measures) for name, measures in found.items()}


def _query(filling: Filling, facts: FactSet, rows: Iterable[ConcreteRow], measures: tuple[str, ...]) -> Groups:
    known = facts.dimensions
    asked = [row for row in rows if row.holds_figures and not row.formula]
    groups = [[name for name in (*row.where, *row.outside) if name in known] for row in asked]
    where = {name: tuple(codes) for name, codes in filling.form.population.items() if name in known}
    # What every row asks for alike is asked of the database once.
    for name in known:
        wanted = [row.where.get(name) for row in asked]
        if name not in where and name not in filling.recoding and wanted and all(wanted):
            where[name] = tuple({code for codes in wanted if codes for code in codes})
    statement = build(facts, replace(filling.piece, where=where), groups, measures)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return Groups.read(facts, statement, cursor.fetchall(), filling.recoding)


def _factors(filling: Filling, columns: Iterable[Column]) -> dict[str, Decimal]:
    """The rate factors of formula columns, from the law on the last day of the period."""
    law = filling.book.as_of((filling.piece.end - timedelta(days=1)).date())
    found: dict[str, Decimal] = {}
    for column in columns:
        if column.formula and column.formula.per:
            try:
                found[column.key] = law.number(column.formula.per)
            except NotInForce:
                continue
    return found


def _cells(
    row: ConcreteRow, columns: tuple[Column, ...], held: Mapping[str, Groups], factors: Mapping[str, Decimal]
) -> Cells:
    cells: Cells = {}
    for column in columns:
        if column.kind == "measure" and column.measure:
            groups = held[column.measure]
            known = groups.facts.dimensions
            where = {name: codes for name, codes in row.where.items() if name in known}
            outside = {name: codes for name, codes in row.outside.items() if name in known}
            figure = groups.figure(column.measure, where, outside)
            cells[column.key] = figure if figure is None or column.scale == 1 else figure / column.scale
    return _with_formulas(cells, columns, factors)


def _added(
    row: ConcreteRow, columns: tuple[Column, ...], computed: Mapping[str, Cells], factors: Mapping[str, Decimal]
) -> Cells:
    cells: Cells = {}
    for column in columns:
        if column.kind == "measure":
            parts = [computed[key][column.key] for key in row.formula]
            known = [part for part in parts if part is not None]
            cells[column.key] = sum(known, Decimal(0)) if known else None
    return _with_formulas(cells, columns, factors)


def _with_formulas(cells: Cells, columns: tuple[Column, ...], factors: Mapping[str, Decimal]) -> Cells:
    for column in columns:
        if column.kind == "formula" and column.formula:
            cells[column.key] = column.formula.evaluate(cells, factors.get(column.key, Decimal(1)))
    # Back into the order of the form: formulas may stand before what they are made of.
    return {column.key: cells[column.key] for column in columns if column.key in cells}


def _shown(row: ConcreteRow, cells: Cells | None) -> bool:
    """Rows of open lists and rows for the unknown appear only when something stands in them."""
    if row.show != "occurring":
        return True
    return cells is not None and any(cells.values())


def _values(tables: Iterable[ComputedTable]) -> dict[str, dict[str, Cells]]:
    return {table.table.id: {row.row.key: row.cells for row in table.rows if row.cells} for table in tables}
