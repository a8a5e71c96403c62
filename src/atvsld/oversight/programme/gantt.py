"""Tasks as bars over a year: plain figures for the page to draw, the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from atvsld.oversight.programme.standing import LOOKS, TaskLine

# The drawing, in its own units: the year is this wide, a task this high.
WIDTH, ROW, HEAD = 960, 26, 24
BY_DAY = attrgetter("starts_on", "ends_on", "pk")


@dataclass(frozen=True, slots=True)
class Bar:
    """One task: left and width over the year, the part said to be done, where its row begins; numbered as listed."""

    task: TaskLine
    number: int
    left: float
    width: float
    done: float
    top: float
    tone: str
    sign: str
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars with twelve months; `today` is where today stands, None outside the year."""

    year: int
    bars: tuple[Bar, ...]
    months: tuple[tuple[float, int], ...]
    today: float | None
    height: float

    @property
    def width(self) -> int:
        return WIDTH


def chart(tasks: Iterable[TaskLine], year: int, today: date) -> Chart:
    """The tasks of a year by first day. A task that begins before or ends after the year is cut at its edge."""
    held: Sequence[TaskLine] = sorted(tasks, key=BY_DAY)
    bars = tuple(_bar(one, number, year) for number, one in enumerate(held, start=1))
    months = tuple((_at(date(year, month, 1), year), month) for month in range(1, 13))
    now = _at(today, year) if today.year == year else None
    return Chart(year, bars, months, now, HEAD + ROW * len(bars))


def _bar(one: TaskLine, number: int, year: int) -> Bar:
    first, last = date(year, 1, 1), date(year, 12, 31)
    start, end = min(max(one.starts_on, first), last), min(max(one.ends_on, first), last)
    left = _at(start, year)
    # At least a few units, so that one day can be seen and pressed.
    width = max(_at(end, year, after=True) - left, 6.0)
    tone, sign, _word = LOOKS[one.look]
    return Bar(
        one, number, round(left, 1), round(width, 1), round(width * one.percent / 100, 1), HEAD + ROW * (number - 1),
        tone, sign, one.starts_on < first, one.ends_on > last,
    )  # fmt: skip


def _at(day: date, year: int, *, after: bool = False) -> float:
    """Where a day begins (or ends) on the line of the year."""
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return WIDTH * ((day - date(year, 1, 1)).days + after) / days
