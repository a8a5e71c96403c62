"""Reads of people and their offices. An administrator of a part of the province sees the offices of that part."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from atvsld.platform.access.actor import Actor
from atvsld.platform.accounts.models import User
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.policy import OFFICES, READ


def visible_offices(actor: Actor) -> QuerySet[Office]:
    """Offices within the actor's reach."""
    return OFFICES.restrict(Office.objects.select_related("place", "establishment", "body", "user"), actor, READ)


def visible_users(actor: Actor, on: date) -> QuerySet[User]:
    """Users who hold or held an office within reach, and those without any; `held` lists the offices in force."""
    offices = visible_offices(actor)
    in_force = offices.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    mine = Q(pk__in=offices.values("user_id")) | Q(offices__isnull=True)
    return (
        User.objects.filter(mine)
        .distinct()
        .prefetch_related(Prefetch("offices", queryset=in_force.order_by("role", "pk"), to_attr="held"))
    )
