"""Exact intervals against published values, closed forms and other routes through scipy."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, poisson

from atvsld.statistics.intervals import poisson_interval, rate_interval, rate_ratio
from atvsld.statistics.rates import rate

COUNTS = st.integers(0, 300)
EXPOSURES = st.integers(1_000, 5_000_000)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [  # Garwood limits as printed in statistical tables
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (2, 0.2422, 7.2247),
        (5, 1.6235, 11.6683),
        (10, 4.7954, 18.3904),
        (20, 12.2165, 30.8884),
    ],
)
def test_the_interval_of_a_count_is_that_of_the_published_tables(count, low, high):
    found = poisson_interval(count)
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_no_event_leaves_an_upper_limit_with_a_closed_form():
    assert poisson_interval(0, 0.95).high == pytest.approx(-math.log(0.025))
    assert poisson_interval(0, 0.9).high == pytest.approx(-math.log(0.05))


@given(st.integers(1, 2000), st.sampled_from([0.9, 0.95, 0.99]))
def test_each_limit_leaves_exactly_its_tail_of_the_poisson_distribution(count, confidence):
    found = poisson_interval(count, confidence)
    tail = (1 - confidence) / 2
    assert poisson.sf(count - 1, found.low) == pytest.approx(tail, rel=1e-6)
    assert poisson.cdf(count, found.high) == pytest.approx(tail, rel=1e-6)


def test_the_interval_covers_the_truth_at_least_as_often_as_it_says():
    for mean in (0.4, 1.7, 5.0, 12.3):
        counts = np.arange(0, 80)
        covered = [poisson_interval(int(count)).contains(mean) for count in counts]
        assert poisson.pmf(counts, mean)[covered].sum() >= 0.95


def test_the_interval_of_a_rate_has_the_unit_of_the_rate():
    found = rate_interval(rate(5, 200_000, 100_000, "điều tra lao động"))
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(1.6235 / 2, abs=1e-4), pytest.approx(11.6683 / 2, abs=1e-4))
    assert rate_interval(rate(5, None, 100_000, "điều tra lao động")) is None


@settings(max_examples=60, deadline=None)
@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES, st.sampled_from([0.5, 0.96, 1.0, 1.3]))
def test_the_ratio_agrees_with_the_exact_binomial_test_of_scipy(count, exposure, base_count, base_exposure, ratio):
    if count + base_count == 0:
        return
    found = rate_ratio(count, exposure, base_count, base_exposure)
    share = ratio * exposure / (ratio * exposure + base_exposure)
    total = count + base_count
    assert found.p_below(ratio) == pytest.approx(binomtest(count, total, share, "less").pvalue, rel=1e-9, abs=1e-300)
    assert found.p_above(ratio) == pytest.approx(binomtest(count, total, share, "greater").pvalue, rel=1e-9, abs=1e-300)
    reference = binomtest(count, total).proportion_ci(0.95, "exact")
    scale = base_exposure / exposure
    assert found.interval.low == pytest.approx(reference.low / (1 - reference.low) * scale, rel=1e-6)
    if base_count:
        assert found.interval.high == pytest.approx(reference.high / (1 - reference.high) * scale, rel=1e-6)
    else:
        assert math.isinf(found.interval.high)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 20))
def test_a_ratio_lies_outside_the_interval_exactly_when_its_p_value_is_small(count, base_count, ratio):
    found = rate_ratio(count, 1000, base_count, 1000)
    p_value = found.p_two_sided(ratio)
    if abs(p_value - 0.05) > 1e-9:
        assert found.interval.contains(ratio) == (p_value > 0.05)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200), EXPOSURES, st.integers(1, 200), EXPOSURES)
def test_swapping_the_two_years_turns_the_ratio_over(count, exposure, base_count, base_exposure):
    there = rate_ratio(count, exposure, base_count, base_exposure)
    back = rate_ratio(base_count, base_exposure, count, exposure)
    assert there.interval.low == pytest.approx(1 / back.interval.high, rel=1e-6)
    assert there.interval.high == pytest.approx(1 / back.interval.low, rel=1e-6)


def test_nineteen_deaths_after_twenty_are_no_evidence_of_change():
    found = rate_ratio(19, 100_000, 20, 100_000)
    assert found.interval.contains(1.0)
    assert found.p_two_sided() == pytest.approx(1.0)
    assert found.estimate == pytest.approx(0.95)


def test_without_any_event_nothing_can_be_said_and_json_stays_valid():
    found = rate_ratio(0, 10, 0, 10)
    assert (found.estimate, found.interval.low, found.interval.high) == (None, 0.0, math.inf)
    assert json.loads(json.dumps(found.interval.to_json(), allow_nan=False))["high"] is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_interval(-1),
        lambda: poisson_interval(1, 1.0),
        lambda: rate_ratio(1, 0, 1, 10),
        lambda: rate_ratio(-1, 10, 1, 10),
    ],
)
def test_impossible_arguments_are_refused(call):
    with pytest.raises(ValueError):
        call()
