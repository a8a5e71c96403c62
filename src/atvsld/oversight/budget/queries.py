"""Lines as somebody may see them, and those that count."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from atvsld.oversight.budget.models import BudgetLine, Payment
from atvsld.oversight.budget.policy import ALLOCATE, LINES, OWN, READ
from atvsld.oversight.workplans.facade import TaskSupport
from atvsld.platform.access.actor import Actor

# Bodies and establishments in one column, never alike.
_PAYER = Coalesce("body_id", -F("establishment_id"))


def visible(actor: Actor, permission: str = READ) -> QuerySet[BudgetLine]:
    """The lines the actor may read, or allocate to."""
    return LINES.restrict(_joined(), actor, permission)


def _joined() -> QuerySet[BudgetLine]:
    payers = ("body", "establishment", "counted_in__body", "counted_in__establishment")
    return BudgetLine.objects.select_related("task__plan", "place", *payers)


def own(actor: Actor, permission: str) -> QuerySet[BudgetLine]:
    """The lines of the actor's own body, under its older names too, or of its establishment."""
    return OWN.restrict(_joined(), actor, permission)


def standing(rows: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Lines not withdrawn."""
    return rows.filter(withdrawn_at=None)


def in_sums(rows: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Lines that count: standing, and not the same money as another's."""
    return standing(rows).filter(counted_in=None)


def touching(bodies: Collection[int]) -> Q:
    """Lines that bodies (primary keys) pay from now or have paid from."""
    paid = Payment.objects.filter(line=OuterRef("pk"), cancelled_at=None, body__in=bodies)
    return Q(body__in=bodies) | Q(Exists(paid))


def suspected(rows: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Counted lines that look like the money of another payer too: same year, source and amount, and a shared task.

    A task is shared when it is the same one, or when for one clause either payer works along in the other's task.
    """
    works_there = TaskSupport.objects.filter(task=OuterRef("task"), body=OuterRef(OuterRef("body")))
    works_here = TaskSupport.objects.filter(task=OuterRef(OuterRef("task")), body=OuterRef("body"))
    same_clause = Q(
        ~Q(task__clause=""), task__clause=OuterRef("task__clause"),
        task__plan__programme=OuterRef("task__plan__programme"),
    )  # fmt: skip
    twins = (
        in_sums(BudgetLine.objects.all())
        .annotate(payer_key=_PAYER)
        .filter(year=OuterRef("year"), source=OuterRef("source"), estimate=OuterRef("estimate"), estimate__gt=0)
        .exclude(payer_key=OuterRef("payer_key"))
        .filter(Q(task=OuterRef("task")) | same_clause & (Exists(works_there) | Exists(works_here)))
    )
    return in_sums(rows).annotate(payer_key=_PAYER).filter(Exists(twins))


def giver(line: BudgetLine) -> str:
    """Who records what a line was given: the finance body (`ALLOCATE`) or the payer itself (empty)."""
    return ALLOCATE if line.source in BudgetLine.FROM_PROVINCE else ""
