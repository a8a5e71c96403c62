"""What is stated of a commendation before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationDraft:
    """Whom, for what, in which form. Ids are primary keys; the establishment of a person or group is for the checks."""

    subject_kind: str
    form: str
    level: str
    year: int
    achievement: str
    about_establishment_id: int | None = None
    about_body_id: int | None = None
    subject_name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided: the paper, and why it was granted although a condition was not met."""

    granted: bool
    number: str = ""
    on: date | None = None
    decided_by: str = ""
    outcome: str = ""
    despite: str = ""
