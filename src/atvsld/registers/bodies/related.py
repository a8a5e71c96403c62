"""Bodies on the page of a place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_date
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.policy import READ
from atvsld.registers.bodies.queries import bodies_of
from atvsld.registers.related import Related, relate

SHOWN = 40


def of_place(place: Any, actor: Actor) -> Related | None:
    """The bodies whose own area the place is."""
    if not actor.may(READ):
        return None
    rows = tuple(
        (
            reverse("bodies:body", args=[body.public_id]),
            body.name,
            (format_date(body.valid_to) if body.valid_to else _("nay"),),
        )
        for body in bodies_of(place.pk)[:SHOWN]
    )
    return Related(
        title=_("Cơ quan, tổ chức của địa bàn"),
        icon="building",
        rows=rows,
        headings=(_("Cơ quan"), _("Đến hết")),
        empty=_("Chưa ghi cơ quan nào."),
    )


relate("place", of_place)
