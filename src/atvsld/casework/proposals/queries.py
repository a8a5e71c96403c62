"""Drafts asked about and consolidated papers, as somebody may see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from atvsld.casework.proposals.models import ConsolidatedPaper, DraftConsultation, Opinion, PolicyProposal, Stage
from atvsld.casework.proposals.policy import CHANGE, CONSOLIDATE, GATHERED, PAPERS, READ
from atvsld.platform.access.actor import Actor


def own(actor: Actor, dimension: str) -> set[int]:
    """The bodies (with all they took over from) or establishments in whose name the actor writes."""
    return {pk for scope in actor.scopes(CHANGE) if scope.dimension == dimension for pk in scope.ids}


def consultations(actor: Actor) -> QuerySet[DraftConsultation]:
    """Those of the place, those the person's body was asked about, and those put to everybody."""
    reach = PAPERS.filter(actor, READ)
    if reach and actor.may(READ):  # an empty condition reaches everything already
        mine = DraftConsultation.objects.filter(asked__body__in=own(actor, "body"))
        reach |= Q(open_to_all=True) | Q(pk__in=mine.values("pk"))
    found = DraftConsultation.objects.filter(reach).select_related("body")
    return found.annotate(
        asked_count=Count("asked", distinct=True),
        opinion_count=Count("opinions", filter=Q(opinions__withdrawn_at=None), distinct=True),
    ).order_by("-deadline", "-pk")


def papers(actor: Actor) -> QuerySet[ConsolidatedPaper]:
    """Consolidated papers within reach."""
    found = PAPERS.restrict(ConsolidatedPaper.objects.select_related("body", "consultation"), actor, READ)
    return found.annotate(
        points=Count("items", distinct=True),
        answered=Count("items", filter=Q(items__outcome__in=["accepted", "partly", "rejected"]), distinct=True),
    )


def waiting(actor: Actor) -> QuerySet[PolicyProposal]:
    """Proposals nobody has taken into a paper yet, of those the person may consolidate."""
    found = GATHERED.restrict(PolicyProposal.objects.select_related("body", "establishment"), actor, CONSOLIDATE)
    return found.filter(stage=Stage.COLLECTED, withdrawn_at=None).order_by("submitted_on", "pk")


def waiting_opinions(actor: Actor, consultation: DraftConsultation) -> QuerySet[Opinion]:
    """Opinions on a draft that no paper holds yet."""
    found = GATHERED.restrict(Opinion.objects.select_related("body", "establishment"), actor, CONSOLIDATE)
    return found.filter(consultation=consultation, stage=Stage.COLLECTED, withdrawn_at=None).order_by("given_on", "pk")
