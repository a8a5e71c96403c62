"""The year at a glance: the own plans, how far everybody is, who has no plan, what waits for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from atvsld.oversight.workplans import clauses, queries, shown
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.oversight.workplans.policy import OVERSEE
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage
from atvsld.registers.establishments.models import Establishment

# Of lists on the page at most so many; the rest stand in the list behind the figure.
MOST = 15
CLASS = "plan_bodies"


@dataclass(frozen=True, slots=True)
class OwnPlans:
    """One body or establishment the person makes plans for, and its plans of the year."""

    kind: str
    owner: Body | Establishment
    plans: list[WorkPlan]


@dataclass(frozen=True, slots=True)
class Seen:
    """How far everybody is within the person's reach in a year."""

    states: Counter[str]
    tasks: Counter[str]
    sent: list[WorkPlan]
    silent: list[Body]
    silent_count: int
    overdue: int
    claims: int
    unsure: int

    @property
    def drafting(self) -> int:
        """Plans still with their makers."""
        return self.states[WorkPlan.State.DRAFT] + self.states[WorkPlan.State.RETURNED]

    @property
    def more(self) -> int:
        """Bodies without a plan beyond those named."""
        return self.silent_count - len(self.silent)


def programmes(year: int) -> list[tuple[str, str]]:
    """The programmes one may make a plan for in a year, the province's first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = [
        one
        for one in clauses.known().by_id.values()
        if one.valid_from <= last and (one.valid_to is None or one.valid_to >= first) and any(one.clauses)
    ]
    held.sort(key=lambda one: (one.level != "province", one.id))
    return [(one.id, shown.words(one.title)) for one in held]


def own_plans(actor: Actor, year: int, today: date) -> list[OwnPlans]:
    """The person's own, with counts of their tasks; plans of the bodies taken over from stand with their heir."""
    bodies, firms = queries.owners(actor)
    found = [
        OwnPlans("body", body, _counted(WorkPlan.objects.filter(body_id__in=lineage(body.pk)), year))
        for body in Body.objects.filter(in_force(today), pk__in=bodies).order_by("code")
    ]
    return found + [
        OwnPlans("establishment", firm, _counted(WorkPlan.objects.filter(establishment=firm), year))
        for firm in Establishment.objects.filter(pk__in=firms).order_by("name_folded")
    ]


def _counted(rows: QuerySet[WorkPlan], year: int) -> list[WorkPlan]:
    return list(
        rows.filter(year=year)
        .select_related("body", "establishment")
        .annotate(task_count=Count("tasks"), done_count=Count("tasks", filter=Q(tasks__state=Task.State.DONE)))
        .order_by("pk")
    )


def of_year(actor: Actor, year: int, today: date) -> Seen:
    """The figures of a year; who has no plan is told to those who oversee."""
    plans = queries.visible_plans(actor).filter(year=year)
    tasks = queries.visible_tasks(actor).filter(plan__year=year)
    silent = list(without_plan(actor, year, today)) if actor.may(OVERSEE) else []
    return Seen(
        states=Counter(plans.order_by().values_list("state", flat=True)),
        tasks=Counter(tasks.order_by().values_list("state", flat=True)),
        sent=list(plans.filter(state=WorkPlan.State.SENT).order_by("sent_at")[:MOST]),
        silent=silent[:MOST],
        silent_count=len(silent),
        overdue=queries.overdue(tasks, today).count(),
        claims=queries.unproven(tasks).count(),
        unsure=queries.visible_tasks(actor).filter(owner_unsure=True, state__in=Task.OPEN).count(),
    )


def without_plan(actor: Actor, year: int, today: date) -> QuerySet[Body]:
    """The bodies that carry out plans, within the person's reach, and have none for a year."""
    on = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    words = set(clauses.words().holder(CLASS).includes)
    held = BodyFunction.objects.filter(in_force(on), function__in=words)
    rows = Body.objects.filter(in_force(on), pk__in=held.values("body_id"))
    planning = WorkPlan.objects.filter(year=year, body__isnull=False).values("body_id")
    reach = Q(pk__in=[])
    for scope in actor.scopes(OVERSEE):
        if scope.everything:
            reach = Q()
            break
        if scope.dimension in ("place", "body"):
            reach |= Q(**{"place_id__in" if scope.dimension == "place" else "pk__in": scope.ids})
    return rows.filter(reach).exclude(pk__in=planning).order_by("name_folded")
