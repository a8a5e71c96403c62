"""How long a dossier took of the time the law gives: days in the office count, days waiting for papers do not.

The articles count from the day the full dossier is received. A dossier not full on receipt therefore begins to count
when it is completed; papers asked for later stop the count, and it goes on where it stopped, so that asking twice gives
nobody time anew. That second rule is this system's own reading and is shown as such.

The first day of a stretch is not counted (as everywhere in the law book); a last calendar day of rest moves on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from atvsld.kit.workdays import WorkCalendar

Stretch = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`due`: the last day in time, None while nothing runs or the law names no time. `late`: the office went past it.

    `used`: days counted so far; `left`: those remaining, negative when over, None without a time; `waited`: calendar
    days the dossier lay with the applicant.
    """

    due: date | None
    late: bool
    used: int
    left: int | None
    waited: int


def reckon(
    calendar: WorkCalendar,
    stretches: Sequence[Stretch],
    *,
    span: int | None,
    unit: str,
    until: date,
    finished: bool = False,
) -> Reckoning:
    """Over the stretches in which the dossier lay in the office, one after another; an open one runs up to `until`.

    `finished`: the last stretch ended with the decision, not with a request for papers. Once the time ran out within
    a stretch, that day stays the due day whatever follows.
    """
    used, due, late = 0, None, False
    for place, (start, end) in enumerate(stretches, start=1):
        reached = end or until
        if span is not None and due is None:
            candidate = last_day(calendar, start, max(span - used, 0), unit)
            late = reached > candidate
            if late or end is None or (finished and place == len(stretches)):
                due = candidate
        used += counted(calendar, start, reached, unit)
    return Reckoning(due, late, used, None if span is None else span - used, _waited(stretches, until))


def last_day(calendar: WorkCalendar, start: date, days: int, unit: str) -> date:
    """The last day in time of so many days after a day."""
    if unit == "working":
        return calendar.add_working_days(start, days)
    return calendar.next_working_day(start + timedelta(days=days))


def counted(calendar: WorkCalendar, start: date, end: date, unit: str) -> int:
    """Days after `start` up to and with `end`; 0 when it ends on the day it began."""
    if end <= start:
        return 0
    if unit == "calendar":
        return (end - start).days
    return sum(calendar.is_working_day(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def _waited(stretches: Sequence[Stretch], until: date) -> int:
    waited = sum((after[0] - before[1]).days for before, after in pairwise(stretches) if before[1] is not None)
    if stretches and (last := stretches[-1][1]) is not None and last < until:
        waited += (until - last).days
    return waited
