"""Who answers the conditions of a commendation: rooms that hold the records state it when they are loaded.

    answer_by("reports_in_time", check)

This room asks and keeps the answers; it imports none of them. What nobody answers cannot be told, and is never met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.merits.criteria import Criterion, load_criteria
from atvsld.casework.merits.models import Commendation, CommendationCheck

Verdict = CommendationCheck.Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a check is about, by primary key; neither: a person or group whose unit stands in no register."""

    establishment: int | None = None
    body: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Met, not met or not to be told; why, for the reader; the records it rests on as (label, address)."""

    verdict: Verdict
    why: str | Promise
    records: tuple[tuple[str, str], ...] = ()


Check = Callable[[Subject, date, int], Answer]
_CHECKS: dict[str, Check] = {}


def answer_by(code: str, check: Check) -> None:
    """State who answers a condition: (subject, day, years back) → answer. ValueError for a second one."""
    if _CHECKS.setdefault(code, check) is not check:
        raise ValueError(f"{code} is answered by two rooms")


def ask(commendation: Commendation, day: date) -> list[tuple[Criterion, Answer]]:
    """Every condition answered for the subject of a commendation on a day."""
    subject = Subject(commendation.about_establishment_id, commendation.about_body_id)
    return [(criterion, _answer(criterion, subject, day)) for criterion in load_criteria().items]


def _answer(criterion: Criterion, subject: Subject, day: date) -> Answer:
    check = _CHECKS.get(criterion.code)
    if check is None:
        return Answer(Verdict.UNKNOWN, _("Chưa kiểm tra được: hệ thống chưa có sổ thanh tra, kiểm tra, xử phạt."))
    if subject == Subject():
        return Answer(Verdict.UNKNOWN, _("Chưa kiểm tra được: chưa gắn với cơ sở, cơ quan nào trong hệ thống."))
    return check(subject, day, criterion.years)
