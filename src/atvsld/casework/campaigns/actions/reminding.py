"""The standing body reminds those who have not sent their result, in their inbox."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.campaigns.models import Campaign
from atvsld.casework.campaigns.policy import CAMPAIGNS, CHANGE, OPEN
from atvsld.casework.campaigns.summary import summary
from atvsld.kit.text import format_date
from atvsld.platform.acts import Act, action
from atvsld.platform.outbox.facade import post
from atvsld.registers.bodies.queries import heirs, in_force
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people of how many bodies were told; the bodies nobody writes for must be told on paper."""

    people: int
    bodies: int
    without: int


@action(needs=OPEN, records="campaigns:campaign:reminded")
def remind_missing(act: Act, *, campaign: Campaign) -> Reminded:
    """A message to everybody who may write for a body that has sent nothing, once a day however often it is pressed.

    A body that ended is reminded through those that carry it on.
    """
    CAMPAIGNS.require(act.actor, OPEN, campaign)
    missing = summary(campaign, act.actor).missing
    writing = [slug for slug, role in roles().items() if CHANGE in role.own]
    told: set[int] = set()
    without = 0
    for body in missing:
        today = [heir.pk for heir in heirs(body.pk, act.day)]
        offices = Office.objects.filter(in_force(act.day), body__in=today, role__in=writing, user__is_active=True)
        users = set(offices.values_list("user_id", flat=True))
        without += not users
        told |= users
    due = _("Hạn báo cáo: %(day)s.") % {"day": format_date(campaign.report_due)} if campaign.report_due else ""
    for user in sorted(told):
        post(
            key=f"campaigns:{campaign.public_id}:{act.day}:{user}", user_id=user, at=act.at,
            subject=_("Đề nghị gửi kết quả: %(campaign)s") % {"campaign": campaign},
            body=" ".join(filter(None, (_("Đơn vị chưa gửi kết quả của đợt."), due))),
            url=reverse("campaigns:campaign", args=[campaign.public_id]),
        )  # fmt: skip
    return Reminded(len(told), len(missing) - without, without)
