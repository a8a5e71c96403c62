"""Who owes which report and what became of it: one statement for everybody against a tally by hand."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.oversight.obligations import crowd as people

from atvsld.kit.periods import Period
from atvsld.law.reporting_duties_reading import load_reporting_calendar

CASES = [
    ("R1", "2025"), ("R1", "2026-H1"), ("R8", "2025"), ("R8", "2026"), ("OH_EMPLOYER", "2025"), ("R9", "2025"),
    ("R7", "2025"), ("R7", "2025-H1"), ("EMPLOYER_MONITORING", "2026"), ("EMPLOYER_MONITORING", "2025"),
    ("BCT_EMPLOYER", "2025"), ("EXPLOSIVES_EMPLOYER", "2026-H1"),
]  # fmt: skip


def term_of(report, period):
    return load_reporting_calendar().term(report, Period.parse(period))


@pytest.mark.parametrize(("report", "period"), CASES)
def test_the_statement_says_what_a_tally_by_hand_says_and_each_answer_explains_itself(crowd, report, period):
    from atvsld.oversight.obligations import board
    from atvsld.oversight.obligations.expected import explained, of_reporter

    term = term_of(report, period)
    by_hand = {firm.pk: people.owes(report, period, firm, crowd, term.as_of) for firm in crowd.firms}
    said = explained(term, by_hand, today=people.TODAY)
    assert {pk: verdict.owes for pk, verdict in said.items()} == by_hand
    found = board.total(term, today=people.TODAY)
    assert (found.obliged, found.cannot_tell) == (
        sum(owed is True for owed in by_hand.values()),
        sum(owed is None for owed in by_hand.values()),
    )
    assert {True, None} <= set(by_hand.values()), "the crowd must hold both"
    # The answer of one, asked alone, is the same, with a sentence and an article for every fact.
    for firm in crowd.firms[:12]:
        alone = next(
            one
            for one in of_reporter("establishments", firm.pk, int(period[:4]), today=people.TODAY)
            if (one.term.duty.id, one.term.period.code) == (report, period)
        )
        assert alone.verdict.owes is by_hand[firm.pk]
        assert all(reason.said.vi and str(reason.citation) for reason in alone.verdict.why)
        assert bool(alone.to_json().get("why")) is (alone.verdict.owes is True)


@pytest.mark.parametrize(("today", "past"), [(date(2026, 7, 4), False), (date(2026, 7, 5), True)])
def test_numbers_of_the_board_by_every_grouping_equal_their_lists_and_the_tally(crowd, today, past):
    from atvsld.oversight.obligations import board
    from atvsld.oversight.obligations.grouping import grouped, groupings
    from atvsld.oversight.obligations.statement import rows

    term = term_of("R1", "2026-H1")
    people.file_some(crowd, "R1", "2026-H1", term.last_ok)
    expected: Counter[str] = Counter()
    from atvsld.oversight.filing.models import Filing

    filed = {one.establishment_id: one for one in Filing.objects.all()}
    for firm in crowd.firms:
        owed = people.owes("R1", "2026-H1", firm, crowd, term.as_of)
        one = filed.get(firm.pk)
        sent = one is not None and one.submitted_at is not None
        if owed is None:
            expected["cannot_tell"] += 1
        if owed is not True:
            expected["unexpected"] += sent
            continue
        expected["obliged"] += 1
        if sent:
            expected["in"] += 1
            expected["nil"] += one.nil
            expected["returned"] += one.state == "returned"
            expected["late" if one.late else "on_time"] += 1
        elif past:
            expected["silent"] += 1
        else:
            expected["draft" if one is not None else "waiting"] += 1
    whole = board.total(term, today=today)
    names = [name for name in board.LISTS if name != "not_owed"]
    assert {name: getattr(whole, "in_" if name == "in" else name) for name in names} == {
        name: expected[name] for name in names
    }
    assert whole.obliged == whole.in_ + whole.draft + whole.waiting + whole.silent
    for by, _label in groupings(term):
        lines = grouped(term, by, board.counts(term, today=today, group=by), today=today)
        assert sum((line.counts for line in lines), board.Counts()) == whole
        for line in lines:
            for name in names:
                listed = rows(*board.listed_sql(term, name, today=today, group=by, keys=line.keys))
                assert len(listed) == getattr(line.counts, "in_" if name == "in" else name), (by, line.label, name)


def test_a_body_owes_by_the_function_it_holds_at_the_end_of_the_period(crowd):
    from atvsld.oversight.obligations import board
    from atvsld.oversight.obligations.expected import of_reporter

    ended = people.body("xa-cu", "commune", crowd.communes[0], end=date(2026, 6, 29))
    begun = people.body("xa-moi", "commune", crowd.communes[0], start=date(2026, 6, 30))
    term = term_of("R2", "2026-H1")
    assert board.total(term, today=people.TODAY).obliged == len(crowd.offices) + 1
    answers = {
        body.code: next(
            one.verdict.owes
            for one in of_reporter("bodies", body.pk, 2026, today=people.TODAY)
            if (one.term.duty.id, one.term.period.code) == ("R2", "2026-H1")
        )
        for body in (ended, begun)
    }
    assert answers == {"xa-cu": False, "xa-moi": True}
    # The department owes no commune's report; the question is not even put with a wrong reason.
    reports = {
        one.term.duty.id: one.verdict.owes for one in of_reporter("bodies", crowd.lead.pk, 2026, today=people.TODAY)
    }
    assert reports["R4"] is True
    assert reports.get("R2") is not True


def test_a_provider_owes_for_the_services_it_held_papers_for(crowd):
    from atvsld.oversight.obligations.expected import explained

    start = date(2022, 1, 1)
    trains = people.provider("huan luyen", ("training", start, None))
    ended = people.provider("het han", ("training", start, date(2025, 12, 31)))
    other = people.provider("kiem dinh", ("technical_inspection", start, None))
    bare = people.provider("chua ghi giay")
    gone = people.provider("cham dut", ("training", start, None), ceased=date(2026, 3, 1))
    term = term_of("TRAINING_PROVIDER", "2026")
    ids = [one.pk for one in (trains, ended, other, bare, gone)]
    said = explained(term, ids, today=people.TODAY)
    assert [said[pk].owes for pk in ids] == [True, False, False, None, False]


def test_states_in_the_course_of_a_period(crowd):
    from atvsld.oversight.obligations.expected import answered

    firm, other, third = crowd.firms[:3]
    term = term_of("R8", "2025")
    for one in (firm, other, third):
        people.WorkforceYear.objects.update_or_create(establishment=one, year=2025, defaults={"workers": 5})
    people.Establishment.objects.update(closed_on=None)

    def state(today):
        return answered("establishments", firm.pk, [term], today=today)[0].state

    days = [date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 9), date(2026, 1, 10)]
    assert [state(day) for day in days] == ["not_due", "due_soon", "due_soon", "silent"]
    people.file("R8", "2025", at=None, last_ok=term.last_ok, establishment=firm)
    assert [state(date(2026, 1, 9)), state(date(2026, 1, 10))] == ["draft", "silent"]
    # The last minute of the last day in Viet Nam is in time, the next one is not.
    for late, sender, at in (
        (0, other, datetime(2026, 1, 9, 16, 59, tzinfo=UTC)),
        (1, third, datetime(2026, 1, 9, 17, 0, tzinfo=UTC)),
    ):
        people.file("R8", "2025", at=at, last_ok=term.last_ok, establishment=sender)
        found = answered("establishments", sender.pk, [term], today=people.TODAY)[0]
        assert (found.state, found.days_late) == ("submitted_late" if late else "submitted", late)


@pytest.mark.slow
def test_the_board_of_twenty_five_thousand_takes_well_under_a_second(crowd):
    from atvsld.oversight.obligations import board

    place = crowd.communes[0].pk
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO establishments_establishment (public_id, tax_code, name, name_folded, place_id,"
            " headquarters_place_id, address, industry_version, industry_code, ownership_type, phone, email,"
            " verification, version) SELECT lpad(n::text, 26, '0'), '88' || lpad(n::text, 8, '0'), 'x', 'x', %s, %s,"
            " '', '2025', '1410', '', '', '', 'verified', 1 FROM generate_series(1, 25000) n",
            [place, place],
        )
        cursor.execute(
            "INSERT INTO establishments_workforceyear (establishment_id, year, workers, source)"
            " SELECT id, 2025, 10, 'x' FROM establishments_establishment WHERE name = 'x'"
        )
    term = term_of("R1", "2026-H1")
    assert board.total(term, today=people.TODAY).obliged > 25_000
    seconds = {by: round(_seconds(board, term, by), 2) for by in ("", "commune", "sector", "size")}
    assert max(seconds.values()) < 2.0, seconds


def _seconds(board, term, by):
    start = time.perf_counter()
    board.counts(term, today=people.TODAY, group=by)
    return time.perf_counter() - start
