"""A computed report: figures by table, row and column, with everything needed to judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from atvsld.kit.periods import Period
from atvsld.law.forms.checks import CheckResult
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import FormSpec, Table
from atvsld.oversight.reporting.face import Face
from atvsld.oversight.reporting.subject import Subject

Cells = dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class ComputedRow:
    """A printed row with its figures by column key; a heading has none."""

    row: ConcreteRow
    cells: Cells

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.row.key,
            "label": self.row.label.vi,
            "values": {column: json_number(value) for column, value in self.cells.items()},
        }


@dataclass(frozen=True, slots=True)
class ComputedTable:
    """One table of the form, filled."""

    table: Table
    rows: tuple[ComputedRow, ...]

    def row(self, key: str) -> ComputedRow:
        """A row by key; KeyError when the table has none."""
        for row in self.rows:
            if row.row.key == key:
                return row
        raise KeyError(key)

    def to_json(self) -> dict[str, Any]:
        return {"id": self.table.id, "rows": [row.to_json() for row in self.rows if row.row.holds_figures]}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands behind the tables and what was left out, as counts.

    `excluded` counts cases of the subject and period that the form does not count, by conclusion;
    `unknown` counts facts that were counted although something about them is not known.
    """

    establishments: int
    establishments_with_workforce: int
    cases: int
    victims: int
    excluded: Mapping[str, int]
    unknown: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "establishments": self.establishments,
            "establishments_with_workforce": self.establishments_with_workforce,
            "cases": self.cases,
            "victims": self.victims,
            "excluded": dict(self.excluded),
            "unknown": dict(self.unknown),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A statutory form filled for a subject and a period, as the records stood at `as_of`."""

    form: FormSpec
    period: Period
    subject: Subject
    basis: str
    as_of: datetime
    law_version: str
    header: Mapping[str, str | Decimal | None]
    tables: tuple[ComputedTable, ...]
    coverage: Coverage
    checks: tuple[CheckResult, ...]
    synthetic: bool = False
    # Fixed when the report was accepted; otherwise as the registers have it when the paper is made.
    face: Face | None = None

    def table(self, table_id: str) -> ComputedTable:
        """A table by id; KeyError when the form has none."""
        for table in self.tables:
            if table.table.id == table_id:
                return table
        raise KeyError(table_id)

    @property
    def faults(self) -> tuple[CheckResult, ...]:
        return tuple(check for check in self.checks if not check.ok)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data: the same figures as on every page and paper."""
        return {
            "form": self.form.code,
            "form_valid_from": self.form.valid_from.isoformat(),
            "form_status": self.form.status.value,
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
            "tables": [table.to_json() for table in self.tables],
            "checks": [check.to_json() for check in self.checks],
        }


def json_number(value: Decimal | None) -> int | float | None:
    """A figure as a JSON number, whole when it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
