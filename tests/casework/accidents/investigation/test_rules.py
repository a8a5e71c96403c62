"""Guards name everything missing, old minutes lose force, and doing a thing twice or at once does it once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from tests.casework.accidents.investigation.story import INJURY, begun
from tests.casework.accidents.scene import victim_draft

from atvsld.casework.accidents.actions import remove_victim
from atvsld.casework.accidents.investigation import actions as acts
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.dossier import dossiers
from atvsld.casework.accidents.investigation.facade import material
from atvsld.casework.accidents.investigation.models import DossierMark, Minutes, MinutesDelivery, Statement
from atvsld.casework.accidents.procedure.facade import advance, steps
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.registers.duties.facade import of_subject
from atvsld.registers.offices.grants import actor_for


def codes(error) -> list[str]:
    return sorted(problem.code for problem in error.value.problems)


def test_a_draft_without_anything_is_told_everything_it_lacks_at_once(land):
    story = begun(land, victim_draft(severity="severe", injury_codes=()))
    story.later(hours=1).set_up().begin()
    minutes = acts.start_minutes(story.act(), case=story.case, key=new_ulid())
    with pytest.raises(Rejected) as error:
        acts.approve_minutes(story.act(), minutes=minutes, version=minutes.version)
    assert codes(error) == [
        "no_cause_code", "no_conclusion", "no_course", "no_fault", "no_injury_agent_code", "no_injury_code",
        "no_statement",
    ]  # fmt: skip
    step = next(step for step in steps(story.actor, story.record.file, at=story.now) if step.id == "draft_minutes")
    assert set(codes(error)) <= {problem.code for problem in step.missing}
    with pytest.raises(Rejected):
        advance(story.act(), case=story.case, step="draft_minutes")


def test_a_reason_stands_in_for_the_statements_that_could_not_be_taken(land):
    story = begun(land)
    story.later(hours=1).set_up().begin().write(no_statement_reason="Nạn nhân hôn mê, không có người chứng kiến.")
    story.approve()
    assert story.stage == "minutes_drafted"
    line = next(line for line in dossiers(story.record)[0].lines if line.rule.id == "HS_e")
    assert line.state == "exempt"


def test_a_meeting_without_somebody_the_law_names_is_refused_by_name(land):
    story = begun(land, victim_draft(severity="fatal"))
    story.later(hours=1).set_up().begin().hear().later(days=1).write().approve()
    invitees = tuple(one for one in story.invitees() if one.role not in {"police", "victim"})
    with pytest.raises(Rejected) as error:
        story.call(invitees=invitees)
    said = " ".join(problem.message for problem in error.value.problems)
    assert "Công an" in said
    assert "thân nhân (1)" in said
    assert story.stage == "minutes_drafted"


def test_a_meeting_without_its_leader_or_with_an_unexplained_absence_publishes_nothing(land):
    story = begun(land).later(hours=1).set_up().begin().hear().later(hours=3).write().approve().call().later(hours=6)
    roles = {one.role: one.position for one in story.meeting.participants.all()}
    attendance = tuple(
        drafts.AttendanceDraft(position=place, attended=role not in {"leader", "union"})
        for role, place in roles.items()
    )
    with pytest.raises(Rejected) as error:
        story.publish(attendance=attendance)
    assert codes(error) == ["absence", "absence", "must_be_present"]
    assert story.meeting.held_at is None
    assert story.stage == "meeting_called"


def test_a_second_click_on_publish_publishes_once_and_another_account_of_it_is_a_conflict(land):
    story = begun(land).later(hours=1).set_up().begin().hear().later(hours=3).write().approve().call().later(hours=6)
    meeting, held = story.meeting, story.held_draft()
    for _click in range(2):
        acts.publish(story.act(), meeting=meeting, version=1, draft=held)
    assert MinutesDelivery.objects.filter(minutes=story.minutes).count() == 2
    assert len([duty for duty in of_subject("accidents", story.case.public_id) if duty.rule == "RECOMMEND"]) == 1
    with pytest.raises(Conflict):
        acts.publish(story.act(), meeting=meeting, version=2, draft=story.held_draft(chair="Người khác"))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_publish_once(land):
    story = begun(land).later(hours=1).set_up().begin().hear().later(hours=3).write().approve().call().later(hours=6)
    meeting, held, failed = story.meeting, story.held_draft(), []

    def click() -> None:
        try:
            acts.publish(story.act(), meeting=meeting.__class__.objects.get(pk=meeting.pk), version=1, draft=held)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert failed == []
    assert MinutesDelivery.objects.filter(minutes=story.minutes).count() == 2
    assert story.record.file.changes.filter(step="publish").count() == 1


def test_of_two_editors_who_saw_the_same_version_the_second_is_told(land):
    story = begun(land).later(hours=1).set_up().begin().hear().write()
    minutes = story.minutes
    acts.change_minutes(story.act(), minutes=minutes, version=2, draft=story.minutes_draft(course="Một"))
    with pytest.raises(Conflict):
        acts.change_minutes(story.act(), minutes=story.minutes, version=2, draft=story.minutes_draft(course="Hai"))
    assert story.minutes.course == "Một"


def test_published_minutes_are_never_changed_and_the_file_names_what_it_lacks_to_close(land):
    story = begun(land).later(hours=1).set_up().begin().hear().later(hours=3).write().approve().call().later(hours=6)
    story.publish()
    with pytest.raises(Rejected):
        acts.change_minutes(story.act(), minutes=story.minutes, version=9, draft=story.minutes_draft())
    story.send()
    with pytest.raises(Rejected) as error:
        story.close()
    assert {"dossier_incomplete", "recommendation_open", "benefits_open", "not_posted"} <= set(codes(error))
    said = next(problem.message for problem in error.value.problems if problem.code == "dossier_incomplete")
    assert "Sơ đồ hiện trường" in said
    assert "khám nghiệm thương tích" in said
    assert "giám định" not in said


def test_minutes_lose_their_force_when_those_of_the_reinvestigation_are_published(land):
    story = begun(land).later(hours=1).set_up().begin().hear().later(hours=3).write().approve().call().later(hours=6)
    story.publish().send()
    first = story.minutes
    story.later(days=10)
    advance(story.act(), case=story.case, step="complain", complainant="victim", at=story.now)
    story.later(days=1)
    advance(story.act("Kết luận chưa đủ căn cứ"), case=story.case, step="reinvestigate", at=story.now)
    assert (story.record.level, story.record.team) == ("province", None)
    story.later(days=1).set_up().begin()
    again = story.write(course="Điều tra lại.").minutes
    assert (again.number, again.round) == (2, 2)
    assert again.victims.get().treated_at == "Trung tâm y tế"
    story.approve()
    first.refresh_from_db()
    assert not first.expired
    story.call().later(hours=6).publish()
    first.refresh_from_db()
    assert (first.expired, first.superseded_by_id) == (True, again.pk)
    told = material(story.case)
    assert [(one.number, one.expired, one.superseded_by) for one in told.minutes] == [(2, False, None), (1, True, 2)]
    states = {duty.state for duty in of_subject("accidents", story.case.public_id) if duty.rule == "RECOMMEND"}
    assert states == {"cancelled", "open"}


def test_a_victim_of_minutes_in_force_is_not_taken_out_of_the_case_but_one_of_a_draft_is(land):
    story = begun(land, victim_draft(), victim_draft(), victim_draft()).later(hours=1).set_up().begin().hear().write()

    def take_out() -> None:
        story.case.refresh_from_db()
        victim = story.record.victims[-1]
        victim.case = story.case
        remove_victim(story.act("Ghi nhầm"), victim=victim, version=story.case.version)

    take_out()
    assert story.minutes.victims.count() == 2
    story.later(hours=3).approve().call().later(hours=6).publish()
    with pytest.raises(Rejected) as error:
        take_out()
    assert codes(error) == ["in_minutes"]
    assert (len(story.record.victims), story.minutes.victims.count()) == (2, 2)


def test_a_file_waits_for_every_expertise_asked_for(land):
    story = begun(land).later(hours=1).set_up().begin()
    asked = [
        acts.request_expertise(
            story.act(), case=story.case, key=new_ulid(),
            draft=drafts.ExpertiseDraft(kind=kind, asked_of="Trung tâm", asked_on=story.day, question="Vì sao gãy?"),
        )
        for kind in ("technical", "forensic")
    ]  # fmt: skip
    for expertise, stage in zip(asked, ("awaiting_expertise", "investigating"), strict=True):
        acts.receive_expertise(
            story.act(), expertise=expertise, version=1, received_on=story.day, result="Mỏi kim loại"
        )
        assert story.stage == stage


def test_only_who_may_override_sets_aside_a_paper_the_law_asks_for(land, mill_employer, officer):
    story = begun(land).later(hours=1).set_up().begin()
    victim = story.record.victims[0]
    for ground in (DossierMark.Ground.SET_ASIDE, DossierMark.Ground.MISSING_PERSON):
        with pytest.raises((Refused, Rejected)):
            acts.exempt_paper(
                story.act("Không chụp được ảnh", actor_for(mill_employer, story.day)), victim=victim, item="HS_c",
                ground=ground,
            )  # fmt: skip
    mark = acts.exempt_paper(
        story.act("Không chụp được ảnh", actor_for(officer, story.day)), victim=victim, item="HS_c", ground="set_aside"
    )
    assert mark.reason == "Không chụp được ảnh"
    line = next(line for line in dossiers(story.record)[0].lines if line.rule.id == "HS_c")
    assert line.state == "exempt"


def test_the_scene_may_be_cleared_only_with_a_document(land):
    story = begun(land, victim_draft(severity="severe", injury_codes=(INJURY,))).later(hours=1).set_up().begin()
    agreed = {"scene": "preserved", "clearing_agreed_on": story.day, "clearing_agreed_by": "Đoàn điều tra cấp tỉnh"}
    with pytest.raises(Rejected) as error:
        acts.record_scene(story.act(), case=story.case, version=0, draft=drafts.SceneDraft(**agreed))
    assert codes(error) == ["no_document"]
    story.keep("consent")
    piece = story.record.evidence[0]
    held = acts.record_scene(
        story.act(), case=story.case, version=0, draft=drafts.SceneDraft(**agreed, clearing_document_id=piece.pk)
    )
    assert held.clearing_document == piece


def test_the_same_key_makes_one_statement_and_never_one_of_another_case(land):
    story, other = begun(land).later(hours=1), begun(land).later(hours=1)
    key = new_ulid()
    for _twice in range(2):
        acts.add_statement(story.act(), case=story.case, key=key, draft=story.statement_draft())
    with pytest.raises(Conflict):
        acts.add_statement(other.act(), case=other.case, key=key, draft=other.statement_draft())
    assert Statement.objects.count() == 1


def test_what_is_sealed_is_empty_in_the_material_unless_it_is_opened(land):
    story = begun(land).later(hours=1).set_up().begin().hear()
    fault = drafts.FaultDraft(role="Quản đốc", breach="Không kiểm tra", handling="Khiển trách", person="Ngô Văn Lỗi")
    story.write(faults=(fault,))
    closed, opened = material(story.case), material(story.case, clear=True)
    assert (closed.statements[0].person, closed.minutes[0].faults[0].person) == ("", "")
    assert opened.statements[0].person.startswith("Trần Thị Chứng")
    assert opened.minutes[0].faults[0].person == "Ngô Văn Lỗi"
    assert opened.minutes[0].findings[0].injury == "Vết thương ở tay"


def test_a_later_team_replaces_the_first_which_stays_readable(land):
    story = begun(land).later(hours=1).set_up().begin().later(hours=2).set_up()
    assert [(team.number, team.replaced_at is None) for team in story.record.teams] == [(2, True), (1, False)]
    assert story.stage == "investigating"
    with pytest.raises(Rejected) as error:
        acts.set_up_team(
            story.act(), case=story.case, key=new_ulid(),
            draft=drafts.TeamDraft(
                decision_date=story.day + timedelta(days=1), signer_name="Ký",
                members=(drafts.MemberDraft(role="other", name="", agency=""),),
            ),
        )  # fmt: skip
    assert codes(error) == ["future", "leader", "no_agency", "no_name"]


def test_minutes_begun_twice_are_one(land):
    story = begun(land).later(hours=1).set_up().begin()
    one = acts.start_minutes(story.act(), case=story.case, key=new_ulid())
    two = acts.start_minutes(story.act(), case=story.case, key=new_ulid())
    assert one.pk == two.pk
    assert Minutes.objects.count() == 1
