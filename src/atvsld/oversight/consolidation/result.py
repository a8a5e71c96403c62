"""A consolidated report: figures from submissions, with what is needed to judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from atvsld.kit.periods import Period
from atvsld.law.consolidation import Apart, Cell, Scheme
from atvsld.law.forms.checks import CheckResult
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.consolidation.extent import LeftOut
from atvsld.oversight.consolidation.owing import Coverage
from atvsld.oversight.reporting.face import Face
from atvsld.oversight.reporting.result import ComputedTable, json_number
from atvsld.oversight.reporting.subject import Subject


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A higher form filled from the reports of those below.

    `blanks` counts for a cell the reports that left something of it blank. `apart` are figures that stand in no cell;
    `doubtful` the accidents that two employers may both have counted, at most. Cells without a rule are blank.
    """

    scheme: Scheme
    subject: Subject
    basis: str
    as_of: datetime
    law_version: str
    header: Mapping[str, str | Decimal | None]
    tables: tuple[ComputedTable, ...]
    blanks: Mapping[Cell, int]
    apart: tuple[tuple[Apart, Decimal], ...]
    doubtful: int
    coverage: Coverage
    left_out: tuple[LeftOut, ...]
    checks: tuple[CheckResult, ...]
    synthetic: bool = False
    # Fixed when the report was accepted; otherwise as the registers have it when the paper is made.
    face: Face | None = None

    @property
    def form(self) -> FormSpec:
        return self.scheme.target

    @property
    def period(self) -> Period:
        return self.scheme.period

    @property
    def faults(self) -> tuple[CheckResult, ...]:
        return tuple(check for check in self.checks if not check.ok)

    def figure(self, cell: Cell) -> Decimal | None:
        """The figure of a cell; None when it is blank or the form prints no such row."""
        for table in self.tables:
            if table.table.id == cell.table:
                for row in table.rows:
                    if row.row.key == cell.row:
                        return row.cells.get(cell.column)
        return None

    def to_json(self) -> dict[str, Any]:
        """The report as plain data: the same figures as on page and paper."""
        rule = self.scheme.rule
        return {
            "form": self.form.code,
            "form_valid_from": self.form.valid_from.isoformat(),
            "form_status": self.form.status.value,
            "consolidated_from": {
                "form": rule.source, "form_valid_from": self.scheme.source.valid_from.isoformat(),
                "reports": list(rule.reports), "status": rule.status.value, "citation": str(rule.citation),
                "note": rule.note,
            },
            "law_version": self.law_version,
            "period": self.period.code,
            "subject": self.subject.to_json(),
            "basis": self.basis,
            "as_of": self.as_of.isoformat(timespec="seconds"),
            "synthetic": self.synthetic,
            "header": {
                key: json_number(value) if isinstance(value, Decimal) else value for key, value in self.header.items()
            },
            "coverage": self.coverage.to_json(),
            "apart": {apart.key: json_number(value) for apart, value in self.apart},
            "doubtful_accidents": self.doubtful,
            "blanks": {"/".join(cell): count for cell, count in sorted(self.blanks.items())},
            "tables": [table.to_json() for table in self.tables],
            "checks": [check.to_json() for check in self.checks],
        }  # fmt: skip
