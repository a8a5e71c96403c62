"""Working days in Viet Nam: Monday to Friday, public holidays, and official swaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from atvsld.kit.certainty import Citation


@dataclass(frozen=True, slots=True)
class DaySwap:
    """An official exchange of a working day for a rest day of one year (hoán đổi ngày nghỉ)."""

    rest_day: date
    worked_day: date
    citation: Citation


@lru_cache(maxsize=128)
def _holidays(year: int, language: str = "vi") -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="en_US" if language == "en" else "vi"))


class WorkCalendar:
    """Answers which days are worked.

    Holidays come from the `holidays` library (lunar dates included, compensating rest days too);
    swaps decided for a single year are passed in as dated data.
    """

    def __init__(self, swaps: Iterable[DaySwap] = ()) -> None:
        swaps = tuple(swaps)
        self._rest = {swap.rest_day for swap in swaps}
        self._worked = {swap.worked_day for swap in swaps}

    def holiday_name(self, day: date, language: str = "vi") -> str | None:
        """Name of the public holiday on a day, Vietnamese or English, or None."""
        return _holidays(day.year, language).get(day)

    def is_working_day(self, day: date) -> bool:
        if day in self._worked:
            return True
        if day in self._rest:
            return False
        return day.weekday() < 5 and self.holiday_name(day) is None

    def next_working_day(self, day: date) -> date:
        """The day itself when worked, otherwise the first worked day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after a day; the starting day is not counted.

        `count` must not be negative (ValueError).
        """
        if count < 0:
            raise ValueError("count must not be negative")
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day
