"""Counts of work done, told in part: bounds, verdicts, and that no silence is ever guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.statistics.counts import Known, assess_count, total
from atvsld.statistics.targets import Direction, Target, Verdict

RISE = Target(Direction.RISE, Decimal("0.05"), 2023)
FALL = Target(Direction.FALL, Decimal("0.04"), 2023)
counts = st.integers(0, 5000).map(Decimal)


def known(low: int, high: int | None = None) -> Known:
    return Known(Decimal(low), Decimal(low if high is None else high))


@pytest.mark.parametrize(
    ("base", "actual", "year", "verdict"),
    [
        (known(100), known(105), 2024, Verdict.MET),  # on the line is met
        (known(100), known(104), 2024, Verdict.NOT_MET),
        (known(100), known(104, 110), 2024, Verdict.CANNOT_TELL),  # the silent could bring it over
        (known(100), known(111), 2025, Verdict.MET),  # 100 × 1.05² = 110.25
        (known(100), known(110), 2025, Verdict.NOT_MET),
        (known(90, 120), known(127), 2024, Verdict.MET),  # above 1.05 × the most the base can be
        (known(0, 100), known(50), 2024, Verdict.CANNOT_TELL),
        (known(0), known(50), 2024, Verdict.CANNOT_TELL),  # from nought no rise can be reckoned
        (known(100), known(500), 2023, Verdict.CANNOT_TELL),  # the base year itself
    ],
)
def test_a_rise_is_judged_by_the_worst_and_the_best_case(base, actual, year, verdict):
    assert assess_count(RISE, base, actual, year).verdict is verdict


def test_a_fall_is_the_mirror_and_an_open_bound_decides_nothing():
    assert assess_count(FALL, known(100), known(96), 2024).verdict is Verdict.MET
    assert assess_count(FALL, known(100), known(97), 2024).verdict is Verdict.NOT_MET
    open_ended = Known(Decimal(10), None)
    assert assess_count(FALL, known(100), open_ended, 2024).verdict is Verdict.CANNOT_TELL
    assert assess_count(FALL, known(100), open_ended, 2024).high is None
    with pytest.raises(ValueError, match="ordered"):
        Known(Decimal(2), Decimal(1))


@given(counts, counts, counts, counts, st.integers(2024, 2030), st.data())
def test_a_verdict_holds_for_every_truth_within_the_bounds(low, more, base_low, base_more, year, data):
    base, actual = Known(base_low, base_low + base_more), Known(low, low + more)
    verdict = assess_count(RISE, base, actual, year).verdict
    true_base = data.draw(st.integers(int(base.low), int(base.high)))
    truth = data.draw(st.integers(int(actual.low), int(actual.high)))
    if verdict is Verdict.MET:
        assert truth >= RISE.required_ratio(year) * true_base
    if verdict is Verdict.NOT_MET:
        assert truth < RISE.required_ratio(year) * true_base


@given(st.lists(st.tuples(counts, counts)))
def test_bounds_add_up_and_one_open_bound_opens_the_sum(parts):
    bounds = [Known(low, low + more) for low, more in parts]
    assert total(bounds) == Known(
        sum((low for low, _m in parts), Decimal(0)), sum((a + b for a, b in parts), Decimal(0))
    )
    assert total([*bounds, Known(Decimal(1), None)]).high is None
