"""The clauses a plan carries out, and whom of those who make plans they bind."""

from __future__ import annotations

from datetime import date

from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Assignment, Clause, Programme, Programmes, assignments
from atvsld.law.programme_reading import load_programmes
from atvsld.law.programme_words import Vocabulary
from atvsld.oversight.programme import facade as entered
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.registers.bodies.models import BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage

EMPLOYERS = "employers"


def known() -> Programmes:
    """Every programme there is: shipped with the law book and entered here, each in its newest edition."""
    return entered.known(date.max)


def words() -> Vocabulary:
    """The words every programme speaks in."""
    return load_programmes().words


def programme(code: str) -> Programme | None:
    """A programme by id, None when there is none. The database is asked only for what the law book does not hold."""
    return load_programmes().by_id.get(code) or known().by_id.get(code)


def clause_of(whole: Programme | None, clause_id: str) -> Clause | None:
    """A clause of a programme, None when either is unknown or no clause is named."""
    if whole is None or not clause_id:
        return None
    try:
        return whole.clause(clause_id)
    except UnknownEntry:
        return None


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
    asked = [word for word in asked_of(plan, on) if word in words().holders]
    return assignments(found, *asked, on=on, words=words()) if asked else []


def leading_words(found: Clause | None, on: date) -> frozenset[str]:
    """The functions whose holders answer for a clause on a day; classes are given as what they include."""
    if found is None:
        return frozenset()
    leading: set[str] = set()
    for holder in found.holders:
        if holder.holds_on(on):
            held = words().holder(holder.word)
            leading |= set(held.includes) or {held.word}
    return frozenset(leading)


def of_task(task: Task) -> Clause | None:
    """The clause of a task (its plan loaded)."""
    return clause_of(programme(task.plan.programme), task.clause)
