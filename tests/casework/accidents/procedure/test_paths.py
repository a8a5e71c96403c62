"""Files walked from the news to their end, each kind on its own path."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
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
    walked.step("draft_minutes", wait=1)
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
    walked.step("set_up_team", wait=1)
    assert "extend" not in walked.possible(), "nothing to lengthen before the team works"
    walked.step("begin")
    walked.step("end_joint_phase", wait=2)
    assert walked.clocks()["POLICE_LETTER"] == "running"
    walked.step("send_police_letter", wait=3)
    assert walked.clocks()["POLICE_REPLY"] == "running"
    walked.step("police_reply", wait=3, answer="occupational")
    walked.steps("draft_minutes", "call_meeting", "publish", "send_minutes", "post_publicly", "follow_up", "close")
    assert walked.file.stage == "closed"
    assert all(not duty.late for duty in duties.of_subject("accidents", walked.case.public_id) if duty.due_at)


def test_the_joint_examination_does_not_end_before_the_police_were_told(walk):
    walked = walk(dead())
    with pytest.raises(Rejected) as error:
        walked.step("end_joint_phase")
    assert codes(error) == {"needs_notify_police"}
    walked.steps("notify_police", "end_joint_phase")


def test_one_severe_informal_worker_is_recorded_by_the_commune_and_posted(walk, land, river_officer):
    walked = walk(severe("none"))
    commune = scene.act(river_officer)
    assert (walked.file.stage, walked.file.level) == ("commune_recording", "commune")
    assert walked.clocks() == {}
    with pytest.raises(Rejected) as error:
        walked.step("close", by=commune)
    assert codes(error) == {"needs_record_by_commune", "needs_post_publicly"}
    walked.step("record_by_commune", by=commune)
    walked.step("post_publicly", by=commune)
    assert "report_to_district" not in walked.possible()
    walked.step("close", by=commune)
    assert walked.file.stage == "closed"


def test_before_july_2025_the_commune_also_reports_to_the_district():
    from atvsld.law.procedure import FileFacts, Level
    from atvsld.law.procedure_reading import load_procedure

    facts = FileFacts(level=Level.COMMUNE, stage="commune_recording", severe=1, informal=True)
    needed = [step.id for step in load_procedure().acts(facts, on=date(2025, 6, 30))]
    assert needed == ["record_by_commune", "report_to_district", "post_publicly"]
    assert "report_to_district" not in [step.id for step in load_procedure().acts(facts, on=date(2025, 7, 1))]


def test_a_second_severe_victim_takes_the_communes_file_to_the_province(walk):
    walked = walk(severe("none"))
    walked.clock += timedelta(days=3)
    add_victim(walked.act(), case=walked.case, version=walked.case.version, victim=severe("none"))
    file = walked.file
    assert (file.stage, file.level, file.round) == ("provincial_level", "province", 2)
    assert walked.clocks() == {"N_XA": "running", "QUICK_XIII": "running", "INV_NANG2": "running"}
    twenty = file.clocks.get(rule="INV_NANG2")
    assert twenty.since == walked.clock
    change = file.changes.last()
    assert (change.step, change.automatic, change.locator) == ("upgrade", True, "Điều 22")
    assert change.reason == "Có 2 người bị thương nặng."
    owed = {duty.rule: duty for duty in duties.of_subject("accidents", walked.case.public_id)}
    # Twenty days from 5 March 2026 are 25 March, a Wednesday.
    assert timezone.localdate(owed["INV_NANG2"].due_at - timedelta(seconds=1)) == date(2026, 3, 25)


def test_a_death_on_day_forty_reopens_a_closed_file_at_the_province(walk):
    walked = walk(severe())
    walked.steps(*INVESTIGATED, "send_minutes", "post_publicly", "follow_up", "close")
    walked.clock += timedelta(days=40)
    died(walked)
    file = walked.file
    assert (file.stage, file.level, file.round, file.upgraded_at) == ("provincial_level", "province", 2, walked.clock)
    assert walked.all_clocks()[0] == ("INV_NANG1", "met")
    running = {clock.rule for clock in file.clocks.filter(state="running")}
    assert running == {"N_STATE", "N_POLICE", "QUICK_XIII", "INV_CHET"}
    assert "keep_result" in walked.possible()
    walked.steps("send_quick_report", "set_up_team", "begin", "draft_minutes", "call_meeting", "publish")
    first, second = facade.publications(walked.file)
    assert (first.level, second.level, second.superseded_at) == ("establishment", "province", None)
    assert first.superseded_at == second.at


def test_a_death_while_the_employer_investigates_keeps_the_old_limit_visible(walk):
    walked = walk(severe())
    walked.steps("set_up_team", "begin")
    walked.clock += timedelta(days=2)
    died(walked)
    old = walked.file.clocks.get(rule="INV_NANG1")
    assert (old.state, old.ended_at) == ("stopped", walked.clock)
    assert "Điều 22" in old.ended_reason
    assert walked.file.clocks.get(rule="INV_CHET").since == walked.clock


def test_a_file_that_turns_out_less_grave_stays_and_says_so(walk):
    walked = walk(dead())
    victim = walked.case.victims.get()
    change_victim(walked.act(), victim=victim, version=walked.case.version, changes=minor())
    file = walked.file
    assert (file.level, file.computed_level, file.stage) == ("province", "establishment", "provincial_level")
    walked.step("override", level="establishment", reason="Nạn nhân bình phục, ghi nhầm mức độ")
    assert (walked.file.level, walked.file.stage, walked.file.override_reason) == (
        "establishment", "establishment_level", "",
    )  # fmt: skip


def test_an_officer_may_choose_another_level_and_the_computed_one_stays_beside_it(walk, mill_employer):
    walked = walk(minor())
    with pytest.raises(Refused):
        walked.step("override", level="province", by=scene.act(mill_employer))
    with pytest.raises(Rejected) as error:
        walked.step("override", level="province", reason="")
    assert "no_reason" in codes(error)
    walked.step("override", level="province", reason="Vụ phức tạp, cơ sở đề nghị")
    file = walked.file
    assert (file.level, file.computed_level, file.override_reason) == (
        "province", "establishment", "Vụ phức tạp, cơ sở đề nghị",
    )  # fmt: skip
    assert {clock.rule for clock in file.clocks.filter(state="running")} == {"INV_NHE"}
    owed = [duty for duty in duties.of_subject("accidents", walked.case.public_id) if duty.state == "open"]
    assert [(duty.rule, duty.owner) for duty in owed] == [("INV_NHE", "provincial_team")]


def test_the_one_extension_doubles_the_time_and_there_is_no_second(walk):
    walked = walk(severe())
    walked.steps("set_up_team", "begin")
    with pytest.raises(Rejected) as error:
        walked.step("extend", days=9, approved_by="Giám đốc")
    assert codes(error) == {"extension_days"}
    walked.step("extend", days=1, approved_by="Giám đốc")
    (duty,) = [duty for duty in duties.of_subject("accidents", walked.case.public_id) if duty.rule == "INV_NANG1"]
    # Seven days and one more from 2 March are 10 March.
    assert (duty.extended, timezone.localdate(duty.due_at - timedelta(seconds=1))) == (True, date(2026, 3, 10))
    with pytest.raises(Rejected) as error:
        walked.step("extend", approved_by="Giám đốc")
    assert codes(error) == {"extended_before"}


def test_expertise_gives_sixty_days_from_the_news(walk):
    walked = walk(dead())
    walked.steps("set_up_team", "begin")
    walked.step("request_expertise", wait=5)
    assert walked.file.stage == "awaiting_expertise"
    sixty = walked.file.clocks.get(rule="INV_GIAMDINH")
    assert (sixty.since, walked.clocks()["INV_CHET"]) == (NEWS, "stopped")
    walked.step("expertise_received", wait=20)
    walked.step("extend", approved_by="Giám đốc Sở")
    walked.steps("draft_minutes", "call_meeting", "publish")
    assert walked.clocks()["INV_GIAMDINH"] == "met"


def test_the_clock_stands_still_for_the_police_and_starts_anew_when_everything_is_back(walk):
    walked = walk(dead())
    walked.steps("set_up_team", "begin")
    walked.step("propose_prosecution", wait=4)
    assert walked.clocks()["INV_CHET"] == "stopped"
    walked.step("not_prosecuted", wait=60)
    assert walked.all_clocks().count(("INV_CHET", "stopped")) == 1
    assert walked.file.clocks.get(rule="INV_CHET", state="running").since == walked.clock
    phase = walked.file.police_phases.get()
    assert (phase.cause, phase.outcome, phase.returned_at) == ("crime", "not_prosecuted", walked.clock)


def test_a_prosecuted_case_does_not_stay_stuck(walk):
    walked = walk(dead())
    walked.steps("set_up_team", "begin")
    walked.step("hand_to_police", wait=4)
    walked.step("prosecuted", wait=20)
    assert {"not_prosecuted", "close_prosecuted"} <= set(walked.possible())
    walked.step("close_prosecuted", wait=90)
    assert walked.file.stage == "closed"


def test_a_complaint_within_ninety_days_is_answered_or_leads_to_a_reinvestigation(walk):
    walked = walk(severe())
    walked.steps(*INVESTIGATED, "send_minutes", "post_publicly", "follow_up", "close")
    walked.step("complain", wait=30, complainant="victim")
    assert walked.clocks()["COMPLAINT_REPLY"] == "running"
    walked.step("answer_complaint", wait=5)
    assert walked.file.stage == "closed"
    walked.step("complain", wait=10, complainant="victim")
    assert walked.all_clocks().count(("COMPLAINT_REPLY", "met")) == 1
    walked.step("reinvestigate", wait=2)
    file = walked.file
    assert (file.stage, file.level, file.round) == ("reinvestigating", "province", 2)
    assert walked.clocks()["COMPLAINT_REPLY"] == "met"
    assert file.clocks.get(rule="INV_NANG1", state="running").since == walked.clock
    walked.steps("set_up_team", "begin", "draft_minutes", "call_meeting", "publish")
    first, second = facade.publications(walked.file)
    assert first.superseded_at == second.at


def test_a_complaint_after_ninety_days_comes_too_late(walk):
    walked = walk(severe())
    walked.steps(*INVESTIGATED, "send_minutes")
    with pytest.raises(Rejected) as error:
        walked.step("complain", wait=92, complainant="victim")
    assert codes(error) == {"complaint_late"}
    walked.step("reinvestigate", reason="Xét thấy cần thiết")
    assert walked.file.level == "province"


def test_special_fields_are_only_followed(walk):
    walked = walk(dead())
    walked.step("set_special_field", field="transport")
    file = walked.file
    assert (file.stage, file.level, file.special_field) == ("special_field", "special", "transport")
    assert {clock.rule for clock in file.clocks.filter(state="running")} == {"N_STATE", "N_POLICE"}
    walked.steps("declare", "notify_police", "close")
    assert walked.file.stage == "closed"


def test_a_minor_accident_in_a_special_field_without_its_own_rules_is_the_employers(walk):
    walked = walk(minor())
    walked.step("set_special_field", field="radiation", sector_law=False)
    assert (walked.file.level, walked.file.stage) == ("establishment", "establishment_level")


def test_abroad_the_time_counts_from_the_complete_dossier(walk):
    walked = walk(dead("abroad"), abroad=True)
    assert set(walked.clocks()) == {"N_ABROAD", "QUICK_XIII"}
    walked.steps("declare", "send_quick_report")
    walked.step("end_foreign_investigation", wait=20)
    assert walked.clocks()["ABROAD_DOSSIER"] == "running"
    walked.step("receive_foreign_dossier", wait=4)
    assert walked.clocks()["ABROAD_DOSSIER"] == "met"
    assert walked.file.clocks.get(rule="INV_CHET").since == walked.clock
    walked.steps(*INVESTIGATED, "send_minutes", "post_publicly", "follow_up", "close")
    assert walked.file.stage == "closed"


def test_out_of_scope_stops_everything_and_can_be_undone(walk):
    walked = walk(dead())
    walked.step("set_out_of_scope", reason="Không phải khi làm việc")
    assert "running" not in walked.clocks().values()
    walked.step("triage")
    assert walked.file.stage == "provincial_level"
    assert walked.clocks()["INV_CHET"] == "running"


def test_not_an_occupational_accident_is_a_conclusion(walk):
    walked = walk(minor(), conclusion="not_occupational", cause_code=None, injury_agent_code=None)
    walked.steps(*INVESTIGATED)
    assert walked.file.stage == "published"


def test_minutes_need_a_conclusion_a_cause_an_agent_and_the_injuries(walk):
    walked = walk(severe(codes=()), conclusion="pending", cause_code=None, injury_agent_code=None)
    walked.steps("set_up_team", "begin")
    with pytest.raises(Rejected) as error:
        walked.step("draft_minutes")
    assert codes(error) == {"no_conclusion", "no_cause", "no_agent", "no_injury_1"}


def test_each_level_acts_on_its_own_files_only(walk, mill_employer, river_officer, land):
    employer, commune = scene.act(mill_employer), scene.act(river_officer)
    own = walk(minor())
    with pytest.raises(Refused):
        own.step("set_up_team", by=commune)
    own.step("set_up_team", by=employer)
    other = walk(minor(), establishment_id=land.quarry.pk, place_id=land.hill.pk)
    for act in (employer, commune):
        with pytest.raises(Refused):
            other.step("set_up_team", by=act)
    grave = walk(dead())
    with pytest.raises(Refused):
        grave.step("set_up_team", by=employer)
    grave.step("declare", by=employer)


def test_a_repeated_request_takes_the_step_once(walk):
    walked = walk(minor())
    key = new_ulid()
    walked.step("set_up_team", key=key)
    walked.step("set_up_team", key=key)
    assert walked.file.changes.filter(step="set_up_team").count() == 1
    with pytest.raises(Conflict):
        walked.step("begin", version=walked.file.version - 1)


def test_instants_entered_later_start_and_correct_the_clocks(walk, land):
    case = scene.opened(land, dead())
    facade.open_file(scene.act(), case=case, instants=facade.Instants())
    file = facade.file_of(case)
    assert not file.clocks.exists()
    facade.describe(scene.act(), case=case, department_received_at=NEWS - timedelta(hours=5))
    facade.advance(scene.act(), case=case, step="go_to_scene", at=NEWS - timedelta(hours=4))
    facade.describe(scene.act(), case=case, department_received_at=NEWS - timedelta(hours=7))
    late = file.clocks.filter(rule="SCENE_2H").last()
    assert (late.state, late.since, late.ended_at) == ("met", NEWS - timedelta(hours=7), NEWS - timedelta(hours=4))
    duty = duties.Duty.objects.get(key=late.key)
    assert duty.late is True


def test_a_step_is_never_changed_or_removed(walk):
    from django.db import connection, transaction
    from django.db.utils import DatabaseError

    walked = walk(minor())
    for statement in (
        "UPDATE accident_procedure_stagechange SET reason = 'x'",
        "DELETE FROM accident_procedure_stagechange",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert walked.file.changes.count() == 2


def test_guards_of_other_rooms_are_asked(walk, monkeypatch):
    from atvsld.casework.accidents.procedure import guards
    from atvsld.kit.outcome import Problem

    monkeypatch.setattr(guards, "_GUARDS", {})
    guards.require("begin", lambda _file: [Problem("no_leader", "Chưa có trưởng đoàn.")])
    walked = walk(minor())
    walked.step("set_up_team")
    assert [problem.code for problem in walked.possible()["begin"].missing] == ["no_leader"]
    with pytest.raises(Rejected):
        walked.step("begin")


def test_the_province_owes_the_result_of_what_it_investigates_again(walk):
    walked = walk(severe())
    walked.steps(*INVESTIGATED)
    walked.step("complain", wait=10)
    walked.step("reinvestigate", wait=5)
    (open_one,) = [
        duty
        for duty in duties.of_subject("accidents", walked.case.public_id)
        if duty.rule == "INV_NANG1" and duty.state == "open"
    ]
    assert open_one.owner == "provincial_team"
