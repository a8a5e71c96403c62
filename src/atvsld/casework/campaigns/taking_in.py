"""A report of the Month of Action handed in elsewhere, as the result of its campaign: told once, counted once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.campaigns import queries
from atvsld.casework.campaigns.actions import open_result, send_result
from atvsld.casework.campaigns.drafts import ResultDraft
from atvsld.casework.campaigns.models import Campaign, CampaignResult, CampaignSending
from atvsld.casework.campaigns.policy import CHANGE, OWN
from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment


def take_in(
    act: Act, *, year: int, draft: ResultDraft, body: Body | None = None, establishment: Establishment | None = None
) -> CampaignSending | None:
    """Send a result within the act that handed in the report; handed in again, it is a correction.

    None when no Month of Action of that year is open for the place, nothing is told, or the actor may not tell of
    a campaign in that name: the report stays where it was handed in, and is not counted here.
    """
    owner = body or establishment
    if owner is None or not draft.stated:
        return None
    campaign = _campaign(year, owner.place_id)
    if campaign is None or act.day < campaign.starts_on:
        return None
    shape = CampaignResult(campaign=campaign, body=body, establishment=establishment, place_id=owner.place_id)
    if not OWN.decide(act.actor, CHANGE, shape):
        return None
    result = open_result(act, campaign=campaign, body=body, establishment=establishment)
    why = _("Theo bản báo cáo nộp lại") if result.current_id else ""
    return send_result(act, result=result, version=result.version, draft=draft, why=why)


def _campaign(year: int, place: int) -> Campaign | None:
    """The Month of Action of a year for the area a place lies in."""
    held = Campaign.objects.filter(kind=Campaign.Kind.ACTION_MONTH, year=year)
    return next((one for one in held if place in queries.area(one)), None)
