"""Accident cases counted by the unit of their own date, for the pages of places."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.policy import READ
from atvsld.platform.access.actor import Actor
from atvsld.registers.places.tallies import Tally, tally
from atvsld.registers.places.tree import Node


def cases_by_place(actor: Actor) -> dict[int, int] | None:
    """How many cases the actor may see at each place of record; None without the right to see any."""
    if not actor.may(READ):
        return None
    rows = queries.visible_cases(actor).order_by().values_list("place_id").annotate(count=Count("pk"))
    return dict(rows)


def url(node: Node) -> str:
    """The list of the cases on the ground of a unit."""
    code = node.code if node.valid_to is None else f"{node.code}@{node.valid_to.isoformat()}"
    return f"{reverse('accidents:list')}?place={code}"


tally(Tally("accidents", _("Vụ tai nạn"), cases_by_place, url))
