"""Which groups carry the change of a rate between two years: an exact account, nothing estimated.

The rate of a year is the sum over groups of share of workers × rate in the group. The change of each product is split
halfway (Kitagawa, J. Am. Stat. Assoc. 50, 1955): what the group's own rate did, and what its share of the workers
did. Fractions are kept exact, so that the groups add up to the whole change to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Pair:
    """Events and exposed persons of a group in one year; `workers` 0 where nobody stated any."""

    events: int
    workers: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a group contributes to the change of the rate per `per`, and to the change of the count.

    `rate` is the effect of the group's own rate, `share` that of its share of the workers; both None where one year
    has no workers for the group, when only their sum `change` can be told.
    """

    group: str
    before: Pair
    after: Pair
    change: Fraction
    rate: Fraction | None
    share: Fraction | None

    @property
    def events(self) -> int:
        return self.after.events - self.before.events


@dataclass(frozen=True, slots=True)
class Decomposition:
    """All groups, with the totals they add up to; `change` None when a year has no workers at all."""

    parts: tuple[Part, ...]
    before: Pair
    after: Pair
    change: Fraction | None


def decompose(before: Mapping[str, Pair], after: Mapping[str, Pair], *, per: int) -> Decomposition:
    """Account for the change between two years, group by group, in the order of their names.

    Without workers in one of the years there is no rate, and the parts tell of counts alone.
    """
    old, new = _whole(before.values()), _whole(after.values())
    rated = bool(old.workers and new.workers)
    nothing = Pair(0, 0)
    parts = tuple(
        _part(name, before.get(name, nothing), after.get(name, nothing), old=old, new=new, per=per if rated else 0)
        for name in sorted({*before, *after})
    )
    change = Fraction(new.events * per, new.workers) - Fraction(old.events * per, old.workers) if rated else None
    return Decomposition(parts, old, new, change)


def _part(group: str, before: Pair, after: Pair, *, old: Pair, new: Pair, per: int) -> Part:
    if not per:
        return Part(group, before, after, Fraction(0), None, None)
    change = Fraction(after.events * per, new.workers) - Fraction(before.events * per, old.workers)
    if not (before.workers and after.workers):
        return Part(group, before, after, change, None, None)
    old_share, new_share = Fraction(before.workers, old.workers), Fraction(after.workers, new.workers)
    old_rate, new_rate = Fraction(before.events * per, before.workers), Fraction(after.events * per, after.workers)
    own = (new_rate - old_rate) * (old_share + new_share) / 2
    return Part(group, before, after, change, own, change - own)


def _whole(pairs: Iterable[Pair]) -> Pair:
    held = list(pairs)
    return Pair(sum(pair.events for pair in held), sum(pair.workers for pair in held))


def without(pairs: Mapping[str, Pair], group: str, share: Fraction) -> Pair:
    """All groups together, had a group had that share (0–1) fewer events, rounded to whole events downwards.

    Rounding down spares the reader half a person saved. ValueError for a share outside 0–1, KeyError for no such group.
    """
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1")
    whole = _whole(pairs.values())
    return Pair(whole.events - int(pairs[group].events * share), whole.workers)
