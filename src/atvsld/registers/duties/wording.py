"""Terms in words: “còn 3 ngày”, “hết hạn hôm nay”, “quá hạn 2 ngày làm việc”."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.registers.duties.ladder import house
from atvsld.registers.duties.models import Duty

HOUR = 3600
# Beyond so many hours a term to the hour is told in days.
HOURS_TOLD = 48


def remaining(duty: Duty, now: datetime) -> str:
    """How long is left or past, in working days when the rule counts those, in hours when it counts hours."""
    if duty.state == Duty.State.DONE:
        return _("đã làm, trễ hạn") if duty.late else _("đã làm đúng hạn")
    if duty.state == Duty.State.CANCELLED:
        return _("không còn phải làm")
    if duty.due_at is None:
        return _("không có hạn")
    if duty.to_the_hour and abs(duty.due_at - now) <= timedelta(hours=HOURS_TOLD):
        return _in_hours(duty.due_at - now)
    today, last = timezone.localtime(now).date(), timezone.localtime(duty.due_at).date()
    if today == last:
        return _("hết hạn hôm nay")
    return _left(today, last, working=duty.unit == "working") if today < last else _past(today, last, duty)


def _in_hours(left: timedelta) -> str:
    """A moment's term; what is left is rounded down, what is past up."""
    seconds = int(abs(left).total_seconds())
    if left >= timedelta():
        if seconds < HOUR:
            n = seconds // 60
            return ngettext("còn %(n)d phút", "còn %(n)d phút", n) % {"n": n}
        n = seconds // HOUR
        return ngettext("còn %(n)d giờ", "còn %(n)d giờ", n) % {"n": n}
    n = max(1, -(-seconds // HOUR))
    return ngettext("quá hạn %(n)d giờ", "quá hạn %(n)d giờ", n) % {"n": n}


def _left(today: date, last: date, *, working: bool) -> str:
    n = working_days(today, last) if working else 0
    if n:
        return ngettext("còn %(n)d ngày làm việc", "còn %(n)d ngày làm việc", n) % {"n": n}
    n = (last - today).days
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", n) % {"n": n}


def _past(today: date, last: date, duty: Duty) -> str:
    n = working_days(last, today) if duty.unit == "working" else 0
    if n:
        return ngettext("quá hạn %(n)d ngày làm việc", "quá hạn %(n)d ngày làm việc", n) % {"n": n}
    n = (today - last).days
    return ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", n) % {"n": n}


def working_days(after: date, until: date) -> int:
    """Working days after one day up to another, the latter included; long spans are capped at a year."""
    calendar, count = load_book().calendar, 0
    for step in range(1, min((until - after).days, 366) + 1):
        count += calendar.is_working_day(after + timedelta(days=step))
    return count


def tone(duty: Duty, now: datetime) -> str:
    """Colour of the state: danger when late, warning when due within a day, success when done in time."""
    if duty.state == Duty.State.DONE:
        return "warning" if duty.late else "success"
    if duty.state == Duty.State.CANCELLED or duty.due_at is None:
        return "secondary"
    if now > duty.due_at:
        return "danger"
    return "warning" if duty.due_at - now <= timedelta(days=3) else "info"


def due_text(duty: Duty) -> str:
    """The last day, with the hour when it counts, and whose term it is when not the law's."""
    if duty.due_at is None:
        return _("không ấn định")
    local = timezone.localtime(duty.due_at)
    text = f"{local:%H:%M} {format_date(local.date())}" if duty.to_the_hour else format_date(local.date())
    return f"{text} ({house_label()})" if duty.house else text


def house_label() -> str:
    label = house().label
    return (label.en or label.vi) if get_language() == "en" else label.vi


def citation(duty: Duty) -> str:
    """The article behind the duty with the instrument's own number, as a reader knows it."""
    instrument, _space, locator = duty.citation.partition(" ")
    known = load_book().instruments.get(instrument)
    return f"{locator} {known.kind.capitalize()} {known.number}".strip() if known else duty.citation
