"""What an accepted consolidation keeps, as plain data; and the same sums made again from the submissions it names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.consolidation import Cell, Scheme
from atvsld.law.consolidation_reading import load_consolidations
from atvsld.oversight.consolidation.compute import figures
from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.consolidation.statement import read
from atvsld.oversight.reporting.catalogue import counted_codes, recodes
from atvsld.oversight.reporting.compute import plan_of
from atvsld.oversight.reporting.result import ComputedTable, Report

Figures = dict[Cell, Decimal | None]


def content_of(report: Consolidated, held: Report) -> dict[str, Any]:
    """Everything counted, exactly, with the registers' figures of the same moment beside it."""
    return {
        "figures": _data(report.tables),
        "registers": _data(held.tables),
        "coverage": report.coverage.to_json(),
        "apart": {apart.key: str(value) for apart, value in report.apart},
        "doubtful": report.doubtful,
        "blanks": {"/".join(cell): count for cell, count in sorted(report.blanks.items())},
        "left_out": [{"filing": item.filing, "within": item.within, "why": item.why} for item in report.left_out],
    }


def digest(report: Consolidated) -> str:
    """SHA-256 of the figures and the coverage: what somebody saw when accepting."""
    told = {"figures": _data(report.tables), "coverage": report.coverage.to_json()}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def figures_in(accepted: ConsolidatedReport, side: str = "figures") -> Figures:
    """The figures kept, of the submissions or (`registers`) of the registers."""
    return {
        Cell(*key.split("|")): None if value is None else Decimal(value)
        for key, value in accepted.content[side].items()
    }


def figures_of(report: Consolidated) -> Figures:
    """Every figure of a consolidation by cell."""
    return {
        Cell(table.table.id, row.row.key, column): value
        for table in report.tables
        for row in table.rows
        for column, value in row.cells.items()
    }


def verify(accepted: ConsolidatedReport) -> list[Cell]:
    """Add the submissions up once more; the cells whose figure is not the one kept. None: all are equal."""
    scheme = scheme_of(accepted)
    extent = Kept(
        scheme.rule.reports, scheme.source.code, scheme.period, accepted.basis, None, consolidated=accepted.pk
    )
    book = load_book()
    coded = recodes(counted_codes(book.lists_for(scheme.target, scheme.period)))
    sums = read(scheme, extent, coded, obliged=("SELECT NULL::bigint WHERE false", {}))
    tables, _blanks = figures(scheme, plan_of(book, scheme.target, scheme.period), sums)
    kept = figures_in(accepted)
    again = {
        Cell(table.table.id, row.row.key, column): value
        for table in tables
        for row in table.rows
        for column, value in row.cells.items()
    }
    return [cell for cell in scheme.origins if (kept.get(cell) or 0) != (again.get(cell) or 0)]


def scheme_of(accepted: ConsolidatedReport) -> Scheme:
    """The rule laid out as it was for the report."""
    return load_consolidations().scheme(accepted.form, Period.parse(accepted.period))


@dataclass(frozen=True, slots=True)
class Kept(Extent):
    """The reports an accepted consolidation added up, as they were."""

    consolidated: int = 0

    def counted(self, dimensions: Any) -> str:
        columns = "".join(f", r.{name}" for name in dimensions)
        return (
            "SELECT r.filing_id AS filing, r.submission_id AS submission, r.establishment_id AS establishment,"  # noqa: S608
            f" r.unit{columns} FROM consolidation_countedreport r WHERE r.consolidated_id = {int(self.consolidated)}"
        )


def _data(tables: tuple[ComputedTable, ...]) -> dict[str, str | None]:
    return {
        f"{table.table.id}|{row.row.key}|{column}": None if value is None else _exact(value)
        for table in tables
        for row in table.rows
        for column, value in row.cells.items()
    }


def _exact(value: Decimal) -> str:
    """The same text for the same number, whatever zeros it carries."""
    return f"{value.normalize():f}" if value else "0"
