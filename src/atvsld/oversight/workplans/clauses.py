"""The clauses a plan carries out, and whom of those who make plans they bind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Assignment, Clause, Programme, Programmes, assignments
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme import facade as entered
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.registers.bodies.models import BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage

EMPLOYERS = "employers"


def known() -> Programmes:
    """The programmes of the law book, with the words all programmes speak in."""
    return load_programmes()


def every() -> Programmes:
    """Those of the law book and those entered here."""
    return entered.known(date.max)


def programme(code: str) -> Programme | None:
    """A programme by id, None when there is none. The database is asked only for what the law book does not hold."""
    return known().by_id.get(code) or every().by_id.get(code)


def clause(code: str, clause_id: str) -> Clause | None:
    """A clause of a programme, None when either is unknown or no clause is named."""
    found = programme(code)
    if found is None or not clause_id:
        return None
    try:
        return found.clause(clause_id)
    except UnknownEntry:
        return None


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause as a page needs it: where it stands, its wording, its expected evidence and measures."""

    id: str
    text: str
    place: str
    evidence: tuple[str, ...]
    measures: tuple[str, ...]


def asked_of(plan: WorkPlan, on: date) -> tuple[str, ...]:
    """The words by which clauses reach whoever made a plan: functions of the body on a day, with its older names'."""
    if plan.establishment_id is not None:
        return (EMPLOYERS,)
    assert plan.body_id is not None  # the database lets exactly one stand
    rows = BodyFunction.objects.filter(in_force(on), body_id__in=lineage(plan.body_id))
    return tuple(sorted(set(rows.values_list("function", flat=True))))


def day_of(plan: WorkPlan, today: date) -> date:
    """The day of a plan's year by which holders are asked: today within the year and within the body's life."""
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    day = min(max(today, first), last)
    body = plan.body
    if body is None:
        return day
    if body.valid_to is not None:
        day = min(day, body.valid_to)
    return max(day, body.valid_from)


def bound(plan: WorkPlan, today: date) -> list[Assignment]:
    """The clauses that whoever made a plan leads or supports, in the order of the programme."""
    found = programme(plan.programme)
    if found is None:
        return []
    on = day_of(plan, today)
    asked = [word for word in asked_of(plan, on) if word in known().words.holders]
    return assignments(found, *asked, on=on, words=known().words) if asked else []


def binds(plan: WorkPlan, clause_id: str, today: date) -> bool:
    """Whether a clause reaches whoever made a plan, leading or supporting."""
    return any(one.clause.id == clause_id for one in bound(plan, today))


def leading_words(code: str, clause_id: str, on: date) -> frozenset[str]:
    """The functions whose holders answer for a clause on a day; classes are given as what they include."""
    found = clause(code, clause_id)
    if found is None:
        return frozenset()
    words: set[str] = set()
    for holder in found.holders:
        if holder.holds_on(on):
            held = known().words.holder(holder.word)
            words |= set(held.includes) or {held.word}
    return frozenset(words)


def of_task(task: Task) -> Clause | None:
    """The clause of a task (its plan loaded)."""
    return clause(task.plan.programme, task.clause)
