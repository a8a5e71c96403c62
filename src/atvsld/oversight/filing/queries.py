"""Reports as somebody may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import FILINGS, OWN, READ, SUBMIT
from atvsld.platform.access.actor import Actor

_JOINED = ("establishment", "body", "provider", "place", "recipient", "current")


def visible(actor: Actor, permission: str = READ) -> QuerySet[Filing]:
    """The reports on which the actor holds a permission."""
    return FILINGS.restrict(Filing.objects.select_related(*_JOINED), actor, permission)


def own(actor: Actor) -> QuerySet[Filing]:
    """The reports the actor may fill in and hand in."""
    return OWN.restrict(Filing.objects.select_related(*_JOINED), actor, SUBMIT)
