"""Rates: a count over a denominator that says where it comes from, or no rate at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.kit.text import format_number

NO_SOURCE = "Không tính tần suất vì mẫu số không ghi rõ nguồn."
NO_DENOMINATOR = "Không tính tần suất vì chưa có mẫu số (số lao động)."
NOT_POSITIVE = "Không tính tần suất vì mẫu số không lớn hơn 0."
NOTHING_TO_POOL = "Không tính tần suất vì không có kỳ nào."


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` events among `denominator` persons (or person-years), expressed `per` that many.

    `value` is None when the rate is withheld; `reason` then says why, in Vietnamese. Build one
    with `rate`, which never withholds silently and never supplies a default denominator.
    """

    count: int
    denominator: Decimal | None
    per: int
    denominator_source: str
    value: Decimal | None
    reason: str = ""

    def text(self, decimals: int = 2) -> str:
        """The figure as printed, or `n/a` when withheld."""
        return "n/a" if self.value is None else format_number(self.value, decimals)

    def to_json(self) -> dict[str, Any]:
        return {
            "count": self.count,
            "denominator": None if self.denominator is None else str(self.denominator),
            "per": self.per,
            "denominator_source": self.denominator_source,
            "value": None if self.value is None else str(self.value),
            "reason": self.reason,
        }


def rate(count: int, workers: Decimal | int | None, per: int, source: str) -> Rate:
    """The rate of `count` events per `per` workers.

    `source` names where the number of workers comes from; without it, or without a positive
    number of workers, the rate is withheld with a reason. ValueError for a negative count or a
    `per` below 1: those are faults of the caller, not gaps in the data.
    """
    if count < 0 or per < 1:
        raise ValueError("count must not be negative and per must be at least 1")
    denominator = None if workers is None else Decimal(workers)
    source = source.strip()
    reason = _why_withheld(denominator, source)
    if denominator is None or reason:
        return Rate(count, denominator, per, source, None, reason)
    return Rate(count, denominator, per, source, Decimal(count) * per / denominator)


def pool(rates: Iterable[Rate]) -> Rate:
    """The mean rate of several years: all events over all person-years, for counts too small alone.

    Withheld when any of them is withheld. ValueError when they are expressed per different numbers.
    """
    several = tuple(rates)
    if len({one.per for one in several}) > 1:
        raise ValueError("rates expressed per different numbers cannot be pooled")
    if not several:
        return Rate(0, None, 1, "", None, NOTHING_TO_POOL)
    count = sum(one.count for one in several)
    source = "; ".join(dict.fromkeys(one.denominator_source for one in several))
    reason = next((one.reason for one in several if one.value is None), "")
    if reason:
        return Rate(count, None, several[0].per, source, None, reason)
    return rate(count, sum((one.denominator or Decimal(0) for one in several), Decimal(0)), several[0].per, source)


def _why_withheld(denominator: Decimal | None, source: str) -> str:
    if denominator is None:
        return NO_DENOMINATOR
    if denominator <= 0:
        return NOT_POSITIVE
    return "" if source else NO_SOURCE
