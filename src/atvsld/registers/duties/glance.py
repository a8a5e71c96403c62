"""A person's duties at a glance: how many are late, due today, due within the week, without anybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.platform.access.actor import Actor
from atvsld.registers.duties import queries
from atvsld.registers.duties.policy import READ


def at_a_glance(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Label, value, address and icon of each count: of one's own duties, or of all within reach for those whom none
    comes to. Empty for those who see no duties.
    """
    if not actor.may(READ):
        return []
    own = queries.mine(actor, queries.day(now))
    found = queries.visible(actor)
    whose = "all" if own == queries.NONE else "mine"
    counts = queries.counts(found if whose == "all" else found.filter(own), now)

    def tile(label: str, when: str, icon: str) -> dict[str, Any]:
        url = f"{reverse('duties:list')}?whose={whose}&when={when}"
        return {"label": label, "value": counts[when], "url": url, "icon": icon}

    return [
        tile(_("Quá hạn"), "overdue", "alert-triangle"),
        tile(_("Hết hạn hôm nay"), "today", "clock"),
        tile(_("Hết hạn trong 7 ngày tới"), "week", "calendar-due"),
        tile(_("Chưa có người nhận"), "unassigned", "users"),
    ]
