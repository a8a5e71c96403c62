"""Accepted consolidations as somebody may see them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from atvsld.oversight.consolidation.actions.accepting import series_of
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.policy import ACCEPTED, READ
from atvsld.oversight.consolidation.service import Asked
from atvsld.platform.access.actor import Actor


def readable(actor: Actor) -> QuerySet[ConsolidatedReport]:
    """The accepted consolidations of the actor's area, without their content."""
    return ACCEPTED.restrict(ConsolidatedReport.objects.defer("content"), actor, READ)


def get(actor: Actor, public_id: str) -> ConsolidatedReport:
    """One of them; what lies outside the area does not exist for the asker."""
    found = readable(actor).filter(public_id=public_id).defer(None).first()
    if found is None:
        raise Http404
    return found


def in_force(asked: Asked) -> ConsolidatedReport | None:
    """The acceptance of the same question that is in force."""
    held = ConsolidatedReport.objects.defer("content").filter(series=series_of(asked), state="accepted")
    return held.first()
