"""Dated values: one answer within validity, never one outside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.kit.dated import Dated, DatedSeries, NotInForce

SOURCE = Citation("ND-TEST", "Điều 1")
START = date(2010, 1, 1)


@st.composite
def series(draw):
    """Entries in random order with random gaps, the last one open now and then."""
    lengths = draw(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 400)), max_size=6))
    day, entries = START, []
    for number, (gap, length) in enumerate(lengths):
        first = day + timedelta(days=gap)
        day = first + timedelta(days=length)
        entries.append(Dated(first, day - timedelta(days=1), number, SOURCE))
    if entries and draw(st.booleans()):
        last = entries.pop()
        entries.append(Dated(last.valid_from, None, last.value, SOURCE))
    return DatedSeries("thử", draw(st.permutations(entries)))


@given(series(), st.integers(-100, 4000))
def test_a_series_answers_with_the_one_entry_in_force_and_is_silent_otherwise(values, offset):
    day = START + timedelta(days=offset)
    holding = [entry for entry in values if entry.valid_from <= day and (entry.valid_to or date.max) >= day]
    assert len(holding) <= 1
    if holding:
        assert values.at(day) is holding[0]
    else:
        with pytest.raises(NotInForce, match="thử"):
            values.at(day)


def test_both_ends_of_validity_belong_to_it():
    values = DatedSeries("mức", [Dated(date(2024, 1, 1), date(2024, 6, 30), 1, SOURCE)])
    assert values.at(date(2024, 1, 1)).value == values.at(date(2024, 6, 30)).value == 1
    for day in (date(2023, 12, 31), date(2024, 7, 1)):
        with pytest.raises(NotInForce, match=f"{day:%d/%m/%Y}"):
            values.at(day)


@pytest.mark.parametrize("first_end", [None, date(2024, 7, 1), date(2025, 1, 1)])
def test_values_that_hold_on_the_same_day_are_refused(first_end):
    entries = [Dated(date(2024, 1, 1), first_end, 1, SOURCE), Dated(date(2024, 7, 1), None, 2, SOURCE)]
    with pytest.raises(ValueError, match="chồng nhau"):
        DatedSeries("mức", entries)


def test_a_value_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError):
        DatedSeries("mức", [Dated(date(2024, 7, 1), date(2024, 1, 1), 1, SOURCE)])


def test_the_series_lists_its_values_in_time():
    entries = [Dated(date(2024, 7, 1), None, 2, SOURCE), Dated(date(2024, 1, 1), date(2024, 6, 30), 1, SOURCE)]
    assert [entry.value for entry in DatedSeries("mức", entries)] == [1, 2]


def test_the_least_certain_status_wins():
    assert worst([]) is Certainty.OFFICIAL
    assert worst([Certainty.OFFICIAL, Certainty.INDIRECT]) is Certainty.INDIRECT
    assert worst([Certainty.PROVISIONAL, Certainty.INDIRECT, Certainty.OFFICIAL]) is Certainty.PROVISIONAL


def test_a_citation_reads_as_instrument_and_place():
    assert str(Citation("ND-39-2016", "Điều 24 khoản 1")) == "ND-39-2016 Điều 24 khoản 1"
    assert str(Citation("ND-39-2016")) == "ND-39-2016"


def test_every_status_can_be_named_in_both_languages():
    labels = {label for status in Certainty for label in (status.label_vi, status.label_en)}
    assert len(labels) == 2 * len(Certainty)
