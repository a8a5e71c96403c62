"""The time of a dossier: waiting does not count, asking twice gives nobody time anew, and the law book agrees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atvsld.casework.procedures.rules import load_procedures
from atvsld.casework.procedures.timing import counted, last_day, reckon
from atvsld.kit.certainty import Certainty
from atvsld.law import load_book

# The machine may be busy: how long drawing takes says nothing here.
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

CALENDAR = load_book().calendar
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
UNITS = st.sampled_from(["working", "calendar"])


def stretches_of(start: date, gaps: list[tuple[int, int]], *, open_end: bool):
    """In the office so many days, then waiting so many, and so on."""
    found, day = [], start
    for held, waited in gaps:
        found.append((day, day + timedelta(days=held)))
        day += timedelta(days=held + waited)
    return [*found, (day, None)] if open_end else found


GAPS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30)), max_size=4)


@UNHURRIED
@given(DAYS, st.integers(1, 45), UNITS)
def test_without_waiting_the_due_day_is_that_of_the_law_book(start, span, unit):
    found = reckon(CALENDAR, [(start, None)], span=span, unit=unit, until=start)
    expected = (
        CALENDAR.add_working_days(start, span)
        if unit == "working"
        else CALENDAR.next_working_day(start + timedelta(days=span))
    )
    assert found.due == expected
    assert not found.late
    assert reckon(CALENDAR, [(start, None)], span=span, unit=unit, until=expected + timedelta(days=1)).late


@UNHURRIED
@given(DAYS, GAPS, st.integers(1, 30), UNITS)
def test_waiting_moves_the_due_day_on_and_never_gives_days_anew(start, gaps, span, unit):
    held = stretches_of(start, gaps, open_end=True)
    until = held[-1][0]
    found = reckon(CALENDAR, held, span=span, unit=unit, until=until)
    plain = reckon(CALENDAR, [(start, None)], span=span, unit=unit, until=until)
    assert found.due is not None
    assert found.due >= plain.due
    # Days in the office and days waiting make up the whole time, day by day.
    whole = (until - start).days
    assert found.waited + sum((end - begin).days for begin, end in held[:-1]) == whole
    one_by_one = sum(
        unit == "calendar" or CALENDAR.is_working_day(begin + timedelta(days=step))
        for begin, end in held[:-1]
        for step in range(1, (end - begin).days + 1)
    )
    assert found.used == one_by_one


@UNHURRIED
@given(DAYS, GAPS, st.integers(1, 30), UNITS, st.integers(1, 5))
def test_a_longer_time_is_never_late_where_a_shorter_was_not(start, gaps, span, unit, more):
    held = stretches_of(start, [*gaps, (3, 0)], open_end=False)
    until = held[-1][1]
    short = reckon(CALENDAR, held, span=span, unit=unit, until=until, finished=True)
    longer = reckon(CALENDAR, held, span=span + more, unit=unit, until=until, finished=True)
    assert short.due is not None
    assert longer.late <= short.late


def test_a_dossier_that_waits_has_no_due_day_and_one_decided_while_waiting_is_not_late():
    monday = date(2026, 10, 5)
    waiting = [(monday, monday + timedelta(days=2))]
    found = reckon(CALENDAR, waiting, span=5, unit="working", until=monday + timedelta(days=60))
    assert (found.due, found.late, found.used, found.left, found.waited) == (None, False, 2, 3, 58)
    withdrawn = reckon(CALENDAR, waiting, span=5, unit="working", until=monday + timedelta(days=60), finished=True)
    assert not withdrawn.late


def test_time_that_ran_out_before_papers_were_asked_for_stays_run_out():
    monday = date(2026, 10, 5)
    held = [(monday, monday + timedelta(days=10)), (monday + timedelta(days=20), None)]
    found = reckon(CALENDAR, held, span=5, unit="working", until=monday + timedelta(days=21))
    assert (found.due, found.late) == (last_day(CALENDAR, monday, 5, "working"), True)
    assert counted(CALENDAR, monday, monday, "working") == 0


@pytest.mark.parametrize(
    ("procedure", "day", "span", "unit", "status"),
    [
        ("equipment-declaration", date(2025, 3, 1), 5, "calendar", Certainty.OFFICIAL),
        ("equipment-declaration", date(2026, 10, 1), 5, "calendar", Certainty.PROVISIONAL),
        ("training-licence-b", date(2026, 6, 30), 25, "working", Certainty.OFFICIAL),
        ("support-training", date(2025, 3, 1), 15, "working", Certainty.OFFICIAL),
        ("support-retraining", date(2025, 3, 1), 5, "working", Certainty.OFFICIAL),
        ("monitoring-announcement", date(2026, 10, 1), 30, "calendar", Certainty.OFFICIAL),
        ("lower-contribution", date(2026, 4, 28), 30, "working", Certainty.OFFICIAL),
        ("lower-contribution", date(2026, 4, 29), 10, "working", Certainty.OFFICIAL),
        ("training-notification", date(2026, 7, 1), None, "working", Certainty.PROVISIONAL),
    ],
)
def test_the_law_gives_each_procedure_its_days_with_source_and_certainty(procedure, day, span, unit, status):
    known = load_procedures()
    term = known[procedure].at(day).term
    assert (term.span, term.unit, term.status) == (span, unit, status)
    assert known.cited(term.citation)
    assert term.note or status is Certainty.OFFICIAL


def test_a_day_outside_every_version_has_no_time():
    known = load_procedures()
    assert known["training-licence-b"].at(date(2026, 7, 1)) is None
    assert known["lower-contribution"].at(date(2027, 3, 1)) is None
    assert all(one.steps for one in known)
    assert known["support-training"].at(date(2025, 3, 1)).then.term.span == 5


def test_what_is_not_confirmed_stands_in_the_list_with_its_reason():
    open_ones = list(load_procedures().unconfirmed())
    assert {"equipment-declaration", "training-notification"} <= {one.id for one in open_ones}
    assert "monitoring-announcement" not in {one.id for one in open_ones}
    assert all(one.status is not Certainty.OFFICIAL for one in open_ones)
    assert all(one.note for one in open_ones if one.id == "equipment-declaration")
