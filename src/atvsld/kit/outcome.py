"""What went wrong, said so that the reader can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether a problem stops the work, needs a look, or is worth knowing."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of an input: where it is, what it is, what to do. Messages are Vietnamese sentences.

    `code` is stable and English; `row` is the row number as the sender's spreadsheet shows it.
    """

    code: str
    message: str
    remedy: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = Severity.BLOCK

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    def to_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": str(self),
            "value": self.value,
            "severity": self.severity.value,
        }
