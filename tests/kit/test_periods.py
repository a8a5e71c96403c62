"""Reporting periods: they partition the year, and their codes can be read back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.periods import Period, PeriodError, PeriodKind

YEARS = st.integers(1901, 2199)
KINDS = st.sampled_from(PeriodKind)
PERIODS = st.builds(
    lambda year, kind, share: Period(year, kind, 1 + share % kind.per_year), YEARS, KINDS, st.integers(0, 11)
)
DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@given(YEARS, KINDS)
def test_the_periods_of_a_year_follow_one_another_and_cover_it_exactly(year, kind):
    parts = Period(year, PeriodKind.YEAR).parts(kind)
    assert len(parts) == kind.per_year
    assert (parts[0].start, parts[-1].end) == (date(year, 1, 1), date(year, 12, 31))
    for earlier, later in pairwise(parts):
        assert later.start == earlier.end + timedelta(days=1)


@given(PERIODS, KINDS)
def test_parts_cover_the_whole_or_the_division_is_refused(period, kind):
    if kind.per_year < period.kind.per_year:
        with pytest.raises(PeriodError):
            period.parts(kind)
        return
    parts = period.parts(kind)
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert sum((part.end - part.start).days + 1 for part in parts) == (period.end - period.start).days + 1


@given(DAYS, KINDS)
def test_a_day_belongs_to_exactly_one_period_of_each_kind(day, kind):
    holding = [part for part in Period(day.year, PeriodKind.YEAR).parts(kind) if part.contains(day)]
    assert holding == [Period.of(day, kind)]


@given(PERIODS)
def test_a_code_reads_back_as_the_same_period(period):
    assert Period.parse(period.code) == period
    assert Period.parse(f" {period.code.lower()} ") == period
    assert str(period) == period.code


@given(PERIODS)
def test_the_previous_period_ends_the_day_before_and_the_year_before_has_the_same_place(period):
    assert period.previous().end == period.start - timedelta(days=1)
    assert period.previous().kind is period.kind
    before = period.year_before()
    assert (before.kind, before.index, before.year) == (period.kind, period.index, period.year - 1)


@given(PERIODS, PERIODS)
def test_periods_of_one_kind_sort_in_time(one, other):
    if one.kind is other.kind:
        assert (one < other) == (one.start < other.start)


@pytest.mark.parametrize(
    ("code", "start", "end", "label_vi", "label_en"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "năm 2024", "year 2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024", "first half of 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024", "second half of 2024"),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30), "quý III năm 2024", "Q3 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "tháng 02/2024", "February 2024"),
    ],
)
def test_periods_have_the_days_and_names_people_expect(code, start, end, label_vi, label_en):
    period = Period.parse(code)
    assert (period.start, period.end, period.label_vi, period.label_en) == (start, end, label_vi, label_en)


@pytest.mark.parametrize(
    "code", ["", "24", "2024-H3", "2024-Q0", "2024-13", "2024-00", "2024-1", "2024/05", "năm 2024"]
)
def test_what_is_no_period_is_refused_with_what_would_be_accepted(code):
    with pytest.raises(PeriodError, match="2024-Q3"):
        Period.parse(code)


@pytest.mark.parametrize(("kind", "index"), [(PeriodKind.QUARTER, 5), (PeriodKind.MONTH, 0), (PeriodKind.YEAR, 2)])
def test_a_place_that_the_year_does_not_have_is_refused(kind, index):
    with pytest.raises(PeriodError):
        Period(2024, kind, index)


@pytest.mark.parametrize("code", ["0000", "1899", "2201", "9999-12"])
def test_a_year_far_outside_use_is_refused_as_a_period_error(code):
    with pytest.raises(PeriodError):
        Period.parse(code)


@pytest.mark.parametrize("code", ["1900", "1900-H1", "2200", "2200-H2", "2200-Q4", "2200-12"])
def test_the_first_and_last_years_have_start_and_end(code):
    period = Period.parse(code)
    assert period.start <= period.end
    assert period.contains(period.end)
