"""Establishments on the page of a place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments import queries
from atvsld.registers.establishments.policy import READ
from atvsld.registers.places import tree
from atvsld.registers.related import Related, relate


def of_place(place: Any, actor: Actor) -> Related | None:
    """How many establishments work on the ground of the place, and the way to their list."""
    if not actor.may(READ) or not (place.level == "commune" or tree.current().has_communes(place.pk)):
        return None
    count = queries.within(queries.visible(actor), place.pk).count()
    return Related(
        title=_("Cơ sở sản xuất, kinh doanh trên địa bàn"),
        icon="building-factory-2",
        count=count,
        url=f"{reverse('establishments:list')}?place={place.public_id}" if count else "",
        url_label=_("Xem danh sách"),
        empty=_("Chưa có cơ sở nào trong phạm vi của bạn."),
    )


relate("place", of_place)
