"""What happens in the cases that the province deals with from the first day, or takes up later."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rehearsal.acting import (
    Tale,
    Wait,
    decide_for_the_dead,
    declared,
    minutes_out,
    person,
    recorded,
    team_at_work,
    wound_up,
)
from tests.rehearsal.lesser import at_establishment

from atvsld.casework.accidents import actions as base
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.casework.accidents.investigation import actions as inquiry
from atvsld.casework.accidents.investigation import drafts
from atvsld.kit.ids import new_ulid


def taken_over(tale: Tale) -> Iterator[Wait]:
    """The province investigates what would be the employer's: another level than the computed one, with the reason."""
    yield tale.hours(0.5, 8)
    recorded(tale, person(tale, "minor"), by=tale.employer, employer_aware_at=tale.now)
    yield tale.days(0.3, 1)
    tale.step("override", level="province", reason="Vụ phức tạp, cơ sở đề nghị")
    yield tale.hours(2, 20)
    yield from team_at_work(tale, tale.world.officer)
    yield tale.days(0.5, 3)
    yield from concluded(tale)


def grave_news(tale: Tale) -> Iterator[Wait]:
    """What the province does first: the scene, the ministry, the police."""
    fatal = any(victim["severity"] == "fatal" for victim in tale.people)
    contract = any(victim["relation"] != "none" for victim in tale.people)
    yield tale.hours(0.5, 4)
    scene = drafts.SceneDraft(scene_visited_at=tale.now, scene="preserved")
    inquiry.record_scene(tale.act(), case=tale.case, version=0, draft=scene)
    if fatal and contract:
        tale.step("notify_police", tale.employer)
    yield tale.hours(1, 20)
    tale.step("send_quick_report")
    yield tale.hours(2, 20)
    yield from team_at_work(tale, tale.world.officer)


def provincial(tale: Tale, *victims: VictimDraft) -> Iterator[Wait]:
    """A grave case up to the team at work: declared by the employer, or by the commune's own report."""
    yield tale.hours(0.3, 3)
    if all(victim.labour_relation == "none" for victim in victims):
        declared(tale, *victims, kind="family", by=tale.commune)
    else:
        declared(tale, *victims)
    yield from grave_news(tale)


def concluded(tale: Tale) -> Iterator[Wait]:
    yield from minutes_out(tale, tale.world.officer, conclusion="occupational")
    yield from wound_up(tale, tale.world.officer)


def fatal(tale: Tale) -> Iterator[Wait]:
    """With the joint first examination of article 20."""
    yield from provincial(tale, person(tale, "fatal"))
    yield tale.days(1, 3)
    tale.step("end_joint_phase")
    yield tale.days(2, 14)
    tale.step("send_police_letter")
    yield tale.days(3, 12)
    tale.step("police_reply", answer="occupational")
    yield from concluded(tale)


def fatal_informal(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "fatal", "none"))
    yield tale.days(3, 20)
    yield from concluded(tale)


def two_severe(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "severe"), person(tale, "severe"))
    yield tale.days(3, 16)
    yield from concluded(tale)


def second_severe_informal(tale: Tale) -> Iterator[Wait]:
    """The commune learns of a second severe victim: the file goes up by itself."""
    yield tale.hours(1, 20)
    declared(tale, person(tale, "severe", "none"), kind="family", by=tale.commune)
    yield tale.days(0.5, 3)
    case = tale.by(tale.commune).case
    base.add_victim(tale.act(tale.commune), case=case, version=case.version, victim=person(tale, "severe", "none"))
    tale.step("declare", tale.commune, by="commune")
    yield tale.hours(1, 9)
    tale.step("send_quick_report")
    yield from team_at_work(tale, tale.world.officer)
    yield tale.days(3, 16)
    yield from concluded(tale)


def special_field(tale: Tale) -> Iterator[Wait]:
    """Only followed: the sector's own body investigates and its copies come in."""
    yield tale.hours(0.3, 3)
    declared(tale, person(tale, "fatal"))
    yield tale.hours(1, 5)
    tale.step("set_special_field", field=tale.dice.choice(["radiation", "transport", "oil_gas"]))
    tale.step("notify_police", tale.employer)
    yield tale.days(30, 60)
    tale.conclusion = "occupational"
    conclude_directly(tale)
    tale.step("close")


def conclude_directly(tale: Tale) -> None:
    """The province enters what another body concluded."""
    case = tale.by(tale.world.officer).case
    changes = CaseDraft(
        occurred_at=case.occurred_at, place_id=case.place_id, establishment_id=case.establishment_id,
        conclusion=tale.conclusion, cause_code="7", injury_agent_code="1", description=case.description,
        case_key=case.case_key, property_damage=case.property_damage,
    )  # fmt: skip
    base.change_case(tale.act(), case=case, version=case.version, changes=changes)


def abroad(tale: Tale) -> Iterator[Wait]:
    """Declared within five working days; the time of the province counts from the complete dossier."""
    yield tale.days(1, 6)
    declared(tale, person(tale, "fatal", "abroad"), kind="abroad")
    yield tale.hours(2, 30)
    tale.step("send_quick_report")
    yield tale.days(15, 40)
    tale.step("end_foreign_investigation", tale.employer)
    yield tale.days(1, 7)
    tale.step("receive_foreign_dossier")
    yield from team_at_work(tale, tale.world.officer)
    yield tale.days(3, 20)
    yield from concluded(tale)


def police_returned(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "fatal"))
    yield tale.days(3, 10)
    tale.step("hand_to_police")
    yield tale.days(20, 60)
    tale.step("police_returned")
    yield tale.days(5, 20)
    yield from concluded(tale)


def not_prosecuted(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "fatal"))
    yield tale.days(3, 10)
    tale.step("propose_prosecution")
    yield tale.days(20, 60)
    tale.step("not_prosecuted")
    yield tale.days(5, 20)
    yield from concluded(tale)


def prosecuted(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "fatal"))
    yield tale.days(3, 10)
    tale.step("propose_prosecution")
    yield tale.days(10, 20)
    tale.step("prosecuted")
    yield tale.days(30, 60)
    tale.conclusion = "occupational"
    conclude_directly(tale)
    tale.step("close_prosecuted")


def expertise(tale: Tale) -> Iterator[Wait]:
    yield from provincial(tale, person(tale, "fatal"))
    yield tale.days(2, 8)
    draft = drafts.ExpertiseDraft(
        kind="technical", asked_of="Trung tâm Thử", asked_on=tale.now.date(), question="Vì sao cáp đứt?"
    )
    asked = inquiry.request_expertise(tale.act(), case=tale.case, key=new_ulid(), draft=draft)
    yield tale.days(15, 30)
    inquiry.receive_expertise(
        tale.act(), expertise=asked, version=asked.version, received_on=tale.now.date(), result="Cáp mòn."
    )
    tale.by(tale.world.officer).keep("HS_dd")
    yield tale.days(2, 8)
    yield from concluded(tale)


def died(tale: Tale) -> None:
    """The severe victim dies; the book-keeper notes the new severity."""
    case = tale.by(tale.employer).case
    victim = case.victims.get(severity="severe")
    noted = next(one for one in tale.people if one["severity"] == "severe")
    noted["severity"] = "fatal"
    changes = VictimDraft(
        name=victim.name, birth_year=victim.birth_year, sex=victim.sex, occupation_code=victim.occupation_code,
        labour_relation=victim.labour_relation, severity="fatal", managed=True, days_lost=victim.days_lost,
        medical_cost=victim.medical_cost,
    )  # fmt: skip
    base.change_victim(tale.act(tale.employer), victim=victim, version=case.version, changes=changes)
    tale.step("declare", tale.employer, by="employer")
    tale.step("notify_police", tale.employer)


def late_death(tale: Tale) -> Iterator[Wait]:
    """After the employer closed the file the victim dies: the province takes it up anew (article 22)."""
    yield from at_establishment(tale, person(tale, "severe"))
    yield tale.days(10, 40)
    died(tale)
    yield from reopened(tale)


def late_death_kept(tale: Tale) -> Iterator[Wait]:
    """The province finds the establishment's result right and keeps it (article 22.3)."""
    yield from at_establishment(tale, person(tale, "severe"))
    yield tale.days(10, 40)
    died(tale)
    yield tale.hours(2, 20)
    tale.step("send_quick_report")
    yield tale.days(2, 8)
    tale.step("keep_result")
    decide_for_the_dead(tale)
    yield tale.days(1, 6)
    tale.by(tale.world.officer).close()


def death_meanwhile(tale: Tale) -> Iterator[Wait]:
    """The victim dies while the employer investigates."""
    yield tale.hours(0.5, 8)
    recorded(tale, person(tale, "severe"), by=tale.employer, employer_aware_at=tale.now)
    yield tale.hours(1, 24)
    yield from team_at_work(tale, tale.employer)
    yield tale.days(1, 4)
    died(tale)
    yield from reopened(tale)


def reopened(tale: Tale) -> Iterator[Wait]:
    yield tale.hours(2, 20)
    tale.step("send_quick_report")
    yield from team_at_work(tale, tale.world.officer)
    yield tale.days(3, 20)
    yield from concluded(tale)


def reinvestigated(tale: Tale) -> Iterator[Wait]:
    """The complainant is not satisfied: the province investigates again, the old minutes lose their force."""
    yield from at_establishment(tale, person(tale, "severe"))
    yield tale.days(5, 50)
    tale.step("complain", tale.employer, complainant="victim")
    yield tale.days(3, 9)
    tale.step("reinvestigate")
    yield tale.hours(2, 20)
    yield from team_at_work(tale, tale.world.officer)
    yield tale.days(2, 5)
    yield from minutes_out(tale, tale.world.officer, conclusion="not_occupational")
    yield from wound_up(tale, tale.world.officer)
