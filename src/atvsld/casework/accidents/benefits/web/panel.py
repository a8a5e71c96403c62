"""The benefits on the page of a case."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.benefits import queries
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE, READ
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.platform.ui.pages import actor_of


def benefits_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """A line a victim: what was reckoned, decided and paid. Nothing for those who may not see it."""
    actor = actor_of(request)
    if not BENEFITS.decide(actor, READ, Benefit(case=case)):
        return None
    held = list(queries.visible(actor).filter(case=case).order_by("victim__position", "pk"))
    victims = list(case.victims.order_by("position"))
    return Panel(
        title=_("Chế độ của người bị nạn"),
        icon="coin",
        template="accident_benefits/panel.html",
        context={
            "lines": [(victim, [row for row in held if row.victim_id == victim.pk]) for victim in victims],
            "may_change": bool(BENEFITS.decide(actor, CHANGE, Benefit(case=case))),
            "case": case,
        },
        id="che-do",
        flush=True,
    )
