"""Plans and tasks as somebody may see them, and what proves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from atvsld.oversight.workplans.models import HelpRequest, Task, TaskEvidence, TaskSupport, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, PLANS, READ
from atvsld.platform.access.actor import Actor
from atvsld.registers import proofs


@dataclass(frozen=True, slots=True)
class StandingEvidence:
    """A proof that has not been taken away. `stands` is false when its record was withdrawn in its own register."""

    row: TaskEvidence
    stands: bool
    label: str
    url: str
    day: date | None


def visible_plans(actor: Actor) -> QuerySet[WorkPlan]:
    """The plans within the actor's reach, with their owners."""
    rows = PLANS.restrict(WorkPlan.objects.all(), actor, READ)
    return rows.select_related("body", "establishment", "place")


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks the actor may read, with their plan and who answers for them now."""
    bodies, _firms = own(actor)
    # Whoever works along, or was asked to, reads the task although it lies elsewhere.
    along = Q(pk__in=TaskSupport.objects.filter(body_id__in=bodies).values("task_id"))
    along |= Q(pk__in=HelpRequest.objects.filter(to_id__in=bodies).values("task_id"))
    reach = PLANS.filter(actor, READ)
    rows = Task.objects.filter(reach | along if reach and bodies else reach)
    return rows.select_related("plan", "plan__body", "plan__establishment", "body", "establishment")


def own(actor: Actor) -> tuple[frozenset[int], frozenset[int]]:
    """Primary keys of the bodies (with their older names) and establishments the actor makes plans for."""
    scopes = actor.scopes(CHANGE)
    bodies = frozenset[int]().union(*(scope.ids for scope in scopes if scope.dimension == "body"))
    firms = frozenset[int]().union(*(scope.ids for scope in scopes if scope.dimension == "establishment"))
    return bodies, firms


def owners(actor: Actor) -> tuple[list[int], list[int]]:
    """The bodies and establishments whose officer the actor is today, without older names."""
    scopes = [scope for scope in actor.scopes(CHANGE) if scope.root is not None]
    return (
        [scope.root for scope in scopes if scope.dimension == "body" and scope.root is not None],
        [scope.root for scope in scopes if scope.dimension == "establishment" and scope.root is not None],
    )


def help_inbox(actor: Actor) -> QuerySet[HelpRequest]:
    """What other bodies ask of the actor's own, waiting first."""
    bodies, _firms = own(actor)
    rows = HelpRequest.objects.filter(to_id__in=bodies).select_related("task", "task__plan", "task__body", "to")
    return rows.order_by("-state", "-asked_at")


def laid(tasks: Iterable[Task | int]) -> dict[int, list[StandingEvidence]]:
    """By primary key of the task: every proof not taken away, in order of entry, whether or not its record stands."""
    keys = [one if isinstance(one, int) else one.pk for one in tasks]
    rows = list(
        TaskEvidence.objects.filter(task_id__in=keys, removed_at=None).select_related("file").order_by("task_id", "pk")
    )
    asked: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.key:
            asked[row.kind].add(row.key)
    records = {kind: proofs.find_many(kind, names) for kind, names in asked.items()}
    found: dict[int, list[StandingEvidence]] = {key: [] for key in keys}
    for row in rows:
        record = records[row.kind].get(row.key) if row.key else None
        if row.key:
            shown = StandingEvidence(
                row, record is not None, record.label if record else row.label, record.url if record else "",
                record.day if record else row.day,
            )  # fmt: skip
        else:
            shown = StandingEvidence(row, stands=True, label=row.label, url=_file_url(row), day=row.day)
        found[row.task_id].append(shown)
    return found


def standing(tasks: Iterable[Task | int]) -> dict[int, list[StandingEvidence]]:
    """By primary key of the task: the proofs that are not taken away and whose record still stands."""
    return {key: [one for one in proven if one.stands] for key, proven in laid(tasks).items()}


def claims(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks said to be at work or done."""
    return rows.filter(state__in=(Task.State.DOING, Task.State.DONE))


def unproven(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Of some tasks, those said to be at work or done that nothing standing proves: claims without evidence."""
    keys = list(claims(rows).order_by().values_list("pk", flat=True))
    proven = standing(keys)
    return rows.filter(pk__in=[key for key in keys if not proven[key]])


def overdue(rows: QuerySet[Task], on: date) -> QuerySet[Task]:
    """Of some tasks, those not finished whose last day has passed."""
    return rows.filter(state__in=Task.OPEN, ends_on__lt=on)


def of_bodies(rows: QuerySet[Task], bodies: Iterable[int]) -> QuerySet[Task]:
    """Of some tasks, those bodies answer for now."""
    return rows.filter(Q(body_id__in=list(bodies)))


def _file_url(row: TaskEvidence) -> str:
    return reverse("workplans:evidence_file", args=[row.public_id])
