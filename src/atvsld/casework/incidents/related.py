"""Incidents on the page of an establishment."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.incidents import queries
from atvsld.casework.incidents.policy import READ
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui import formats_text
from atvsld.platform.ui.templatetags import ui
from atvsld.registers.related import Related, relate

SHOWN = 5


def of_establishment(establishment: Any, actor: Actor) -> Related | None:
    """The incidents of an establishment, as far as the actor may see them."""
    if not actor.may(READ):
        return None
    held = queries.visible(actor).filter(establishment=establishment)
    rows = tuple(
        (
            reverse("incidents:incident", args=[incident.public_id]),
            incident.number,
            (
                formats_text.moment(incident.occurred_at),
                incident.object_name,
                ui.state(incident.state, incident.get_state_display()),
            ),
        )
        for incident in held.order_by("-occurred_at", "-pk")[:SHOWN]
    )
    return Related(
        title=_("Sự cố kỹ thuật"),
        icon="alert-triangle",
        count=held.count(),
        url=reverse("incidents:list") if rows else "",
        url_label=_("Xem tất cả sự cố"),
        empty=_("Chưa ghi nhận sự cố nào trong phạm vi của bạn."),
        rows=rows,
        headings=(_("Số hồ sơ"), _("Xảy ra lúc"), _("Đối tượng"), _("Tình trạng")),
    )


relate("establishment", of_establishment)
