"""Papers as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.platform.access.actor import Actor
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import source_of, sources


def papers_of(context: str, subject: str) -> QuerySet[Paper]:
    """All papers about a record, oldest first."""
    return Paper.objects.filter(context=context, subject=subject).order_by("pk")


def shown_to(actor: Actor, context: str, subject: str) -> list[Paper]:
    """The papers about a record that this person may know of; none when the record is out of reach."""
    source = source_of(context)
    record = source.find(actor, subject)
    if record is None:
        return []
    return [paper for paper in papers_of(context, subject) if source.may_read(actor, paper, record)]


def issued(context: str, subject: str, kind: str) -> Paper | None:
    """The newest paper of a kind that is issued about a record."""
    return papers_of(context, subject).filter(kind=kind, state=Paper.State.ISSUED).order_by("-pk").first()


def within(actor: Actor) -> QuerySet[Paper]:
    """Every paper in somebody's reach."""
    reach = Q(pk__in=[])
    for source in sources():
        reach |= Q(context=source.context) & source.within(actor)
    return Paper.objects.filter(reach)
