"""Workers on the page of an establishment."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.registers.related import Related, relate
from atvsld.registers.workers import queries
from atvsld.registers.workers.policy import READ


def of_establishment(establishment: Any, actor: Actor) -> Related | None:
    """How many recorded people work for the establishment now, and the way to their list."""
    if not actor.may(READ):
        return None
    count = queries.visible(actor).filter(establishment=establishment).count()
    return Related(
        title=_("Người lao động đã ghi"),
        icon="users",
        count=count,
        url=f"{reverse('workers:list')}?establishment={establishment.public_id}" if count else "",
        url_label=_("Xem danh sách"),
        empty=_("Chưa ghi người lao động nào; số lao động theo năm được khai riêng."),
    )


relate("establishment", of_establishment)
