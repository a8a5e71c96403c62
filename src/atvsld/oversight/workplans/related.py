"""The yearly plans of a body or an establishment on its page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.workplans.models import Task
from atvsld.oversight.workplans.policy import READ
from atvsld.oversight.workplans.queries import visible_plans
from atvsld.platform.access.actor import Actor
from atvsld.registers.related import Related, relate

SHOWN = 8


def plans_of(kind: str, record: Any, actor: Actor) -> Related | None:
    """The latest plans with how far they are; nothing where there are none or they may not be read."""
    if not actor.may(READ):
        return None
    done = Count("tasks", filter=Q(tasks__state=Task.State.DONE))
    rows = visible_plans(actor).filter(**{kind: record}).annotate(all=Count("tasks"), done=done)
    held = list(rows.order_by("-year", "-pk")[:SHOWN])
    if not held:
        return None
    shown = tuple(
        (
            reverse("workplans:plan", args=[plan.public_id]), _("Kế hoạch năm %(year)s") % {"year": plan.year},
            (plan.get_state_display(), plan.number, f"{plan.done}/{plan.all}"),
        )
        for plan in held
    )  # fmt: skip
    return Related(
        title=gettext_lazy("Kế hoạch năm"),
        icon="checklist",
        rows=shown,
        headings=(_("Kế hoạch"), _("Tình trạng"), _("Số, ký hiệu"), _("Nhiệm vụ đã xong")),
        url=f"{reverse('workplans:tasks')}?{kind}={record.pk}",
        url_label=gettext_lazy("Mọi nhiệm vụ"),
    )


relate("body", partial(plans_of, "body"))
relate("establishment", partial(plans_of, "establishment"))
