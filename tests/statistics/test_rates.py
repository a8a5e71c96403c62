"""A rate always has a denominator that says where it comes from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.statistics import rates
from atvsld.statistics.rates import Rate, pool, rate

SOURCE = "Báo cáo của cơ sở, cột 6"


def test_five_deaths_among_two_hundred_thousand_workers_are_two_and_a_half_per_hundred_thousand():
    found = rate(5, 200_000, 100_000, SOURCE)
    assert found.value == Decimal("2.5")
    assert found.text(1) == "2,5"
    assert (found.denominator, found.denominator_source, found.reason) == (Decimal(200_000), SOURCE, "")


@pytest.mark.parametrize(
    ("workers", "source", "reason"),
    [
        (None, SOURCE, rates.NO_DENOMINATOR),
        (0, SOURCE, rates.NOT_POSITIVE),
        (-4, SOURCE, rates.NOT_POSITIVE),
        (1000, "", rates.NO_SOURCE),
        (1000, "  ", rates.NO_SOURCE),
    ],
)
def test_a_rate_without_a_sound_named_denominator_is_withheld_with_the_reason(workers, source, reason):
    found = rate(5, workers, 1000, source)
    assert found.value is None
    assert found.reason == reason
    assert found.text() == "n/a"
    assert found.to_json()["value"] is None


def test_a_count_of_zero_among_known_workers_is_a_rate_of_zero():
    assert rate(0, 900, 1000, SOURCE).value == 0


@pytest.mark.parametrize(("count", "per"), [(-1, 1000), (1, 0)])
def test_impossible_arguments_are_the_callers_fault(count, per):
    with pytest.raises(ValueError):
        rate(count, 10, per, SOURCE)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10**6)), min_size=1, max_size=5),
    st.sampled_from([1000, 100_000]),
)
def test_pooling_years_divides_all_events_by_all_person_years(years, per):
    pooled = pool(rate(count, workers, per, SOURCE) for count, workers in years)
    exact = Fraction(sum(count for count, _ in years) * per, sum(workers for _, workers in years))
    assert pooled.value is not None
    assert abs(Fraction(pooled.value) - exact) <= exact / 10**20
    assert pooled.denominator_source == SOURCE


def test_one_year_without_denominator_withholds_the_pooled_rate():
    pooled = pool([rate(5, 1000, 1000, SOURCE), rate(4, None, 1000, SOURCE)])
    assert pooled == Rate(9, None, 1000, SOURCE, None, rates.NO_DENOMINATOR)


def test_pooling_nothing_gives_no_rate_and_pooling_different_units_is_refused():
    assert pool([]).reason == rates.NOTHING_TO_POOL
    with pytest.raises(ValueError):
        pool([rate(1, 10, 1000, SOURCE), rate(1, 10, 100_000, SOURCE)])
