"""Commendations as somebody may see them, and those that count."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.casework.merits.models import Commendation
from atvsld.casework.merits.policy import CHANGE, COMMENDATIONS, OWN, READ
from atvsld.platform.access.actor import Actor
from atvsld.registers.ledgers.proving import owned, placed
from atvsld.registers.proofs import Asked

PERSONS = Q(subject_kind=Commendation.SubjectKind.PERSON)


def visible(actor: Actor, permission: str = READ) -> QuerySet[Commendation]:
    """The commendations within reach. What a body is still writing is its own affair."""
    queryset = Commendation.objects.select_related("body", "establishment", "about_establishment", "about_body")
    if permission == CHANGE:
        return OWN.restrict(queryset, actor, CHANGE)
    own_or_sent = ~Q(state=Commendation.State.DRAFT) | OWN.filter(actor, CHANGE)
    return COMMENDATIONS.restrict(queryset, actor, permission).filter(own_or_sent)


def granted(asked: Asked) -> QuerySet[Commendation]:
    """Those that count: granted by a decision of the days asked for, proposed by the owners asked for."""
    found = Commendation.objects.filter(
        state=Commendation.State.GRANTED, withdrawn_at=None, decision_on__range=(asked.start, asked.end)
    )
    return found.filter(owned(asked.bodies, asked.establishments), placed(asked.places)).order_by("-decision_on", "-pk")
