"""Working days: holidays, weekends, decided swaps, and counting forward."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.kit.certainty import Citation
from atvsld.kit.workdays import DaySwap, WorkCalendar

PLAIN = WorkCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 1))
COUNTS = st.integers(0, 30)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 1, 1),  # New Year
        date(2024, 2, 9),  # eve of the lunar new year 2024
        date(2024, 2, 14),  # fifth day of the lunar new year 2024
        date(2024, 4, 18),  # tenth of the third lunar month
        date(2024, 4, 30),
        date(2024, 5, 1),
        date(2024, 9, 2),
        date(2024, 9, 3),  # National Day has had a second day since the Labour Code of 2019
        date(2024, 6, 1),  # Saturday
        date(2024, 6, 2),  # Sunday
    ],
)
def test_holidays_and_weekends_are_not_worked(day):
    assert not PLAIN.is_working_day(day)


def test_holidays_have_vietnamese_names_and_ordinary_days_none():
    assert "Quốc khánh" in (PLAIN.holiday_name(date(2024, 9, 2)) or "")
    assert PLAIN.holiday_name(date(2024, 6, 3)) is None
    assert PLAIN.is_working_day(date(2024, 6, 3))


def test_a_holiday_on_a_sunday_is_made_up_on_the_next_worked_day():
    # 1 May 2022 was a Sunday after the Saturday of 30 April: rest on Monday 2 and Tuesday 3 May.
    assert not PLAIN.is_working_day(date(2022, 5, 2))
    assert not PLAIN.is_working_day(date(2022, 5, 3))
    assert PLAIN.is_working_day(date(2022, 5, 4))


def test_a_decided_swap_moves_the_rest_day_and_makes_the_saturday_worked():
    swap = DaySwap(date(2026, 6, 12), date(2026, 6, 20), Citation("TB-TEST", "thử"))
    swapped = WorkCalendar([swap])
    assert (PLAIN.is_working_day(swap.rest_day), swapped.is_working_day(swap.rest_day)) == (True, False)
    assert (PLAIN.is_working_day(swap.worked_day), swapped.is_working_day(swap.worked_day)) == (False, True)
    assert swapped.add_working_days(date(2026, 6, 11), 1) == date(2026, 6, 15)
    assert swapped.add_working_days(date(2026, 6, 19), 1) == date(2026, 6, 20)


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_the_nth_working_day_is_worked_and_has_n_worked_days_up_to_it(day, count):
    reached = PLAIN.add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (reached - day).days + 1)]
    assert sum(PLAIN.is_working_day(one) for one in between) == count
    assert count == 0 or PLAIN.is_working_day(reached)


@settings(deadline=None)
@given(DAYS, st.integers(0, 20), COUNTS, COUNTS)
def test_counting_forward_is_monotone_in_both_arguments_and_adds_up(day, later, count, more):
    assert PLAIN.add_working_days(day, count) <= PLAIN.add_working_days(day + timedelta(days=later), count)
    assert PLAIN.add_working_days(day, count) <= PLAIN.add_working_days(day, count + more)
    assert PLAIN.add_working_days(PLAIN.add_working_days(day, count), more) == PLAIN.add_working_days(day, count + more)


@settings(deadline=None)
@given(DAYS)
def test_the_next_working_day_is_the_nearest_one_and_itself_when_worked(day):
    found = PLAIN.next_working_day(day)
    assert PLAIN.is_working_day(found)
    assert not any(PLAIN.is_working_day(day + timedelta(days=n)) for n in range((found - day).days))
    assert PLAIN.next_working_day(found) == found


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError):
        PLAIN.add_working_days(date(2024, 6, 3), -1)
