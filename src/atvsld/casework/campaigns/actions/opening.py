"""The standing body opens the campaign of a year and sets its term."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.campaigns import rules
from atvsld.casework.campaigns.drafts import CampaignDraft
from atvsld.casework.campaigns.models import Campaign
from atvsld.casework.campaigns.policy import CAMPAIGNS, OPEN
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body


@action(needs=OPEN, records="campaigns:campaign:opened")
def open_campaign(act: Act, *, draft: CampaignDraft) -> Campaign:
    """Open a campaign, once for its kind, year and area; `Rejected` with the problems."""
    campaign = Campaign(**_columns(draft), opened_at=act.at)
    CAMPAIGNS.require(act.actor, OPEN, campaign)
    _require_sound(draft)
    try:
        with transaction.atomic():
            campaign.save(force_insert=True)
    except IntegrityError as error:
        raise _twice(error) from error
    return campaign


@action(needs=OPEN, records="campaigns:campaign:changed")
def change_campaign(act: Act, *, campaign: Campaign, version: int, draft: CampaignDraft) -> Campaign:
    """Replace what is stated. A later term makes results that came after the old one be in time."""
    CAMPAIGNS.require(act.actor, OPEN, campaign)
    values = _columns(draft)
    CAMPAIGNS.require(act.actor, OPEN, Campaign(**values))
    _require_sound(draft)
    try:
        with transaction.atomic():
            held = Campaign.objects.filter(pk=campaign.pk, version=version)
            moved = held.update(version=F("version") + 1, **values)
    except IntegrityError as error:
        raise _twice(error) from error
    if not moved:
        raise Conflict(_("Đợt này vừa được người khác sửa. Mở lại trang để xem bản mới rồi ghi tiếp."))
    campaign.refresh_from_db()
    return campaign


def _columns(draft: CampaignDraft) -> dict[str, Any]:
    body = Body.objects.filter(pk=draft.body_id).first()
    if body is None:
        raise Rejected([Problem("no_body", _("Không có cơ quan này."), _("Chọn lại cơ quan."), column="body_id")])
    stated = asdict(draft) | {"place_id": body.place_id}
    return stated | {name: stated[name].strip() for name in ("name", "theme", "due_source")}


def _require_sound(draft: CampaignDraft) -> None:
    if problems := list(rules.of_campaign(draft)):
        raise Rejected(problems)


def _twice(error: IntegrityError) -> Rejected:
    if "_once" not in str(error):
        raise error
    message = _("Đợt này của năm đã được mở.")
    return Rejected([Problem("opened_before", message, _("Mở đợt đã có trong danh sách để sửa."), column="year")])
