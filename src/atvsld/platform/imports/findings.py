"""What was found wrong while a file is read and checked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.imports.columns import Column, Kind

# Problems kept word for word; those beyond are counted, so that a hopeless file cannot fill the memory.
KEPT = 10_000


class FileRefused(Exception):
    """The file as a whole cannot be read; the problem says why and what to do. Nothing was written."""

    def __init__(self, code: str, message: str, remedy: str = "", *, row: int | None = None) -> None:
        self.problem = Problem(code, message, remedy, row=row)
        super().__init__(str(self.problem))


class Findings:
    """Collects problems by row; a row with a blocking problem is bad."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.notes: list[Problem] = []
        self.errors_total = 0
        self.notes_total = 0
        self.bad: set[int] = set()

    def add(self, problem: Problem) -> None:
        """Record a problem whose row and column are known."""
        if problem.severity is Severity.BLOCK:
            self.errors_total += 1
            if problem.row is not None:
                self.bad.add(problem.row)
            if len(self.errors) < KEPT:
                self.errors.append(problem)
        else:
            self.notes_total += 1
            if len(self.notes) < KEPT:
                self.notes.append(problem)

    def cell(self, row: int, column: Column, problem: Problem, value: object) -> None:
        """Record what is wrong with one cell, in a sentence that says where."""
        self.add(at_cell(row, column, problem, value))


def at_cell(row: int, column: Column, problem: Problem, value: object = None) -> Problem:
    """The same problem with its place in front: `Dòng 5, cột “Giới tính”: …`."""
    where = _("Dòng %(row)d, cột “%(column)s”: ") % {"row": row, "column": column.label}
    shown = problem.value if value is None else str(value)[:80]
    if column.kind is Kind.SECRET:
        shown = None
    return Problem(
        problem.code, where + problem.message, problem.remedy, row=row, column=column.name, value=shown,
        severity=problem.severity,
    )  # fmt: skip


@dataclass(slots=True)
class ImportOutcome:
    """What came of an import. Row counts are rows of the file; accepted + rejected + unchanged = rows.

    `accepted`: new or changed, `new` of them brought a record that was not there; `unchanged`: stored already, word
    for word; `rejected`: nothing of them was written.
    `unknown` counts empty cells per column among the rows not rejected. `readable` is False when the file as a
    whole could not be read.
    """

    accepted: int = 0
    new: int = 0
    rejected: int = 0
    unchanged: int = 0
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    errors_total: int = 0
    notes_total: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    dry_run: bool = False
    readable: bool = True

    @property
    def rows(self) -> int:
        return self.accepted + self.rejected + self.unchanged

    @property
    def changed(self) -> int:
        """Rows that changed a record that was there."""
        return self.accepted - self.new

    @property
    def clean(self) -> bool:
        return self.readable and not self.errors_total

    @classmethod
    def refused(cls, problem: Problem) -> ImportOutcome:
        """The outcome of a file that could not be read at all."""
        return cls(errors=[problem], errors_total=1, readable=False)

    def take(self, findings: Findings) -> None:
        """Carry over what was found, in the order of the rows."""
        self.errors, self.errors_total = _ordered(findings.errors), findings.errors_total
        self.notes, self.notes_total = _ordered(findings.notes), findings.notes_total

    def to_json(self) -> dict[str, Any]:
        return {
            "accepted": self.accepted,
            "new": self.new,
            "changed": self.changed,
            "rejected": self.rejected,
            "unchanged": self.unchanged,
            "rows": self.rows,
            "dry_run": self.dry_run,
            "readable": self.readable,
            "errors": [problem.to_json() for problem in self.errors],
            "errors_total": self.errors_total,
            "notes": [problem.to_json() for problem in self.notes],
            "notes_total": self.notes_total,
            "unknown": self.unknown,
            "created": self.created,
        }


def _ordered(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.row or 0)
