"""A person's duties as a calendar, for the calendar programs people already use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from atvsld.registers.duties import wording
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owner_name

PRODUCT = "-//ATVSLD//duties//VI"
# An all-day entry begins at midnight: half past seven on the morning of the day before.
DAY_BEFORE = timedelta(hours=-16, minutes=-30)
SHORTLY_BEFORE = timedelta(minutes=-30)


def calendar(duties: Iterable[Duty], now: datetime, *, address: str) -> bytes:
    """An iCalendar file (RFC 5545) of the duties that have a term. `address` is the origin put before their pages."""
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", _("Việc và hạn – ATVSLĐ"))
    book.add("refresh-interval;value=duration", "PT1H")
    for duty in duties:
        if duty.due_at is not None:
            book.add_component(_event(duty, duty.due_at, now, address))
    return bytes(book.to_ical())


def _event(duty: Duty, due_at: datetime, now: datetime, address: str) -> Event:
    event = Event()
    # The same entry for ever: a longer term moves it, never doubles it.
    event.add("uid", f"{duty.public_id}@atvsld")
    event.add("sequence", duty.version)
    event.add("dtstamp", now)
    summary = _("Hạn: %(title)s · %(label)s") % {"title": duty.title, "label": duty.label}
    event.add("summary", summary)
    local = timezone.localtime(due_at)
    if duty.to_the_hour:
        event.add("dtstart", due_at)
        event.add("dtend", due_at)
    else:
        event.add("dtstart", local.date())
        event.add("dtend", local.date() + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", address + (duty.url or f"/viec/{duty.public_id}/"))
    lines = [
        _("Người phải làm: %(owner)s") % {"owner": owner_name(duty.owner)},
        _("Hạn: %(due)s") % {"due": wording.due_text(duty)},
        _("Căn cứ: %(citation)s") % {"citation": wording.citation(duty)},
    ]
    event.add("description", "\n".join(lines))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", SHORTLY_BEFORE if duty.to_the_hour else DAY_BEFORE)
    event.add_component(alarm)
    return event
