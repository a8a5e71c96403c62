"""A person's secret calendar address: made, and revoked."""

from __future__ import annotations

import hashlib
import secrets

from atvsld.platform.acts import Act, action
from atvsld.registers.duties.models import CalendarFeed
from atvsld.registers.duties.policy import READ


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@action(needs=READ, records="duties:calendar_feed:made")
def make_feed(act: Act) -> tuple[CalendarFeed, str]:
    """A new address for the acting person, in the place of any earlier one; its secret is told this once."""
    CalendarFeed.objects.filter(user_id=act.actor.user_id, revoked_at=None).update(revoked_at=act.at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user_id=act.actor.user_id, digest=digest(token), made_at=act.at)
    return feed, token


@action(needs=READ, records="duties:calendar_feed:revoked")
def revoke_feed(act: Act) -> None:
    """Close the acting person's address: whoever knows it reads nothing any more."""
    CalendarFeed.objects.filter(user_id=act.actor.user_id, revoked_at=None).update(revoked_at=act.at)
