"""Verdicts on yearly targets: against simulation, against the p values, and in words."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from atvsld.kit.certainty import Certainty, Citation
from atvsld.statistics.intervals import rate_ratio
from atvsld.statistics.rates import pool, rate
from atvsld.statistics.targets import Direction, Target, Verdict, assess, years_until_tellable

SOURCE = "Tổng điều tra kinh tế"
FALL = Target(Direction.FALL, Decimal("0.04"), 2023)
RISE = Target(Direction.RISE, Decimal("0.05"), 2023)
SIMULATIONS = 10_000


def deaths(count, workers=500_000):
    return rate(count, workers, 100_000, SOURCE)


def shares(target, year, earlier, later):
    """Share of simulated provinces with each verdict; each distinct pair of counts is judged once."""
    pairs, times = np.unique(np.column_stack([earlier, later]), axis=0, return_counts=True)
    required = float(target.required_ratio(year))
    total = pairs.sum(axis=1)
    share = required / (1 + required)
    below = binom.cdf(pairs[:, 1], total, share) <= 0.025
    above = binom.sf(pairs[:, 1] - 1, total, share) <= 0.025
    met, missed = (below, above) if target.direction is Direction.FALL else (above, below)
    return {Verdict.MET: times[met].sum() / times.sum(), Verdict.NOT_MET: times[missed].sum() / times.sum()}


def test_the_path_compounds_from_the_baseline():
    assert FALL.path(Decimal(100), 2023) == 100
    assert FALL.path(Decimal(100), 2024) == 96
    assert FALL.path(Decimal(100), 2026) == Decimal("88.4736")
    assert RISE.path(Decimal(100), 2025) == Decimal("110.25")
    with pytest.raises(ValueError):
        FALL.path(Decimal(100), 2022)


@pytest.mark.parametrize("share", ["0", "1", "-0.04", "4"])
def test_a_target_is_a_share_between_none_and_all(share):
    with pytest.raises(ValueError):
        Target(Direction.FALL, Decimal(share), 2023)


def test_four_deaths_after_five_look_like_a_success_but_prove_nothing():
    found = assess(FALL, deaths(5), deaths(4), 2024)
    assert found.naive is True
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.required_value == Decimal("0.96")
    assert "Chưa thể kết luận" in found.explanation.text
    assert "không quá 96,0 %" in found.explanation.text
    assert "80,0 %" in found.explanation.text


@pytest.mark.parametrize(
    ("target", "before", "after", "verdict"),
    [
        (FALL, 700, 500, Verdict.MET),
        (FALL, 700, 660, Verdict.CANNOT_TELL),
        (FALL, 700, 900, Verdict.NOT_MET),
        (FALL, 40, 0, Verdict.MET),
        (FALL, 0, 9, Verdict.NOT_MET),
        (RISE, 700, 900, Verdict.MET),
        (RISE, 700, 730, Verdict.CANNOT_TELL),
        (RISE, 700, 500, Verdict.NOT_MET),
    ],
)
def test_a_verdict_is_given_only_when_the_whole_interval_is_on_one_side(target, before, after, verdict):
    assert assess(target, deaths(before), deaths(after), 2024).verdict is verdict


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.integers(2024, 2040), st.sampled_from([FALL, RISE]))
def test_the_verdict_agrees_with_the_one_sided_p_values(before, after, year, target):
    found = assess(target, deaths(before), deaths(after, 650_000), year)
    ratio = rate_ratio(after, 650_000, before, 500_000)
    required = float(target.required_ratio(year))
    below, above = ratio.p_below(required) <= 0.025, ratio.p_above(required) <= 0.025
    met, missed = (below, above) if target.direction is Direction.FALL else (above, below)
    expected = Verdict.MET if met else Verdict.NOT_MET if missed else Verdict.CANNOT_TELL
    assert found.verdict is (expected if before + after else Verdict.CANNOT_TELL)


@pytest.mark.parametrize("expected", [0.5, 5.0, 30.0, 700.0])
@pytest.mark.parametrize("target", [FALL, RISE])
def test_of_ten_thousand_provinces_without_change_at_most_one_in_twenty_is_said_to_have_met_it(target, expected):
    chance = np.random.default_rng(20240601)
    earlier, later = chance.poisson(expected, SIMULATIONS), chance.poisson(expected, SIMULATIONS)
    bare = later <= 0.96 * earlier if target is FALL else later >= 1.05 * earlier
    assert shares(target, 2024, earlier, later)[Verdict.MET] <= 0.05
    if expected >= 5:
        assert bare.mean() > 0.05, "the bare comparison is what this rule replaces"


@pytest.mark.parametrize("target", [FALL, RISE])
def test_a_province_that_just_meets_the_target_is_seldom_said_to_have_missed_it(target):
    chance = np.random.default_rng(7)
    earlier = chance.poisson(50, SIMULATIONS)
    later = chance.poisson(50 * float(target.required_ratio(2028)), SIMULATIONS)
    assert shares(target, 2028, earlier, later)[Verdict.NOT_MET] <= 0.05


@pytest.mark.parametrize(("target", "expected"), [(FALL, 20), (FALL, 40), (FALL, 700), (RISE, 40), (RISE, 700)])
def test_the_year_from_which_it_can_be_told_is_confirmed_by_simulation(target, expected):
    years = years_until_tellable(target, expected)
    assert years is not None
    chance = np.random.default_rng(11)
    earlier, later = chance.poisson(expected, SIMULATIONS), chance.poisson(expected, SIMULATIONS)
    year = target.baseline_year + years
    assert shares(target, year, earlier, later)[Verdict.NOT_MET] >= 0.785
    assert shares(target, year - 1, earlier, later)[Verdict.NOT_MET] < 0.815


def test_more_events_tell_sooner_and_too_few_never():
    waits = [years_until_tellable(FALL, expected) or 99 for expected in (20, 100, 700, 5000)]
    assert waits == sorted(waits, reverse=True)
    assert years_until_tellable(FALL, 20, cap=waits[0] - 1) is None
    assert years_until_tellable(FALL, 5) is None
    assert years_until_tellable(FALL, 0) is None


def test_a_province_with_five_deaths_a_year_is_advised_to_pool_years_and_then_it_can_be_told():
    single = assess(FALL, deaths(5), deaths(4), 2024)
    assert single.tellable_after is None
    assert "nên gộp nhiều năm" in single.explanation.parts[0].text
    five_years = pool(deaths(5) for _ in range(5))
    assert assess(FALL, five_years, five_years, 2024).tellable_after is not None


@pytest.mark.parametrize(
    ("baseline", "actual", "words"),
    [
        (deaths(5, None), deaths(4), "Năm gốc: Không tính tần suất vì chưa có mẫu số"),
        (deaths(5), deaths(4, 0), "Năm 2024: Không tính tần suất vì mẫu số không lớn hơn 0"),
        (deaths(0), deaths(0), "Cả hai kỳ đều không có vụ việc nào"),
    ],
)
def test_what_cannot_be_compared_is_not_judged_and_the_reason_is_said(baseline, actual, words):
    found = assess(FALL, baseline, actual, 2024)
    assert (found.verdict, found.naive, found.ratio) == (Verdict.CANNOT_TELL, None, None)
    assert words in found.explanation.text


def test_the_baseline_year_itself_is_not_judged():
    found = assess(FALL, deaths(700), deaths(700), 2023)
    assert found.verdict is Verdict.CANNOT_TELL
    assert "năm gốc" in found.explanation.text


def test_rates_in_different_units_are_not_compared():
    with pytest.raises(ValueError):
        assess(FALL, rate(5, 1000, 1000, SOURCE), deaths(5), 2024)


def test_the_explanation_carries_source_status_and_every_number():
    found = assess(
        FALL, deaths(50), deaths(44, 520_000), 2024, citation=Citation("CT-31", "mục II"), status=Certainty.INDIRECT
    )
    facts = dict(found.explanation.facts)
    assert facts["Mẫu số năm 2024"] == f"520.000 ({SOURCE})"
    assert facts["Số vụ việc năm gốc 2023"] == "50"
    assert facts["Tần suất năm gốc 2023"] == "10,00 trên 100.000"
    assert found.tellable_after is not None
    assert str(2023 + found.tellable_after) in found.explanation.parts[0].text
    sent = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert sent["explanation"]["citation"] == "CT-31 mục II"
    assert sent["explanation"]["status"] == "indirect"
    assert sent["verdict"] == "cannot_tell"


def test_an_unbounded_interval_is_worded_and_sent_without_infinity():
    found = assess(FALL, deaths(0), deaths(9), 2024)
    assert "trở lên" in found.explanation.text
    assert json.loads(json.dumps(found.to_json(), allow_nan=False))["interval"]["high"] is None
