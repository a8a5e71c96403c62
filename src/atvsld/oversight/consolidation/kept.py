"""What an accepted consolidation keeps of its figures, as plain data; and the reports it added up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.law.consolidation import Cell, Scheme
from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.reporting.result import ComputedTable, Report

Figures = dict[Cell, Decimal | None]


def content_of(report: Consolidated, held: Report) -> dict[str, Any]:
    """Everything counted, exactly, with the registers' figures of the same moment beside it."""
    return counted_data(report) | {
        "registers": figures_data(held.tables),
        "coverage": report.coverage.to_json(),
        "left_out": [{"filing": item.filing, "within": item.within, "why": item.why} for item in report.left_out],
    }


def counted_data(report: Consolidated) -> dict[str, Any]:
    """All that was added up from submissions, exactly."""
    return {
        "figures": figures_data(report.tables),
        "apart": {apart.key: exact(value) for apart, value in report.apart},
        "doubtful": report.doubtful,
        "blanks": {"|".join(cell): count for cell, count in sorted(report.blanks.items())},
    }


def digest(report: Consolidated) -> str:
    """SHA-256 of the figures and the coverage: what somebody saw when accepting."""
    told = {"figures": figures_data(report.tables), "coverage": report.coverage.to_json()}
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


@dataclass(frozen=True, slots=True)
class Kept(Extent):
    """The reports an accepted consolidation added up, as they were."""

    consolidated: int = 0

    @classmethod
    def of(cls, accepted: ConsolidatedReport, scheme: Scheme) -> Kept:
        """The reports of one acceptance, added up by the rule it was laid out with."""
        return cls(
            scheme.rule.reports, scheme.source.code, scheme.period, accepted.basis, None, from_registers=False,
            consolidated=accepted.pk,
        )  # fmt: skip

    def counted(self, dimensions: Any) -> str:
        columns = "".join(f", r.{name}" for name in dimensions)
        return (
            "SELECT r.filing_id AS filing, r.submission_id AS submission, r.establishment_id AS establishment,"  # noqa: S608
            f" r.unit{columns} FROM consolidation_countedreport r WHERE r.consolidated_id = {int(self.consolidated)}"
        )


def figures_data(tables: tuple[ComputedTable, ...]) -> dict[str, str | None]:
    """Every figure by `table|row|column`."""
    return {
        f"{table.table.id}|{row.row.key}|{column}": None if value is None else exact(value)
        for table in tables
        for row in table.rows
        for column, value in row.cells.items()
    }


def exact(value: Decimal) -> str:
    """The same text for the same number, whatever zeros it carries."""
    return f"{value.normalize():f}" if value else "0"
