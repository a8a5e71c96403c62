"""Tasks of yearly plans as proof that a clause is worked on, and plans and tasks as counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import fold
from atvsld.oversight.workplans import queries
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.platform.access.actor import Actor
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

WORD = "task"
UNIT_PLAN, UNIT_TASK = _("kế hoạch"), _("nhiệm vụ")


def find(key: str) -> ProofRecord | None:
    """A task somebody works on or has done."""
    return many([key]).get(key)


def many(keys: Collection[str]) -> dict[str, ProofRecord]:
    rows = queries.claims(Task.objects.filter(public_id__in=keys)).select_related("body", "establishment")
    return {task.public_id: _record(task) for task in rows}


def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    """The latest first, of those the actor may read."""
    wanted = fold(text)
    rows = queries.claims(narrowed(queries.visible_tasks(actor), asked)).order_by("-starts_on", "-pk")
    found = (_record(task) for task in rows[: limit if not wanted else None])
    return [one for one in found if wanted in fold(one.label)][:limit]


def narrowed(rows: QuerySet[Task], asked: Asked) -> QuerySet[Task]:
    """Tasks with a day in the span, answered for now by those asked; stopped ones do not count."""
    rows = rows.exclude(state=Task.State.STOPPED).filter(starts_on__lte=asked.end, ends_on__gte=asked.start)
    for column, ids in (("body", asked.bodies), ("establishment", asked.establishments), ("place", asked.places)):
        if ids is not None:
            rows = rows.filter(**{f"{column}_id__in": ids})
    return rows


def issued(asked: Asked) -> QuerySet[WorkPlan]:
    """Plans issued on a day of the span."""
    rows = WorkPlan.objects.filter(issued_on__range=(asked.start, asked.end))
    for column, ids in (("body", asked.bodies), ("establishment", asked.establishments), ("place", asked.places)):
        if ids is not None:
            rows = rows.filter(**{f"{column}_id__in": ids})
    return rows.select_related("body", "establishment")


def plan_figures(asked: Asked) -> Iterator[Figure]:
    yield Figure(
        "issued", _("Kế hoạch năm đã ban hành"), Decimal(issued(asked).count()), UNIT_PLAN,
        f"{reverse('workplans:plans')}?{_query(asked, issued='1')}",
    )  # fmt: skip


def plan_records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    assert key == "issued"  # the one figure there is
    for plan in issued(asked):
        url = reverse("workplans:plan", args=[plan.public_id])
        yield ProofRecord("plan_paper", plan.public_id, str(plan), url, plan.issued_on, plan.body_id)


def task_figures(asked: Asked) -> Iterator[Figure]:
    rows = narrowed(Task.objects.all(), asked)
    keys = list(rows.order_by().values_list("pk", flat=True))
    proven = sum(bool(found) for found in queries.standing(keys).values())
    address = reverse("workplans:tasks")
    yield Figure("tasks", _("Nhiệm vụ"), Decimal(len(keys)), UNIT_TASK, f"{address}?{_query(asked, live='1')}")
    yield Figure(
        "proven", _("Nhiệm vụ có bằng chứng"), Decimal(proven), UNIT_TASK,
        f"{address}?{_query(asked, live='1', proof='yes')}",
    )  # fmt: skip
    yield Figure(
        "done", _("Nhiệm vụ đã xong"), Decimal(rows.filter(state=Task.State.DONE).count()), UNIT_TASK,
        f"{address}?{_query(asked, live='1', state='done')}",
    )  # fmt: skip


def task_records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    rows = narrowed(Task.objects.select_related("body", "establishment"), asked).order_by("pk")
    if key == "done":
        rows = rows.filter(state=Task.State.DONE)
    elif key == "proven":
        proven = queries.standing(list(rows.values_list("pk", flat=True)))
        rows = rows.filter(pk__in=[pk for pk, found in proven.items() if found])
    return (_record(task) for task in rows)


def _record(task: Task) -> ProofRecord:
    owner = task.body or task.establishment
    return ProofRecord(
        WORD, task.public_id, f"{task.title} ({owner})", reverse("workplans:task", args=[task.public_id]),
        task.done_on or task.starts_on, task.body_id,
    )  # fmt: skip


def _query(asked: Asked, **more: str) -> str:
    wanted: dict[str, Any] = {"tu": asked.start.isoformat(), "den": asked.end.isoformat(), **more}
    for name, ids in (("body", asked.bodies), ("establishment", asked.establishments), ("place", asked.places)):
        if ids is not None:
            wanted[name] = sorted(ids)
    return urlencode(wanted, doseq=True)


prove(Evidence(WORD, find, search, many))
measure(Measure("plans_issued", plan_figures, plan_records))
measure(Measure("tasks_proven", task_figures, task_records))
