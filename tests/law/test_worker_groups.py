"""Who is a minor, elderly, an apprentice – and from which day to which."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.law.worker_groups import Span, WorkerGroup, load_group_rules

RULES = load_group_rules()
ELDERLY = RULES.rules[WorkerGroup.ELDERLY].retirement
BIRTHS = st.dates(date(1935, 1, 1), date(2015, 12, 31))


def spans(**facts):
    return {(item.group.value, item.span) for item in RULES.memberships(**({"sex": None, "birth": None} | facts))}


def test_nothing_is_concluded_of_a_person_of_whom_nothing_is_known():
    assert spans() == set()


def test_a_minor_is_one_until_the_day_before_the_eighteenth_birthday():
    found = RULES.memberships(sex="male", birth=date(2008, 2, 29))
    (minor,) = [item for item in found if item.group is WorkerGroup.MINOR]
    assert minor.span == Span(date(2008, 2, 29), date(2026, 2, 27))
    assert minor.span.holds_on(date(2026, 2, 27))
    assert not minor.span.holds_on(date(2026, 2, 28))


@pytest.mark.parametrize(
    ("sex", "birth", "reached"),
    [
        # Rows of the annex of Decree 135/2020: month of birth, age asked for.
        ("male", date(1961, 1, 15), date(2021, 4, 15)),
        ("male", date(1961, 9, 30), date(2021, 12, 30)),
        ("male", date(1961, 10, 1), date(2022, 4, 1)),
        ("male", date(1962, 6, 30), date(2022, 12, 30)),
        ("male", date(1966, 4, 10), date(2028, 4, 10)),
        ("male", date(1980, 5, 5), date(2042, 5, 5)),
        ("female", date(1966, 8, 31), date(2021, 12, 31)),
        ("female", date(1966, 9, 1), date(2022, 5, 1)),
        ("female", date(1967, 4, 30), date(2022, 12, 30)),
        ("female", date(1975, 5, 2), date(2035, 5, 2)),
    ],
)
def test_the_age_of_retirement_follows_the_month_of_birth(sex, birth, reached):
    assert ELDERLY[sex].reached_on(birth) == reached
    assert ("elderly", Span(reached)) in spans(sex=sex, birth=birth)


def test_those_who_retired_under_earlier_law_are_elderly_from_the_first_day_of_the_path():
    assert ELDERLY["male"].reached_on(date(1950, 1, 1)) is None
    assert ("elderly", Span(date(2021, 1, 1))) in spans(sex="male", birth=date(1950, 1, 1))


@given(BIRTHS, st.integers(1, 900), st.sampled_from(["male", "female"]))
def test_who_is_born_later_retires_later(birth, days, sex):
    earlier, later = (ELDERLY[sex].reached_on(day) for day in (birth, birth + timedelta(days=days)))
    assert earlier is None or (later is not None and earlier <= later)


@given(BIRTHS, st.sampled_from(["male", "female"]))
def test_the_age_reached_is_that_of_the_year_in_which_it_is_reached(birth, sex):
    day = ELDERLY[sex].reached_on(birth)
    if day is not None:
        months = (day.year - birth.year) * 12 + day.month - birth.month
        assert months == ELDERLY[sex].months(day.year)


@given(st.dates(date(2021, 1, 1), date(2045, 12, 31)), st.sampled_from(["male", "female"]), st.integers(-400, 400))
def test_a_search_by_birth_date_finds_exactly_those_who_reached_the_age(day, sex, shift):
    edge = ELDERLY[sex].youngest_on(day)
    birth = edge + timedelta(days=shift)
    assert ((ELDERLY[sex].reached_on(birth) or date(2021, 1, 1)) <= day) == (birth <= edge)


def test_relations_and_stated_facts_bring_their_own_days():
    months = Span(date(2024, 1, 1), date(2024, 2, 29))
    found = spans(
        sex="female",
        relations=[("probation", months), ("contract", Span(date(2024, 3, 1)))],
        stated=[(WorkerGroup.DISABLED, Span(date(2020, 5, 1)))],
    )
    assert found == {("women", Span()), ("probation", months), ("disabled", Span(date(2020, 5, 1)))}


def test_every_group_has_its_words_source_and_certainty():
    for rule in RULES.rules.values():
        assert rule.label.vi
        assert rule.label.en
        assert rule.citation.locator
    assert RULES.rules[WorkerGroup.ELDERLY].status == "indirect"
