"""The account of a change is exact: groups add up to the whole, whatever they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.statistics.decomposition import Pair, decompose, without

pairs = st.builds(Pair, st.integers(0, 50), st.integers(0, 20_000))
years = st.dictionaries(st.sampled_from("ABCDEFG"), pairs, max_size=7)


def rate(year: dict[str, Pair], per: int) -> Fraction | None:
    workers = sum(pair.workers for pair in year.values())
    return Fraction(sum(pair.events for pair in year.values()) * per, workers) if workers else None


@given(years, years)
def test_groups_add_up_to_the_change_of_count_and_rate(before, after):
    found = decompose(before, after, per=100_000)
    assert {part.group for part in found.parts} == {*before, *after}
    assert sum(part.events for part in found.parts) == found.after.events - found.before.events
    old, new = rate(before, 100_000), rate(after, 100_000)
    if old is None or new is None:
        assert found.change is None
        return
    assert found.change == new - old == sum((part.change for part in found.parts), Fraction(0))
    for part in found.parts:
        if part.rate is not None:
            assert part.rate + part.share == part.change


def test_by_hand_one_group_grows_safer_and_the_other_larger():
    found = decompose(
        {"A": Pair(4, 1000), "B": Pair(1, 1000)}, {"A": Pair(2, 1000), "B": Pair(3, 3000)}, per=1000
    )  # fmt: skip
    first, second = found.parts
    # A: rate 4 → 2, share 1/2 → 1/4; B: rate 1 → 1, share 1/2 → 3/4.
    assert (first.rate, first.share) == (Fraction(-3, 4), Fraction(-3, 4))
    assert (second.rate, second.share) == (Fraction(0), Fraction(1, 4))
    assert found.change == Fraction(5, 4) - Fraction(5, 2)


@given(years, st.integers(0, 100))
def test_fewer_deaths_in_a_group_never_touch_the_others(year, share):
    for group, pair in year.items():
        found = without(year, group, Fraction(share, 100))
        assert found.workers == sum(one.workers for one in year.values())
        assert found.events == sum(one.events for one in year.values()) - pair.events * share // 100


def test_a_share_outside_nought_to_one_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="share"):
        without({"A": Pair(1, 1)}, "A", Fraction(2))
