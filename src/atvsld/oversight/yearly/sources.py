"""Who counts a figure of a report, and shows the very records counted; every source answers like a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.workplans.facade import Task
from atvsld.oversight.yearly import filings, plans, targets
from atvsld.oversight.yearly.models import SentenceFigure
from atvsld.registers import proofs
from atvsld.registers.proofs import Asked, Figure, Measure, ProofRecord

Source = SentenceFigure.Source
# What is counted of tasks, by key: its name and unit.
TASK_KEYS = {
    "all": ("Số nhiệm vụ", "nhiệm vụ"),
    "done": ("Số nhiệm vụ đã xong", "nhiệm vụ"),
    "doing": ("Số nhiệm vụ đang làm", "nhiệm vụ"),
    "planned": ("Số nhiệm vụ chưa bắt đầu", "nhiệm vụ"),
    "stopped": ("Số nhiệm vụ dừng", "nhiệm vụ"),
    "claimed": ("Số nhiệm vụ đã hoặc đang làm", "nhiệm vụ"),
    "proven": ("Số nhiệm vụ đã hoặc đang làm có bằng chứng", "nhiệm vụ"),
    "owners": ("Số đơn vị có nhiệm vụ", "đơn vị"),
}


def asked_of(held: Mapping[str, Any]) -> Asked:
    """A span and whose, from how it is kept with a figure."""

    def some(name: str) -> frozenset[int] | None:
        return None if held.get(name) is None else frozenset(held[name])

    return Asked(
        date.fromisoformat(held["start"]), date.fromisoformat(held["end"]),
        some("bodies"), some("establishments"), some("places"),
    )  # fmt: skip


def kept(asked: Asked) -> dict[str, Any]:
    """The same as plain data."""

    def some(ids: frozenset[int] | None) -> list[int] | None:
        return None if ids is None else sorted(ids)

    return {
        "start": asked.start.isoformat(), "end": asked.end.isoformat(), "bodies": some(asked.bodies),
        "establishments": some(asked.establishments), "places": some(asked.places),
    }  # fmt: skip


def source_of(source: str, word: str, at: datetime) -> Measure | None:
    """Who counts figures of a word; None when nobody here does (any more), and for figures reckoned from others."""
    if source in {Source.MEASURE, Source.MONEY}:
        return proofs.measure_of(word)
    if source == Source.TASKS:
        return Measure(word, lambda asked: task_figures(word, asked), lambda asked, key: task_records(word, asked, key))
    if source == Source.FILING:
        return Measure(
            word, lambda asked: filings.figures(word, asked), lambda asked, key: filings.records(word, asked, key)
        )
    if source == Source.TARGET:
        return Measure(word, lambda asked: targets.figures(word, asked, at), targets.no_records)
    return None


def task_word(programme: str, heading: str = "", *, whole: bool = False) -> str:
    """The word under which tasks are counted: of a programme, a clause of it, or a heading of everybody's report."""
    return f"{programme}|{'*' if whole and heading else ''}{heading}"


def tasks_of(word: str, asked: Asked) -> QuerySet[Task]:
    """The tasks of a word whose span touches the days asked, by who answers for them now."""
    programme, _bar, heading = word.partition("|")
    rows = Task.objects.filter(
        plan__programme=programme, plan__year__range=(asked.start.year, asked.end.year),
        starts_on__lte=asked.end, ends_on__gte=asked.start,
    )  # fmt: skip
    if asked.bodies is not None and asked.establishments is not None:
        rows = rows.filter(body_id__in=asked.bodies) | rows.filter(establishment_id__in=asked.establishments)
    elif asked.bodies is not None:
        rows = rows.filter(body_id__in=asked.bodies)
    elif asked.establishments is not None:
        rows = rows.filter(establishment_id__in=asked.establishments)
    if heading.startswith("*"):
        plan = plans.plan_of(programme, asked.end)
        rows = rows.filter(clause__in=plans.clauses_under(plan, heading[1:]) if plan else ())
    elif heading:
        rows = rows.filter(clause=heading)
    return rows.select_related("plan", "body", "establishment").order_by("pk")


def task_figures(word: str, asked: Asked) -> list[Figure]:
    """How tasks stand, all keys."""
    rows = list(tasks_of(word, asked))
    return counted(rows, proven_of(rows), url=task_list_url(asked))


def counted(rows: list[Task], proven: Mapping[int, bool], *, url: str = "") -> list[Figure]:
    """The figures of some tasks."""
    found = []
    for key, (label, unit) in TASK_KEYS.items():
        value = (
            len({(one.body_id, one.establishment_id) for one in rows})
            if key == "owners"
            else len([one for one in rows if _is(one, key, proven)])
        )
        found.append(Figure(key, label, Decimal(value), unit, url))
    return found


def _is(task: Task, key: str, proven: Mapping[int, bool]) -> bool:
    claimed = task.state in {Task.State.DOING, Task.State.DONE}
    return {
        "all": True,
        "owners": True,
        "claimed": claimed,
        "proven": claimed and proven.get(task.pk, False),
    }.get(key, task.state == key)


def proven_of(rows: Iterable[Task]) -> dict[int, bool]:
    """By primary key: whether something standing proves a task."""
    return {pk: bool(held) for pk, held in workplans.standing(list(rows)).items()}


def task_records(word: str, asked: Asked, key: str) -> list[ProofRecord]:
    """The very tasks counted by a key; for the count of owners, all of them."""
    rows = list(tasks_of(word, asked))
    proven = proven_of(rows) if key == "proven" else {}
    return [task_record(one) for one in rows if _is(one, key, proven)]


def task_record(task: Task) -> ProofRecord:
    owner = task.body or task.establishment
    label = f"{owner}: {task.title}" if owner else task.title
    return ProofRecord("task", task.public_id, label, task_url(task), task.done_on or task.ends_on, task.body_id)


def task_url(task: Task) -> str:
    """Where a task is read; empty where no page shows it."""
    try:
        return reverse("workplans:task", args=[task.public_id])
    except NoReverseMatch:
        return ""


def task_list_url(asked: Asked) -> str:
    try:
        return f"{reverse('workplans:tasks')}?year={asked.end.year}"
    except NoReverseMatch:
        return ""
