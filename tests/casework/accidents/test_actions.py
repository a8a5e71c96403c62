"""Opening and changing cases: who may, what is refused, what is derived, what history says."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from tests.casework.accidents.scene import act, bound_act, case_draft, opened, victim_draft

from atvsld.casework.accidents.actions import (
    add_victim,
    change_case,
    change_victim,
    open_case,
    read_identities,
    remove_victim,
)
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.platform.history.models import SensitiveReading

INJURY = "024"


def codes(error) -> set[str]:
    return {problem.code for problem in error.value.problems}


def principal(case) -> int:
    return case.victims.get(is_principal=True).position


def test_a_case_takes_its_severity_from_the_most_severe_victim_and_names_the_first_of_them_principal(land):
    case = opened(
        land, victim_draft(), victim_draft(severity="severe", injury_codes=(INJURY,)), victim_draft(severity="severe")
    )
    assert (case.severity, case.victim_count, case.version) == ("severe", 3, 1)
    assert principal(case) == 2


def test_a_victim_whose_severity_is_not_known_is_principal_only_when_nobody_else_is(land):
    alone = opened(land, victim_draft(severity=None))
    assert (alone.severity, principal(alone)) == (None, 1)
    beside = opened(land, victim_draft(severity=None), victim_draft(severity="minor"))
    assert (beside.severity, principal(beside)) == ("minor", 2)


def test_a_repeated_request_after_a_lost_answer_gives_the_same_case(land):
    key, case, victims = new_ulid(), case_draft(land), [victim_draft()]
    first = open_case(act(), key=key, case=case, victims=victims)
    again = open_case(act(), key=key, case=case, victims=victims)
    assert first.pk == again.pk
    assert (AccidentCase.objects.count(), Victim.objects.count()) == (1, 1)


def test_a_key_used_for_another_content_is_a_conflict_and_writes_nothing(land):
    key = new_ulid()
    open_case(act(), key=key, case=case_draft(land), victims=[victim_draft()])
    with pytest.raises(Conflict):
        open_case(act(), key=key, case=case_draft(land, cause_code="3"), victims=[victim_draft()])
    assert AccidentCase.objects.get().cause_code == "7"


def test_nobody_opens_a_case_outside_the_own_area(land, river_officer, mill_employer, leader):
    inside = {"place_id": land.river.pk, "establishment_id": None}
    outside = {"place_id": land.hill.pk, "establishment_id": land.quarry.pk}
    open_case(act(river_officer), key=new_ulid(), case=case_draft(land, **inside), victims=[victim_draft()])
    open_case(act(mill_employer), key=new_ulid(), case=case_draft(land), victims=[victim_draft()])
    for user, where in ((river_officer, outside), (mill_employer, outside), (mill_employer, inside), (leader, inside)):
        with pytest.raises(Refused):
            open_case(act(user), key=new_ulid(), case=case_draft(land, **where), victims=[victim_draft()])
    assert AccidentCase.objects.count() == 2


def test_a_case_is_not_moved_out_of_the_area_of_the_one_who_moves_it(land):
    case = opened(land)
    mine = bound_act("commune_officer", {land.river.pk})
    with pytest.raises(Refused):
        change_case(mine, case=case, version=1, changes=case_draft(land, place_id=land.hill.pk))
    change_case(mine, case=case, version=1, changes=case_draft(land, cause_code=None))
    assert AccidentCase.objects.get().cause_code is None


@pytest.mark.parametrize(
    ("case", "victim", "code"),
    [
        ({"occurred_at": datetime(2026, 3, 3, tzinfo=UTC)}, {}, "future_date"),
        ({"occurred_at": datetime(2025, 3, 3, tzinfo=UTC)}, {}, "place_not_in_force"),
        ({"place_id": -1}, {}, "place_unknown"),
        ({"cause_code": "77"}, {}, "code_unknown"),
        ({"injury_agent_code": "001"}, {}, "code_unknown"),
        ({"property_damage": -1}, {}, "negative"),
        ({}, {"severity": "minor", "injury_codes": (INJURY,)}, "severity_contradicts_injury"),
        ({}, {"severity": "severe", "injury_codes": ("24",)}, "code_unknown"),
        ({}, {"severity": "severe", "injury_codes": ("02",)}, "code_is_heading"),
        ({}, {"occupation_code": "ABC"}, "code_unknown"),
        ({}, {"birth_year": 1890}, "birth_year"),
        ({}, {"wage_cost": -5}, "negative"),
    ],
)
def test_input_that_breaks_a_rule_is_rejected_by_name_and_writes_nothing(land, case, victim, code):
    with pytest.raises(Rejected) as error:
        open_case(act(), key=new_ulid(), case=case_draft(land, **case), victims=[victim_draft(**victim)])
    assert code in codes(error)
    assert not AccidentCase.objects.exists()


def test_a_place_that_ended_is_answered_with_the_unit_of_that_day(land):
    with pytest.raises(Rejected) as error:
        open_case(act(), key=new_ulid(), case=case_draft(land, place_id=land.old.pk), victims=[victim_draft()])
    assert "Xã Sông Thử (99001)" in str(error.value)


def test_a_case_key_names_one_case(land):
    opened(land, case_key="VU-1")
    with pytest.raises(Rejected) as error:
        opened(land, case_key="VU-1")
    assert codes(error) == {"case_key_taken"}
    other = opened(land, case_key="VU-2")
    with pytest.raises(Rejected):
        change_case(act(), case=other, version=1, changes=case_draft(land, case_key="VU-1"))


def test_the_second_of_two_editors_of_one_version_is_told_and_loses_nothing_of_the_first(land):
    case = opened(land)
    change_case(act(), case=case, version=1, changes=case_draft(land, cause_code="1"))
    with pytest.raises(Conflict):
        change_case(act(), case=case, version=1, changes=case_draft(land, cause_code="2"))
    with pytest.raises(Conflict):
        add_victim(act(), case=case, version=1, victim=victim_draft())
    stored = AccidentCase.objects.get()
    assert (stored.cause_code, stored.version, stored.victim_count) == ("1", 2, 1)


def test_the_summary_follows_every_change_of_victims(land):
    case = opened(land, victim_draft(severity="severe"))
    dead = add_victim(act(), case=case, version=1, victim=victim_draft(severity="fatal"))
    case.refresh_from_db()
    assert (case.severity, case.victim_count, principal(case)) == ("fatal", 2, 2)
    change_victim(act(), victim=dead, version=2, changes=victim_draft(severity="minor"))
    case.refresh_from_db()
    assert (case.severity, principal(case)) == ("severe", 1)
    remove_victim(act(reason="Ghi nhầm vụ khác"), victim=dead, version=3)
    case.refresh_from_db()
    assert (case.victim_count, case.version) == (1, 4)


def test_a_victim_is_removed_only_with_a_reason_and_never_the_last_one(land):
    case = opened(land, victim_draft(), victim_draft())
    first, second = case.victims.all()
    with pytest.raises(Rejected) as error:
        remove_victim(act(), victim=second, version=1)
    assert codes(error) == {"no_reason"}
    remove_victim(act(reason="Nhập trùng"), victim=second, version=1)
    with pytest.raises(Rejected) as error:
        remove_victim(act(reason="Nhập trùng"), victim=first, version=2)
    assert codes(error) == {"last_victim"}
    case.refresh_from_db()
    assert (case.version, case.victim_count) == (2, 1)


def test_history_names_act_actor_and_reason_and_keeps_the_removed_row(land):
    case = opened(land, victim_draft(), victim_draft(name="Người ghi nhầm"))
    remove_victim(act(reason="Nhập trùng"), victim=case.victims.last(), version=1)
    event = apps.get_model("accidents", "VictimEvent").objects.get(pgh_label="delete")
    assert event.name == "Người ghi nhầm"
    said = event.pgh_context.metadata
    assert (said["act"], said["actor"], said["reason"]) == ("accidents:victim:removed", "thử", "Nhập trùng")


def test_reading_names_needs_the_right_and_is_recorded(land, leader, officer):
    case = opened(land)
    with pytest.raises(Refused):
        read_identities(act(leader), cases=[case])
    read = read_identities(act(officer, reason="Lập biên bản"), cases=[case])
    assert [victim.name for victim in read[case.pk]] == ["Nguyễn Văn Thử"]
    mark = SensitiveReading.objects.get()
    assert (mark.user, mark.record_id, mark.purpose) == (officer, case.public_id, "Lập biên bản")


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_sends_of_one_form_make_one_case(land):
    key, made, start = new_ulid(), [], threading.Barrier(2)

    def send():
        start.wait()
        try:
            made.append(open_case(act(), key=key, case=case_draft(land), victims=[victim_draft()]).pk)
        finally:
            connection.close()

    _run(send, send)
    assert len(made) == 2
    assert len(set(made)) == 1
    assert AccidentCase.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_changes_one_wins_and_one_conflicts(land):
    case, outcomes, start = opened(land), [], threading.Barrier(2)

    def change(cause):
        start.wait()
        try:
            change_case(
                act(), case=AccidentCase.objects.get(pk=case.pk), version=1, changes=case_draft(land, cause_code=cause)
            )
            outcomes.append("written")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    _run(lambda: change("1"), lambda: change("2"))
    assert sorted(outcomes) == ["conflict", "written"]
    assert AccidentCase.objects.get().version == 2


def _run(*jobs) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
