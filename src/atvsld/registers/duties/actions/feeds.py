"""A person's secret calendar address: made, and revoked."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext as _

from atvsld.platform.acts import Act, Refused, action
from atvsld.registers.duties.models import CalendarFeed
from atvsld.registers.duties.policy import READ


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@action(needs=READ, records="duties:calendar_feed:made")
def make_feed(act: Act) -> tuple[CalendarFeed, str]:
    """A new address for the acting person, in the place of any earlier one; its secret is told this once."""
    revoke_feed(act)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user_id=_person(act), digest=digest(token), made_at=act.at)
    return feed, token


@action(needs=READ, records="duties:calendar_feed:revoked")
def revoke_feed(act: Act) -> None:
    """Close the acting person's address: whoever knows it reads nothing any more."""
    CalendarFeed.objects.filter(user_id=_person(act), revoked_at=None).update(revoked_at=act.at)


def _person(act: Act) -> int:
    """The acting person; a service or a job has no calendar."""
    if act.actor.user_id is None:
        raise Refused(_("Chỉ người dùng mới có lịch của mình."))
    return act.actor.user_id
