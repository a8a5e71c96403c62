"""Sectors and places where people are hurt more often than elsewhere, with regard to chance.

Deaths and severe injuries of contract workers over the last whole years, against the workers of those years. A group is
called high when its whole exact interval lies above the rate of all; small counts are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from atvsld.law import load_book
from atvsld.oversight.indicators import facade as indicators
from atvsld.oversight.indicators.facade import FATAL_RATE, GROUPINGS
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.statistics.intervals import Interval, poisson_interval
from atvsld.statistics.rates import Rate, rate

YEARS = 3
# Fewer events than this are not judged.
FEW = 5
MOST = 4


@dataclass(frozen=True, slots=True)
class Risk:
    """One group with its count, workers, rate and exact interval. `high`: above the rate of all beyond chance."""

    label: str
    events: int
    workers: int
    rate: Rate
    interval: Interval
    high: bool
    url: str


@dataclass(frozen=True, slots=True)
class Risks:
    """The groups of one kind that stand out, and how many were too small to judge."""

    by: str
    first: int
    last: int
    per: int
    whole: Rate
    shown: tuple[Risk, ...]
    high: int
    small: int
    url: str


def of(actor: Actor, by: str, at: datetime) -> Risks | None:
    """The groups with the highest rates; None for those who may not see targets or where nothing can be divided by."""
    if not actor.may(indicators.READ):
        return None
    today = clock.local_day(at)
    last = today.year - 1
    first = max(load_book().targets[FATAL_RATE].baseline_year, last - YEARS + 1)
    pairs = indicators.serious_by(actor, by, first, last, at=at)
    if pairs is None:
        return None
    per = int(load_book().as_of(today).number("rate.fatal.per"))
    source = f"{first}–{last}"
    events = sum(pair.events for pair in pairs.values())
    whole = rate(events, sum(pair.workers for pair in pairs.values()) or None, per, source)
    found, small = [], 0
    for group, pair in pairs.items():
        count = pair.events
        own = rate(count, pair.workers or None, per, source)
        if count < FEW or own.value is None or own.denominator is None or whole.value is None:
            small += bool(count)
            continue
        interval = poisson_interval(count).scaled(per / float(own.denominator))
        found.append(
            Risk(
                label=indicators.group_label(by, group, at=at),
                events=count,
                workers=pair.workers,
                rate=own,
                interval=interval,
                high=interval.low > float(whole.value),
                url=indicators.serious_url(by, group, first, last),
            )
        )
    found.sort(key=lambda one: (-one.interval.low, one.label))
    return Risks(
        by=str(GROUPINGS[by]), first=first, last=last, per=per, whole=whole, shown=tuple(found[:MOST]),
        high=sum(one.high for one in found), small=small, url=_address(by, first, last),
    )  # fmt: skip


def _address(by: str, first: int, last: int) -> str:
    query = {"by": by} | ({"before": first, "after": last} if last > first else {})
    return f"/chi-tieu/II.1/phan-tich/?{urlencode(query)}"
