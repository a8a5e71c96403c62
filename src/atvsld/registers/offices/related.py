"""The people of a body on its page; one person may hold offices in two bodies, and that is said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.text import format_date
from atvsld.platform.access.actor import Actor
from atvsld.registers.offices.listing import role_name
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.policy import READ
from atvsld.registers.offices.queries import visible_offices
from atvsld.registers.offices.roles import roles
from atvsld.registers.related import Related, relate

SHOWN = 40


def of_body(body: Any, actor: Actor) -> Related | None:
    """Who holds an office for the body, until when, and for which other bodies at the same time."""
    if not actor.may(READ):
        return None
    visible = visible_offices(actor)
    held = list(visible.filter(body=body).order_by("-valid_from", "pk")[:SHOWN])
    others = list(visible.filter(user__in=[office.user_id for office in held], body__isnull=False).exclude(body=body))
    rows = tuple(
        (
            reverse("offices:user", args=[office.user.public_id]),
            str(office.user),
            (
                role_name(roles()[office.role]) if office.role in roles() else office.role,
                format_date(office.valid_from),
                format_date(office.valid_to) if office.valid_to else _("nay"),
                "; ".join(
                    dict.fromkeys(other.body.name for other in others if _together(office, other) and other.body)
                ),
            ),
        )
        for office in held
    )
    headings = (_("Người"), _("Vai trò"), _("Từ ngày"), _("Đến hết"), _("Đồng thời ở cơ quan"))
    return Related(
        title=gettext_lazy("Người giữ chức trách"),
        icon="users",
        rows=rows,
        headings=headings,
        empty=gettext_lazy("Chưa có ai giữ chức trách tại cơ quan này."),
    )


def _together(one: Office, other: Office) -> bool:
    """Whether two offices of one person overlap in time."""
    return (
        one.user_id == other.user_id
        and (one.valid_to is None or other.valid_from <= one.valid_to)
        and (other.valid_to is None or one.valid_from <= other.valid_to)
    )


relate("body", of_body)
