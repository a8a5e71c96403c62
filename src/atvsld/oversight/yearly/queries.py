"""Reports as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.oversight.yearly.models import YearReport
from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, OWN, READ, REPORTS
from atvsld.platform.access.actor import Actor

State = YearReport.State


def visible(actor: Actor) -> QuerySet[YearReport]:
    """The reports within the actor's reach; those still being written only for their owner."""
    rows = REPORTS.restrict(YearReport.objects.all(), actor, READ)
    mine = OWN.filter(actor, CHANGE)
    rows = rows.filter(mine | ~Q(state=State.DRAFT))
    return rows.select_related("body", "establishment", "place")


def own(actor: Actor) -> QuerySet[YearReport]:
    """The reports the actor writes."""
    return OWN.restrict(YearReport.objects.all(), actor, CHANGE).select_related("body", "establishment", "place")


def to_decide(actor: Actor) -> QuerySet[YearReport]:
    """Reports handed in that wait to be taken in or sent back by the actor."""
    rows = REPORTS.restrict(YearReport.objects.filter(state=State.SENT), actor, OVERSEE)
    return rows.select_related("body", "establishment", "place")


def may_write(actor: Actor, report: YearReport) -> bool:
    return bool(OWN.decide(actor, CHANGE, report))


def may_oversee(actor: Actor, report: YearReport) -> bool:
    return bool(REPORTS.decide(actor, OVERSEE, report))
