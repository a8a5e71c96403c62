"""Files walked from the news to their end, each kind on its own path."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.casework.accidents import scene
from tests.casework.accidents.procedure.walking import INVESTIGATED, NEWS, dead, minor, severe

from atvsld.casework.accidents.actions import add_victim, change_victim
from atvsld.casework.accidents.procedure import facade
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.registers.duties import facade as duties


def died(walked, number: int = 0):
    victim = walked.case.victims.order_by("position")[number]
    walked.case.refresh_from_db()
    change_victim(walked.act(), victim=victim, version=walked.case.version, changes=dead(victim.labour_relation))
    walked.case.refresh_from_db()


def codes(error) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_minor_accident_goes_through_the_employers_hands_and_has_no_extension(walk):
    walked = walk(minor())
    assert (walked.file.stage, walked.file.level) == ("establishment_level", "establishment")
    assert walked.clocks() == {"INV_NHE": "running"}
    walked.steps("set_up_team", "begin")
    assert "extend" not in walked.possible()
    with pytest.raises(Rejected) as error:
        walked.step("extend", days=1, approved_by="Giám đốc")
    assert codes(error) == {"step_not_possible"}
    walked.step("draft_minutes", days=1)
    walked.steps("call_meeting", "publish")
    assert walked.clocks()["INV_NHE"] == "met"
    with pytest.raises(Rejected) as error:
        walked.step("close")
    assert codes(error) == {"step_not_possible"}
    walked.step("send_minutes")
    with pytest.raises(Rejected) as error:
        walked.step("close")
    assert codes(error) == {"needs_post_publicly"}
    walked.steps("post_publicly", "follow_up", "close")
    assert walked.file.stage == "closed"
    assert not [duty for duty in duties.of_subject("accidents", walked.case.public_id) if duty.state == "open"]


def test_a_fatal_accident_owes_what_the_law_asks_of_everybody(walk):
    walked = walk(dead())
    assert (walked.file.stage, walked.file.level) == ("provincial_level", "province")
    expected = {"N_STATE", "N_POLICE", "SCENE_2H", "QUICK_XIII", "INV_CHET"}
    assert walked.clocks() == dict.fromkeys(expected, "running")
    owed = duties.of_subject("accidents", walked.case.public_id)
    assert {duty.rule for duty in owed} == expected
    walked.clock += timedelta(hours=1)
    walked.steps("declare", "notify_police", "go_to_scene", "send_quick_report")
    assert {rule for rule, state in walked.clocks().items() if state == "running"} == {"INV_CHET"}
    walked.step("set_up_team", days=1)
    walked.step("begin")
    walked.step("end_joint_phase", days=2)
    assert walked.clocks()["POLICE_LETTER"] == "running"
    walked.step("send_police_letter", days=3)
    assert walked.clocks()["POLICE_REPLY"] == "running"
    walked.step("police_reply", days=3, answer="occupational")
    walked.steps("draft_minutes", "call_meeting", "publish", "send_minutes", "post_publicly", "follow_up", "close")
    assert walked.file.stage == "closed"
    assert all(not duty.late for duty in duties.of_subject("accidents", walked.case.public_id) if duty.due_at)
