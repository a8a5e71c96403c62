"""The year is played: events in the order of their moments, the worker's tick between them."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random

from tests.rehearsal.acting import Tale
from tests.rehearsal.scripts import EARLIER, cast
from tests.rehearsal.world import DISTRICT_DAY, YEAR, World

Tick = Callable[[datetime], None]
BEGIN = datetime(YEAR, 1, 5, 1, tzinfo=UTC)
BEGIN_EARLIER = datetime.combine(DISTRICT_DAY, time(1), UTC)
TICK_EVERY = timedelta(hours=24)


@dataclass
class Year:
    """What was played: the tales that ended, and the moments at which the worker looked."""

    tales: list[Tale] = field(default_factory=list)
    ticks: list[datetime] = field(default_factory=list)


def play(world: World, tick: Tick, *, seed: int, share: float = 1) -> Year:
    """Play a year's cases to their ends. What a script raises stops the play with the name of its kind."""
    dice, year = Random(seed), Year()
    scripts = cast(share)
    dice.shuffle(scripts)
    queue: list[tuple[datetime, int, object]] = []
    for number, script in enumerate(scripts):
        hours = timedelta(hours=dice.uniform(0, 24 * 320))
        happened = BEGIN_EARLIER + hours / 10 if script in EARLIER else BEGIN + hours
        tale = Tale(world, Random(f"{seed}:{number}"), script.__name__, happened)
        year.tales.append(tale)
        heapq.heappush(queue, (happened, number, script(tale)))
    next_tick = BEGIN
    while queue:
        moment, number, going = heapq.heappop(queue)
        while next_tick <= moment:
            tick(next_tick)
            year.ticks.append(next_tick)
            next_tick += TICK_EVERY
        tale = year.tales[number]
        tale.now = moment
        try:
            wait = next(going)  # type: ignore[call-overload]
        except StopIteration:
            continue
        except Exception as error:
            error.add_note(f"{tale.kind} no. {number} at {moment:%d/%m/%Y %H:%M}")
            raise
        heapq.heappush(queue, (moment + wait, number, going))
    for _ in range(40):
        tick(next_tick)
        year.ticks.append(next_tick)
        next_tick += TICK_EVERY
    return year
