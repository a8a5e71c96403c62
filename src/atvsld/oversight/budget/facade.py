"""All that other rooms may ask of the money of the plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from atvsld.oversight.budget import queries, totals
from atvsld.oversight.budget.actions import follow_tasks
from atvsld.oversight.budget.models import Allocation, BudgetLine, Commitment, Payment
from atvsld.oversight.budget.policy import CHANGE, OWN, READ
from atvsld.oversight.budget.position import Position, added_up
from atvsld.oversight.budget.queries import visible
from atvsld.oversight.budget.totals import Amounts, Money
from atvsld.oversight.workplans.facade import Task
from atvsld.platform.access.actor import Actor

__all__ = [
    "READ",
    "Amounts",
    "Money",
    "TaskLine",
    "follow_tasks",
    "may_add",
    "summary",
    "task_money",
    "visible",
    "with_positions",
    "within_reach",
]


def summary(
    bodies: Collection[int] | None,
    year: int,
    *,
    establishments: Collection[int] | None = None,
    places: Collection[int] | None = None,
) -> Money:
    """Money of a budget year, whole đồng: of bodies (primary keys with their forerunners) or of everybody (None).

    A body's own sum is its open lines and whatever it paid itself. Establishments and places narrow likewise.
    """
    lines = BudgetLine.objects.filter(year=year)
    own, paid = lines, {}
    if bodies is not None:
        own, paid = own.filter(body__in=bodies), {"body__in": bodies}
    if establishments is not None:
        own, paid = own.filter(establishment__in=establishments), paid | {"establishment__in": establishments}
    if places is not None:
        own, lines = own.filter(place__in=places), lines.filter(place__in=places)
    return totals.summed(own, lines, **paid)


def within_reach(actor: Actor, year: int) -> Money:
    """Money of a budget year as far as the actor may read it; empty for who may read none."""
    return totals.summed(visible(actor).filter(year=year))


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line of a task's money, with where it stands."""

    line: BudgetLine
    position: Position

    @property
    def counts(self) -> bool:
        """False for money that stands on another body's line."""
        return self.line.counted_in_id is None


def task_money(actor: Actor, task: Task) -> list[TaskLine]:
    """The standing lines of a task the actor may read, by year and payer; empty for who may read none."""
    return with_positions(queries.standing(visible(actor).filter(task=task)).order_by("year", "pk"))


def with_positions(rows: Any) -> list[TaskLine]:
    """Lines with where each stands, in four statements however many they are."""
    standing = Q(cancelled_at=None)
    lines = rows.prefetch_related(
        Prefetch("allocations", Allocation.objects.filter(standing)),
        Prefetch("commitments", Commitment.objects.filter(standing)),
        Prefetch("payments", Payment.objects.filter(standing)),
    )
    return [
        TaskLine(line, added_up(line, line.allocations.all(), line.commitments.all(), line.payments.all()))
        for line in lines
    ]


def may_add(actor: Actor, task: Task) -> bool:
    """Whether the actor may estimate money for a task: of its owner, or of a body that works along."""
    if OWN.decide(actor, CHANGE, task):
        return True
    own = {pk for scope in actor.scopes(CHANGE) if scope.dimension == "body" for pk in scope.ids}
    return bool(own) and task.supports.filter(body__in=own).exists()
