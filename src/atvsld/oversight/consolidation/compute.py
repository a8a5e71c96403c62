"""From the submissions of a period to a higher form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction

from atvsld.law import load_book
from atvsld.law.consolidation import Apart, Cell, Origin, Portion, Scheme
from atvsld.law.forms.arithmetic import settle
from atvsld.law.forms.checks import CheckResult, run_checks
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.consolidation import extent as extents
from atvsld.oversight.consolidation import owing
from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.consolidation.statement import Sums, read
from atvsld.oversight.reporting import header
from atvsld.oversight.reporting.catalogue import counted_codes, recodes
from atvsld.oversight.reporting.compute import plan_of
from atvsld.oversight.reporting.groups import Groups
from atvsld.oversight.reporting.reading import Plan
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.acts import clock
from atvsld.registers.establishments.facts import FACTS as ESTABLISHMENTS

Cells = dict[str, Decimal | None]


def consolidate(scheme: Scheme, subject: Subject, basis: str, *, as_of: datetime) -> Consolidated:
    """Add up what was handed in for the subject. All of it is read in one moment of the database."""
    with transaction.atomic():
        if not connection.savepoint_ids:  # not inside somebody else's transaction
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        extent = extents.of(scheme, subject, basis)
        sums, covered = add_up(scheme, extent, as_of=as_of)
    return filled(scheme, subject, extent, sums, covered, as_of=as_of)


def add_up(scheme: Scheme, extent: Extent, *, as_of: datetime) -> tuple[Sums, owing.Coverage]:
    """The sums of one extent, by kind of reporter as the code lists of the higher form have it, and their coverage."""
    today = clock.local_day(as_of)
    coded = recodes(counted_codes(load_book().lists_for(scheme.target, scheme.period)))
    sums = read(scheme, extent, coded, obliged=owing.obliged(extent, today))
    return sums, owing.coverage(extent, of_bodies=scheme.rule.reporter == "body", today=today)


def filled(
    scheme: Scheme, subject: Subject, extent: Extent, sums: Sums, covered: owing.Coverage, *, as_of: datetime
) -> Consolidated:
    """The higher form from sums. Nothing is asked of the database but what the header names."""
    book = load_book()
    plan = plan_of(book, scheme.target, scheme.period)
    tables, blanks = figures(scheme, plan, sums)
    head = header.fill(scheme.target, scheme.period, subject, _nobody(), day=clock.local_day(as_of))
    return Consolidated(
        scheme=scheme, subject=subject, basis=extent.basis, as_of=as_of, law_version=book.version, header=head,
        tables=tables, blanks=blanks, apart=told_apart(scheme, sums), doubtful=doubtful(scheme, sums), coverage=covered,
        left_out=extent.left_out, checks=checked(scheme.target, tables, head),
        synthetic=settings.DEMO,
    )  # fmt: skip


def figures(
    scheme: Scheme, plan: Plan, sums: Sums, heads: Mapping[Cell, Decimal | None] | None = None
) -> tuple[tuple[ComputedTable, ...], dict[Cell, int]]:
    """Every table of the higher form, and where reports left something blank.

    `heads`: what the registers said of the reporters at another moment, instead of the sums.
    """
    values: dict[str, dict[str, Cells]] = {table.id: {} for table in scheme.target.tables}
    blanks: dict[Cell, int] = {}
    for cell, origin in scheme.origins.items():
        figure, blank = sums.figure(origin)
        values[cell.table].setdefault(cell.row, {})[cell.column] = figure
        if blank:
            blanks[cell] = blank
    for cell, head in scheme.heads.items():
        value = sums.head(head) if heads is None else heads.get(cell)
        values[cell.table].setdefault(cell.row, {})[cell.column] = value
    for table in scheme.target.tables:
        for row in plan.rows.get(table.id, ()):
            if row.holds_figures and not row.formula:
                values[table.id].setdefault(row.key, {})
    settled = settle(scheme.target, plan.rows, values, plan.factors)
    return printed(plan, settled), blanks


def printed(plan: Plan, values: Mapping[str, Mapping[str, Cells]]) -> tuple[ComputedTable, ...]:
    """The tables of a form with the rows that stand on paper, from figures by table, row and column."""
    return tuple(
        ComputedTable(
            table,
            tuple(
                ComputedRow(row, values[table.id].get(row.key, {}))
                for row in plan.rows.get(table.id, ())
                if _shown(row, values[table.id].get(row.key, {}))
            ),
        )
        for table in plan.form.tables
    )


def checked(
    form: FormSpec, tables: tuple[ComputedTable, ...], head: Mapping[str, str | Decimal | None]
) -> tuple[CheckResult, ...]:
    """The cross-footing checks of the form over figures."""
    values = {table.table.id: {row.row.key: row.cells for row in table.rows if row.cells} for table in tables}
    return tuple(run_checks(form, values, header.numbers(head)))


def told_apart(scheme: Scheme, sums: Sums) -> tuple[tuple[Apart, Decimal], ...]:
    """The figures that no cell of the form takes in."""
    return tuple(
        (item, sums.figure(Origin(item.table, item.row, item.portion, {}))[0] or Decimal(0))
        for item in scheme.rule.apart
    )


def _shown(row: ConcreteRow, cells: Mapping[str, Decimal | None]) -> bool:
    """Rows of open lists, and those for the unknown, stand only where there is something."""
    return row.show != "occurring" or any(cells.values())


def doubtful(scheme: Scheme, sums: Sums) -> int:
    """Accidents that host and employer of an outsider may both have reported: no more than there are outsiders."""
    if scheme.rule.doubt is None:
        return 0
    cases, outsiders = scheme.rule.doubt
    found = [
        sums.figure(Origin(cell.table, cell.row, Portion((cell.column,)), {}))[0] or Decimal(0)
        for cell in (cases, outsiders)
    ]
    return int(min(found))


def _nobody() -> Groups:
    """No workforce: the header of a body's report states none."""
    return Groups(ESTABLISHMENTS, ("establishments_reporting", "workers", "workers_female", "payroll"), {(): {}}, {})
