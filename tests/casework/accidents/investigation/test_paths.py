"""Whole investigations, from the news to the closed file, by the level that the law names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.casework.accidents.investigation.story import INJURY, begun
from tests.casework.accidents.scene import victim_draft

from atvsld.casework.accidents.investigation import actions as acts
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.dossier import dossiers
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Rejected
from atvsld.registers.duties.facade import of_subject
from atvsld.registers.offices.grants import actor_for

SCENE = ("HS_b", "HS_c")


def codes(error) -> set[str]:
    return {problem.code for problem in error.value.problems}


def duty(case, rule: str):
    return next(duty for duty in of_subject("accidents", case.public_id) if duty.rule == rule)


def test_a_minor_case_goes_from_the_news_to_the_closed_file_by_the_employer_s_own_team(land, mill_employer):
    story = begun(land, victim_draft(severity="minor"))
    story.actor = actor_for(mill_employer, story.day)
    assert story.record.level == "establishment"
    story.later(hours=1).set_up().begin().hear().keep(*SCENE, "HS_d").later(days=1).write().approve()
    assert (story.stage, duty(story.case, "INV_NHE").state) == ("minutes_drafted", "open")
    story.call().later(days=1).publish()
    assert (story.stage, duty(story.case, "INV_NHE").state) == ("published", "done")
    assert [one.role for one in story.record.deliveries] == ["victim", "department_of_place"]
    story.later(hours=2).send().post().later(days=3).carry_out()
    assert story.stage == "following_up"
    story.settle().close()
    assert story.stage == "closed"
    assert {item.state for item in of_subject("accidents", story.case.public_id) if item.rule == "RECOMMEND"} == {
        "done"
    }
    assert duty(story.case, "SEND_MINUTES").state == "done"


def test_one_severe_injury_with_a_contract_is_the_establishment_s_and_its_code_must_be_found(land):
    story = begun(land, victim_draft(severity="severe"))
    assert story.record.level == "establishment"
    story.later(hours=1).set_up().begin().hear().later(days=1).write()
    with pytest.raises(Rejected) as error:
        story.approve()
    assert codes(error) == {"no_injury_code"}
    victim = story.record.victims[0]
    story.write(victims=(story.finding(victim, injury_codes=(INJURY,)),)).approve()
    victim.refresh_from_db()
    assert (victim.injury_codes, victim.medical_cost, story.stage) == ([INJURY], 2_000_000, "minutes_drafted")


def test_a_death_is_the_province_s_and_every_agency_of_the_team_gets_the_minutes(land):
    story = begun(land, victim_draft(severity="fatal"))
    assert story.record.level == "province"
    acts.record_scene(
        story.act(), case=story.case, version=0,
        draft=drafts.SceneDraft(scene_visited_at=story.now - timedelta(minutes=10), scene="preserved"),
    )  # fmt: skip
    assert duty(story.case, "SCENE_2H").state == "done"
    story.later(hours=1).set_up().begin().hear(relation="involved").later(days=10).write().approve().call()
    assert {"police", "procuracy"} <= {one.role for one in story.meeting.participants.all()}
    story.later(days=1).publish()
    assert [one.recipient for one in story.record.deliveries if one.role == "agency"] == [
        "Đơn vị 1", "Đơn vị 2", "Đơn vị 3",
    ]  # fmt: skip
    assert {one.role for one in story.record.deliveries if not one.required} == {"police", "procuracy"}
    with pytest.raises(Rejected):
        story.close()
    story.later(hours=3).send()
    assert story.stage == "minutes_sent"
    story.case.refresh_from_db()
    assert (story.case.conclusion, story.case.cause_code, story.case.property_damage) == (
        "occupational",
        "1",
        4_000_000,
    )


def test_two_victims_have_two_dossiers_and_a_paper_about_one_does_not_serve_the_other(land):
    story = begun(land, victim_draft(severity="fatal"), victim_draft(severity="minor"))
    first, second = story.record.victims
    story.later(hours=1).set_up().begin().hear().keep(*SCENE).keep("HS_d", victim_id=first.pk)
    found = dossiers(story.record)
    assert [dossier.victim.pk for dossier in found] == [first.pk, second.pk]
    assert [line.rule.id for line in found[0].missing] == ["HS_g", "HS_h"]
    assert [line.rule.id for line in found[1].missing] == ["HS_d", "HS_g", "HS_h"]


def test_one_severe_injury_without_a_contract_is_written_down_by_the_commune_and_posted(land, river_officer):
    story = begun(land, victim_draft(severity="severe", labour_relation="none", managed=None), establishment_id=None)
    story.actor = actor_for(river_officer, story.day)
    assert story.record.level == "commune"
    draft = drafts.CommuneRecordDraft(
        recorder="Cán bộ xã", news_at=story.now - timedelta(minutes=20), news_source="Gia đình", spot="Thôn 2",
        course="Ngã từ mái nhà khi lợp tôn.", injury_agent_code="1", injury_codes=(INJURY,), witnesses="Hàng xóm",
        medical_cost=7_000_000,
    )  # fmt: skip
    held = acts.write_commune_record(story.act(), case=story.case, key=new_ulid(), version=0, draft=draft)
    with pytest.raises(Rejected) as error:
        acts.complete_commune_record(story.act(), commune_record=held, version=held.version)
    assert codes(error) == {"not_signed"}
    signed = drafts.CommuneRecordDraft(**{**_fields(draft), "signatories": "UBND, công an, thân nhân"})
    acts.write_commune_record(story.act(), case=story.case, key=new_ulid(), version=held.version, draft=signed)
    held.refresh_from_db()
    acts.complete_commune_record(story.act(), commune_record=held, version=held.version)
    victim = story.record.victims[0]
    assert (victim.injury_codes, victim.medical_cost) == ([INJURY], 7_000_000)
    assert "Hàng xóm" not in held.witnesses_sealed
    with pytest.raises(Rejected) as error:
        story.close()
    assert "not_posted" in codes(error)
    story.post().close()
    assert story.stage == "closed"


def test_a_second_severe_victim_found_by_the_establishment_s_team_moves_the_file_to_the_province(land):
    story = begun(land, victim_draft(severity="severe", injury_codes=(INJURY,)), victim_draft(severity="minor"))
    story.later(hours=1).set_up().begin().hear().later(days=1).write()
    first, second = story.record.victims
    found = (story.finding(first), story.finding(second, severity="severe", injury_codes=("015",)))
    story.write(victims=found).approve()
    assert (story.record.level, story.stage, story.minutes.state) == ("province", "provincial_level", "draft")
    story.later(hours=1).set_up().begin().approve()
    assert (story.stage, story.minutes.level) == ("minutes_drafted", "province")


def _fields(draft) -> dict:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}
