"""Tasks go on with whoever carries on their body: written through a journal, so that it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from atvsld.oversight.workplans.drafts import Settled
from atvsld.oversight.workplans.models import Task, TaskHolding
from atvsld.oversight.workplans.owners import Bodies, Course, course
from atvsld.registers.bodies.models import Body
from atvsld.registers.places.following import Journal


@dataclass(frozen=True, slots=True)
class _Held:
    """An open task with its open holding."""

    task: int
    holding: int
    programme: str
    clause: str
    body: int
    place: int
    since: date
    unsure: bool


def concerned(bodies: Iterable[int] | None = None) -> QuerySet[Task]:
    """Open tasks that bodies answer for."""
    rows = Task.objects.filter(state__in=Task.OPEN, body__isnull=False)
    return rows if bodies is None else rows.filter(body_id__in=list(bodies))


def settle(on: date, journal: Journal, *, bodies: Iterable[int] | None = None) -> Settled:
    """Move every open task whose body ended before `on`, step by step; of some bodies only when they are given.

    Tasks already where they belong are left: done again, nothing happens.
    """
    rows = concerned(bodies).filter(holdings__until=None)
    register = Bodies()
    held = [
        _Held(*row)
        for row in rows.order_by("pk").values_list(
            "pk", "holdings__pk", "plan__programme", "clause", "body_id", "place_id", "holdings__since", "owner_unsure"
        )
    ]
    courses: dict[tuple[object, ...], Course] = {}
    moving: dict[Course, list[_Held]] = defaultdict(list)
    flagged: list[int] = []
    for one in held:
        key = (one.programme, one.clause, one.body, one.place, one.since)
        if key not in courses:
            courses[key] = course(
                register, programme=one.programme, clause=one.clause, body=one.body, place=one.place,
                since=one.since, on=on,
            )  # fmt: skip
        found = courses[key]
        if found.steps:
            moving[found].append(one)
        elif found.flagged and not one.unsure:
            flagged.append(one.task)
    told = Settled(unsure=len(flagged))
    if flagged:
        journal.update(Task.objects.filter(pk__in=flagged), owner_unsure=True)
    counts: dict[int, int] = defaultdict(int)
    for found, together in moving.items():
        _move(found, together, register, journal)
        told.moved += len(together)
        counts[found.steps[-1].body] += len(together)
        if found.flagged or any(step.unsure for step in found.steps):
            told.unsure += len(together)
    told.by_body = dict(counts)
    return told


def _move(found: Course, together: list[_Held], register: Bodies, journal: Journal) -> None:
    """The open holding becomes that of the last body; what was before is entered beside it, closed.

    In this order taking it back meets no moment with two open holdings.
    """
    last = found.steps[-1]
    keys = [one.task for one in together]
    before = {row.pk: row for row in TaskHolding.objects.filter(pk__in=[one.holding for one in together])}
    past: list[TaskHolding] = []
    for one in together:
        row = before[one.holding]
        body, since, why = row.body_id, row.since, row.why
        for step in found.steps:
            until = max(since, step.on - timedelta(days=1))
            past.append(TaskHolding(task_id=one.task, body_id=body, since=since, until=until, why=why))
            body, since, why = step.body, step.on, step.why
    journal.update(TaskHolding.objects.filter(pk__in=before), body_id=last.body, since=last.on, why=last.why)
    journal.create(past)
    unsure = found.flagged or any(step.unsure for step in found.steps)
    values: dict[str, object] = {"body_id": last.body, "place_id": register.rows[last.body].place_id}
    if unsure:
        values["owner_unsure"] = True
    journal.update(Task.objects.filter(pk__in=keys), **values)
    # Whoever has the page open is told; the number only grows, also when the moving is taken back.
    Task.objects.filter(pk__in=keys).update(version=F("version") + 1)


def of_body(body: Body) -> int:
    """How many open tasks would go along with a body."""
    return concerned([body.pk]).count()
