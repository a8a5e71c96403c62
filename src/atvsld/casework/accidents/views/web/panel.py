"""The part of a case's page on those it is shown to and passed on to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.declarations.facade import same_accident
from atvsld.casework.accidents.declarations.queries import hears_everyone
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.casework.accidents.views.policy import INVITE
from atvsld.platform.ui.pages import actor_of


def sharing_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """Invitations, transfers, whether the case was joined to another; None for those who may do none of it."""
    actor = actor_of(request)
    may_invite, may_change = bool(CASES.decide(actor, INVITE, case)), bool(CASES.decide(actor, CHANGE, case))
    if not may_invite and not may_change:
        return None
    invitations = case.invitations.filter(revoked_at=None).select_related("user", "body") if may_invite else []
    # An employer must not learn that somebody else told of the accident as well.
    authority = hears_everyone(actor)
    context = {
        "case": case,
        "invitations": list(invitations),
        "transfers": list(case.transfers.select_related("from_place", "to_place", "to_body")),
        "may_hand_over": may_invite and may_change and authority,
        "kept": same_accident(case) if authority else None,
        "may_join": may_change and authority,
        "may_invite": may_invite,
        "may_change": may_change,
    }
    title = _("Chia sẻ và chuyển hồ sơ")
    return Panel(title, "users", "accident_views/panel.html", context, column="side", id="chia-se")
