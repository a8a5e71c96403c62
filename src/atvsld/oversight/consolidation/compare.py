"""Submissions beside registers, cell by cell, with the differences that ask for somebody's eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from atvsld.law import load_book
from atvsld.law.consolidation import Cell, Scheme
from atvsld.law.forms.spec import Column, Table
from atvsld.oversight.consolidation import compute, service
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.reporting import compute as registers
from atvsld.oversight.reporting.result import Report, json_number
from atvsld.platform.access.actor import Actor

Weight = Literal["high", "medium", "low"]
# How much a difference in a column matters: the dead first, then whoever and whatever is counted, then amounts.
_HIGH = frozenset({"deaths", "fatal_cases"})
_LOW = frozenset(
    {
        "days_lost", "medical_cost", "wage_cost", "compensation_cost", "total_cost", "property_damage", "workers",
        "workers_reporting", "workers_female",
    }
)  # fmt: skip
_ORDER = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell from both sides. `linked`: its units can be opened."""

    cell: Cell
    row_label: str
    column_label: str
    submitted: Decimal | None
    held: Decimal | None
    weight: Weight
    linked: bool

    @property
    def difference(self) -> Decimal | None:
        """Submitted less registers; None where one side says nothing."""
        return None if self.submitted is None or self.held is None else self.submitted - self.held

    @property
    def what_to_do(self) -> str:
        """What the sign of the difference asks for; empty where both agree."""
        difference = self.difference
        if difference is None or not difference:
            return ""
        if difference < 0:
            return _("Báo cáo ít hơn sổ: xem đơn vị chưa nộp hoặc khai thiếu.")
        return _("Báo cáo nhiều hơn sổ: xem vụ chưa vào sổ hoặc đơn vị khai trùng.")

    def to_json(self) -> dict[str, Any]:
        return {
            "table": self.cell.table, "row": self.cell.row, "column": self.cell.column, "row_label": self.row_label,
            "column_label": self.column_label, "submissions": json_number(self.submitted),
            "registers": json_number(self.held), "difference": json_number(self.difference), "weight": self.weight,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A form from both sides."""

    submissions: Consolidated
    registers: Report
    pairs: tuple[Pair, ...]

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The cells that differ, what matters most first."""
        found = [pair for pair in self.pairs if pair.difference]
        found.sort(key=lambda pair: (_ORDER[pair.weight], -abs(pair.difference or Decimal(0))))
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        return {
            "submissions": self.submissions.to_json(),
            "registers": self.registers.to_json(),
            "differences": [pair.to_json() for pair in self.differing],
        }


def side_by_side(actor: Actor, request: Request, *, at: datetime) -> SideBySide:
    """The form from the submissions and from the registers, of one subject, period and basis."""
    asked = service.understand(actor, request, at=at)
    scheme = asked.scheme
    submitted = compute.consolidate(scheme, asked.subject, asked.basis, as_of=at)
    held = registers.compute(
        load_book(), form=scheme.target, period=scheme.period, subject=asked.subject, basis=asked.basis, as_of=at
    )
    return SideBySide(submitted, held, tuple(_pairs(scheme, submitted, held)))


def _pairs(scheme: Scheme, submitted: Consolidated, held: Report) -> list[Pair]:
    found = []
    for table in submitted.tables:
        other = {row.row.key: row.cells for row in held.table(table.table.id).rows}
        mine = {row.row.key: row.cells for row in table.rows}
        for row in scheme.rows.get(table.table.id, ()):
            if row.key not in mine and row.key not in other:
                continue
            for column in table.table.leaf_columns:
                cell = Cell(table.table.id, row.key, column.key)
                if cell not in scheme.origins and cell not in scheme.heads:
                    continue
                left = mine.get(row.key, {}).get(column.key, Decimal(0) if row.key not in mine else None)
                right = other.get(row.key, {}).get(column.key, Decimal(0) if row.key not in other else None)
                found.append(
                    Pair(
                        cell, row.label.vi, column_path(table.table, column), left, right,
                        _weight(column, row.source.measure if row.source else None), cell in scheme.origins,
                    )
                )  # fmt: skip
    return found


def _weight(column: Column, measure: str | None) -> Weight:
    named = column.measure or measure
    return "high" if named in _HIGH else "low" if named in _LOW else "medium"


def column_path(table: Table, column: Column) -> str:
    """The headings above a column, from the outermost in."""
    names: list[str] = []
    level = table.columns
    while level:
        holder = next(held for held in level if column in held.leaves)
        names.append(holder.label.vi)
        level = holder.children
    return " › ".join(names)
