"""A duty is owed once, with the law's own term, and ends once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.registers.duties.conftest import moment

from atvsld.kit.periods import Period


def test_owing_takes_the_term_and_its_article_from_the_law_book(owed, labour_department):
    duty = owed("INV_CHET", at="2026-05-04T09:30")
    # Thirty calendar days after 4 May end on 3 June.
    assert duty.due_at == moment("2026-06-03T23:59:59")
    assert (duty.owner, duty.body, duty.debtor) == ("provincial_team", labour_department, None)
    assert duty.citation == "LUAT-84-2015 Điều 35 khoản 6 điểm d"
    assert duty.answer["rule"] == "INV_CHET"
    assert "30 ngày" in duty.answer["explanation"]["text"]


def test_owing_a_key_again_is_the_duty_of_the_first_time(owed):
    from atvsld.registers.duties.models import Duty

    first = owed("INV_NHE", at="2026-05-04T09:30")
    again = owed("INV_NHE", at="2026-05-06T09:30")
    assert (again.pk, again.due_at) == (first.pk, first.due_at)
    assert Duty.objects.count() == 1


def test_a_duty_of_the_employer_is_owed_by_the_establishment_and_one_of_an_authority_is_not(owed, land):
    assert owed("INV_NHE", at="2026-05-04T09:30").debtor == land.mill
    assert owed("SCENE_2H", at="2026-05-04T09:30").debtor is None


def test_at_once_without_a_number_gets_the_term_of_the_house_and_says_so(owed):
    from atvsld.registers.duties.wording import due_text

    duty = owed("N_STATE", at="2026-05-04T09:30")
    assert duty.house
    assert duty.due_at == moment("2026-05-05T09:30")
    assert "quy ước nội bộ" in due_text(duty)
    assert duty.answer["due"] is None


def test_a_periodic_duty_ends_on_the_day_before_the_named_one(owed):
    duty = owed("R1", at="2026-07-01", period=Period.parse("2026-H1"))
    assert duty.due_at == moment("2026-07-04T23:59:59")
    assert (duty.period, duty.house) == ("2026-H1", False)


def test_an_agreed_day_goes_before_the_span_of_the_rule(owed):
    duty = owed("RECOMMEND", at="2026-05-04", day=date(2026, 8, 15))
    assert duty.due_at == moment("2026-08-15T23:59:59")


@pytest.mark.parametrize(("done", "late"), [("2026-05-08T23:59", False), ("2026-05-09T00:00", True)])
def test_a_duty_done_on_its_last_day_is_in_time_and_a_minute_later_is_not(owed, an_act, done, late):
    from atvsld.registers.duties import facade

    duty = owed("INV_NHE", at="2026-05-04T09:30")
    facade.discharge(an_act(done), key=duty.key)
    duty.refresh_from_db()
    assert (duty.state, duty.late, duty.next_at) == ("done", late, None)


def test_a_duty_to_the_hour_is_late_a_minute_after_its_moment(owed, an_act):
    from atvsld.registers.duties import facade

    duty = owed("SCENE_2H", at="2026-05-04T09:30")
    facade.discharge(an_act("2026-05-05T08:00"), key=duty.key, at=moment("2026-05-04T11:31"))
    duty.refresh_from_db()
    assert duty.late is True


def test_the_first_ending_stands(owed, an_act):
    from atvsld.registers.duties import facade

    duty = owed("INV_NHE", at="2026-05-04T09:30")
    facade.cancel(an_act("2026-05-05T08:00"), key=duty.key, reason="Vụ ngoài phạm vi")
    facade.discharge(an_act("2026-05-06T08:00"), key=duty.key)
    facade.cancel(an_act("2026-05-06T08:00"), key=duty.key, reason="Lý do khác")
    duty.refresh_from_db()
    assert (duty.state, duty.reason, duty.done_at) == ("cancelled", "Vụ ngoài phạm vi", None)


def test_ending_or_extending_an_unknown_key_is_nothing(an_act, db):
    from atvsld.registers.duties import facade

    act = an_act("2026-05-06T08:00")
    facade.discharge(act, key="không có")
    facade.cancel(act, key="không có", reason="")
    assert facade.extend(act, key="không có") is None


def test_an_extension_is_given_once_and_within_what_the_rule_allows(owed, an_act):
    from atvsld.registers.duties import facade

    duty = owed("INV_CHET", at="2026-05-04T09:30")
    with pytest.raises(ValueError, match="từ 1 đến 30 ngày"):
        facade.extend(an_act("2026-05-30T08:00"), key=duty.key, days=31)
    longer = facade.extend(an_act("2026-05-30T08:00"), key=duty.key, days=8)
    assert longer.due_at - duty.due_at == timedelta(days=8)
    again = facade.extend(an_act("2026-05-31T08:00"), key=duty.key)
    assert again.due_at == longer.due_at


def test_a_minor_accidents_investigation_is_never_extended(owed, an_act):
    from atvsld.registers.duties import facade

    duty = owed("INV_NHE", at="2026-05-04T09:30")
    with pytest.raises(ValueError, match="không cho gia hạn"):
        facade.extend(an_act("2026-05-05T08:00"), key=duty.key)


def test_duties_of_a_record_stand_with_the_open_ones_first_and_the_soonest_before_the_later(owed, an_act):
    from atvsld.registers.duties import facade

    for rule in ("INV_CHET", "INV_NHE", "SCENE_2H"):
        owed(rule, at="2026-05-04T09:30")
    facade.discharge(an_act("2026-05-04T10:00"), key="accidents:X:SCENE_2H:1")
    assert [duty.rule for duty in facade.of_subject("accidents", "X")] == ["INV_NHE", "INV_CHET", "SCENE_2H"]
    assert facade.of_subject("accidents", "Y") == []


@pytest.mark.parametrize(
    ("rule", "now", "words"),
    [
        ("INV_NHE", "2026-05-05T10:00", "còn 3 ngày"),
        ("INV_NHE", "2026-05-08T10:00", "hết hạn hôm nay"),
        ("INV_NHE", "2026-05-10T10:00", "quá hạn 2 ngày"),
        # Ten working days from Monday 4 May end on Monday 18 May.
        ("COMPLAINT_REPLY", "2026-05-14T10:00", "còn 2 ngày làm việc"),
        ("COMPLAINT_REPLY", "2026-05-16T10:00", "còn 1 ngày làm việc"),
        ("COMPLAINT_REPLY", "2026-05-25T10:00", "quá hạn 5 ngày làm việc"),
        ("SCENE_2H", "2026-05-04T10:10", "còn 1 giờ"),
        ("SCENE_2H", "2026-05-04T11:10", "còn 20 phút"),
        ("SCENE_2H", "2026-05-04T12:00", "quá hạn 1 giờ"),
    ],
)
def test_what_is_left_is_told_in_the_days_the_rule_counts(owed, rule, now, words):
    from atvsld.registers.duties.wording import remaining

    assert remaining(owed(rule, at="2026-05-04T09:30"), moment(now)) == words
