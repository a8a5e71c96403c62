"""Targets on counts of work done, where part of the work may not have been told.

Such a count is no sample: chance plays no part, only silence. What is told is a lower bound; what the silent could
add at most makes the upper one. A target is met when even the worst within both bounds meets it, not met when even the
best does not, and otherwise it cannot be told yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.statistics.targets import Direction, Target, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """A count as far as it is known: at least `low`, at most `high`; None where nothing limits it."""

    low: Decimal
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError("bounds must be ordered and not negative")

    def __add__(self, other: Known) -> Known:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Known(self.low + other.low, high)

    @property
    def exact(self) -> bool:
        return self.high == self.low

    def to_json(self) -> dict[str, str | None]:
        return {"low": str(self.low), "high": None if self.high is None else str(self.high)}


NOTHING = Known(Decimal(0), Decimal(0))


def total(parts: Iterable[Known]) -> Known:
    """Bounds of a sum."""
    found = NOTHING
    for part in parts:
        found += part
    return found


@dataclass(frozen=True, slots=True)
class CountAssessment:
    """The verdict on a count. `low` and `high` are the bounds of its ratio to the baseline, None where unlimited.

    `required` is the multiple of the baseline the year asks for.
    """

    year: int
    verdict: Verdict
    required: Decimal
    low: Decimal | None
    high: Decimal | None

    def to_json(self) -> dict[str, Any]:
        bounds = {"low": self.low, "high": self.high}
        return {
            "year": self.year,
            "verdict": self.verdict.value,
            "required_ratio": str(self.required),
            "ratio": {name: None if value is None else str(value) for name, value in bounds.items()},
        }


def assess_count(target: Target, baseline: Known, actual: Known, year: int) -> CountAssessment:
    """Judge the count of `year`. From a baseline that may be nought no rise can be reckoned: cannot tell.

    ValueError for a year before the baseline.
    """
    required = target.required_ratio(year)
    low = actual.low / baseline.high if baseline.high else None
    high = actual.high / baseline.low if actual.high is not None and baseline.low else None
    verdict = Verdict.CANNOT_TELL
    if year > target.baseline_year and baseline.high:
        surely_above = actual.low >= required * baseline.high
        surely_below = actual.high is not None and baseline.low > 0 and actual.high <= required * baseline.low
        if target.direction is Direction.RISE:
            # On the line is met, so below must be strict.
            below = surely_below and actual.high != required * baseline.low
            verdict = Verdict.MET if surely_above else Verdict.NOT_MET if below else verdict
        else:
            above = surely_above and actual.low != required * baseline.high
            verdict = Verdict.MET if surely_below else Verdict.NOT_MET if above else verdict
    return CountAssessment(year, verdict, required, low, high)
