"""Exact intervals for counts of rare events, and for the ratio of two rates.

Counts are taken as Poisson. The interval of a count is Garwood's (Biometrika 28, 1936); the ratio
of two rates is judged conditionally on the sum of both counts, which makes it a binomial share
with the interval of Clopper and Pearson (Biometrika 26, 1934). Neither ever covers less often than
its confidence says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scipy.stats import beta, binom, chi2

from atvsld.statistics.rates import Rate


@dataclass(frozen=True, slots=True)
class Interval:
    """A range with its confidence; `high` may be infinite, which is written None in JSON."""

    low: float
    high: float
    confidence: float = 0.95

    def contains(self, number: float) -> bool:
        return self.low <= number <= self.high

    def scaled(self, factor: float) -> Interval:
        return Interval(self.low * factor, self.high * factor, self.confidence)

    def to_json(self) -> dict[str, Any]:
        high = self.high if math.isfinite(self.high) else None
        return {"low": self.low, "high": high, "confidence": self.confidence}


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The rate of one population or year over that of another, from counts and person-years.

    `estimate` is None when the reference count is 0. The p values test a stated ratio: a small
    `p_below(r)` is evidence that the true ratio lies below r, a small `p_above(r)` that it lies above.
    """

    count: int
    exposure: float
    base_count: int
    base_exposure: float
    interval: Interval

    @property
    def estimate(self) -> float | None:
        if not self.base_count:
            return None
        return (self.count / self.exposure) / (self.base_count / self.base_exposure)

    def p_below(self, ratio: float = 1.0) -> float:
        """Chance of a count this low or lower if the true ratio were `ratio` (one-sided)."""
        return float(binom.cdf(self.count, self.count + self.base_count, self._share(ratio)))

    def p_above(self, ratio: float = 1.0) -> float:
        """Chance of a count this high or higher if the true ratio were `ratio` (one-sided)."""
        return float(binom.sf(self.count - 1, self.count + self.base_count, self._share(ratio)))

    def p_two_sided(self, ratio: float = 1.0) -> float:
        """Twice the smaller one-sided value, at most 1; agrees with the interval."""
        return min(1.0, 2 * min(self.p_below(ratio), self.p_above(ratio)))

    def _share(self, ratio: float) -> float:
        return ratio * self.exposure / (ratio * self.exposure + self.base_exposure)


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """Exact interval for the expected number behind an observed count. ValueError for a negative count."""
    if count < 0:
        raise ValueError("count must not be negative")
    tail = _tail(confidence)
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return Interval(low, float(chi2.isf(tail, 2 * count + 2)) / 2, confidence)


def rate_interval(one: Rate, confidence: float = 0.95) -> Interval | None:
    """Exact interval in the unit of the rate; None when the rate is withheld."""
    if one.value is None or one.denominator is None:
        return None
    return poisson_interval(one.count, confidence).scaled(one.per / float(one.denominator))


def rate_ratio(
    count: int,
    exposure: Decimal | float,
    base_count: int,
    base_exposure: Decimal | float,
    *,
    confidence: float = 0.95,
) -> RateRatio:
    """Compare two rates exactly; exposures are persons or person-years, counted alike.

    With no event on either side nothing can be said and the interval is (0, ∞). ValueError for
    negative counts or exposures that are not positive.
    """
    exposed, base_exposed = float(exposure), float(base_exposure)
    if min(count, base_count) < 0 or min(exposed, base_exposed) <= 0:
        raise ValueError("counts must not be negative and exposures must be positive")
    tail = _tail(confidence)
    low = float(beta.ppf(tail, count, base_count + 1)) if count else 0.0
    high = float(beta.isf(tail, count + 1, base_count)) if base_count else 1.0
    scale = base_exposed / exposed
    interval = Interval(_odds(low) * scale, _odds(high) * scale, confidence)
    return RateRatio(count, exposed, base_count, base_exposed, interval)


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    return (1 - confidence) / 2


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)
