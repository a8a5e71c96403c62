"""Benefits as somebody may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, READ
from atvsld.platform.access.actor import Actor


def visible(actor: Actor, permission: str = READ) -> QuerySet[Benefit]:
    """The benefits on which the actor holds a permission."""
    queryset = Benefit.objects.select_related("case__place", "case__establishment", "victim")
    return BENEFITS.restrict(queryset, actor, permission)
