"""The investigation of a case as plain values, for papers and for other systems. Knows no page and no paper.

Sealed texts (who spoke, what was said, who was at fault, injuries, witnesses) are left empty unless `clear` is asked
for; whoever asks answers for the right to read and records the reading.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation import seals
from atvsld.casework.accidents.investigation.models import (
    CommuneRecord,
    InvestigationTeam,
    Minutes,
    MinutesVictim,
    PublicationMeeting,
    Statement,
)
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.investigation.views import (
    CommuneRecordView,
    DeliveryView,
    ExpertiseView,
    FaultView,
    FindingView,
    Material,
    MeetingView,
    MemberView,
    MinutesView,
    ParticipantView,
    RecommendationView,
    StatementView,
    TeamView,
)
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.law import UnknownEntry
from atvsld.law.investigation import load_investigation_rules


def material(case: AccidentCase, *, clear: bool = False) -> Material | None:
    """The investigation of a case; None while the case has no file. `clear` opens what is sealed."""
    file = file_of(case)
    if file is None:
        return None
    record = Record(file)
    teams = {team.pk: _team(record, team) for team in record.teams}
    minutes = {one.pk: _minutes(record, one, clear=clear) for one in record.minutes}
    scene = record.investigation
    return Material(
        case_id=case.public_id,
        level=record.level,
        stage=file.stage,
        round=file.round,
        teams=tuple(teams.values()),
        team=teams[record.team.pk] if record.team else None,
        scene_visited_at=scene.scene_visited_at,
        scene=scene.scene,
        scene_reason=scene.scene_reason,
        statements=tuple(_statement(one, clear=clear) for one in record.statements),
        expertises=tuple(
            ExpertiseView(
                one.public_id, one.kind, str(one.get_kind_display()), one.asked_of, one.asked_on, one.question,
                one.received_on, one.result,
            )
            for one in record.expertises
        ),
        minutes=tuple(minutes.values()),
        writing=minutes[record.writing.pk] if record.writing else None,
        in_force=minutes[record.in_force.pk] if record.in_force else None,
        commune_record=_commune(record.commune_record, clear=clear),
    )  # fmt: skip


def role_label(record: Record, name: str, role: str) -> str:
    """An entry of the law in words; `other` is said as such."""
    try:
        return name_of(load_investigation_rules().find(name, role, on=record.on), record.on)
    except UnknownEntry:
        return _("Thành viên khác") if name == "members" else _("Người khác")


def _team(record: Record, team: InvestigationTeam) -> TeamView:
    return TeamView(
        id=team.public_id, number=team.number, round=team.round, level=team.level,
        decision_number=team.decision_number, decision_date=team.decision_date, signer_name=team.signer_name,
        signer_title=team.signer_title, replaced_at=team.replaced_at,
        members=tuple(
            MemberView(
                one.position, one.role, role_label(record, "members", one.role), one.is_leader, one.name, one.agency,
                one.title, one.authorisation,
            )
            for one in team.members.all()
        ),
    )  # fmt: skip


def _statement(one: Statement, *, clear: bool) -> StatementView:
    return StatementView(
        id=one.public_id, relation=one.relation, relation_label=str(one.get_relation_display()),
        relation_detail=one.relation_detail, victim_position=one.victim.position if one.victim else None,
        taken_at=one.taken_at, ended_at=one.ended_at, place=one.place, taken_by=one.taken_by, signed=one.signed,
        person=seals.open_(one.person_sealed, seals.PERSON) if clear else "",
        content=seals.open_(one.content_sealed, seals.CONTENT) if clear else "",
    )  # fmt: skip


def _finding(one: MinutesVictim, *, clear: bool) -> FindingView:
    return FindingView(
        victim_id=one.victim_id, position=one.victim.position, workplace=one.workplace,
        service_years=one.service_years, trade_years=one.trade_years, skill_grade=one.skill_grade, trained=one.trained,
        residence=seals.open_(one.residence_sealed, seals.RESIDENCE) if clear else "", severity=one.severity,
        injury_codes=tuple(one.injury_codes) if clear else (),
        injury=seals.open_(one.injury_sealed, seals.INJURY) if clear else "", treated_at=one.treated_at,
        first_treatment=one.first_treatment, days_lost=one.days_lost, medical_cost=one.medical_cost,
        wage_cost=one.wage_cost, compensation_cost=one.compensation_cost,
    )  # fmt: skip


def _meeting(record: Record, held: PublicationMeeting | None, *, clear: bool) -> MeetingView | None:
    if held is None:
        return None
    personal = {"victim", "witness"}
    return MeetingView(
        id=held.public_id, planned_at=held.planned_at, place=held.place, held_at=held.held_at, chair=held.chair,
        proceedings=held.proceedings, employer_signed=held.employer_signed,
        participants=tuple(
            ParticipantView(
                one.position, one.role, role_label(record, "invitees", one.role),
                one.name if clear or one.role not in personal else "", one.agency, one.attended, one.absence,
                one.dissent, one.signed,
            )
            for one in held.participants.all()
        ),
    )  # fmt: skip


def _minutes(record: Record, one: Minutes, *, clear: bool) -> MinutesView:
    return MinutesView(
        id=one.public_id, number=one.number, round=one.round, level=one.level, variant=one.variant, state=one.state,
        work_started_at=one.work_started_at, hours_worked=one.hours_worked, course=one.course, fault=one.fault,
        fault_label=str(one.get_fault_display()), cause_code=one.cause_code, cause_detail=one.cause_detail,
        injury_agent_code=one.injury_agent_code, conclusion=one.conclusion, conclusion_detail=one.conclusion_detail,
        property_damage=one.property_damage, other_cost=one.other_cost, no_statement_reason=one.no_statement_reason,
        approved_at=one.approved_at, published_at=one.published_at, expired=one.expired,
        superseded_by=one.superseded_by.number if one.superseded_by else None,
        findings=tuple(_finding(finding, clear=clear) for finding in one.victims.all()),
        faults=tuple(
            FaultView(
                fault.position, seals.open_(fault.person_sealed, seals.FAULT) if clear else "", fault.role,
                fault.breach, fault.handling,
            )
            for fault in one.faults.all()
        ),
        recommendations=tuple(
            RecommendationView(
                item.public_id, item.position, item.text, item.responsible, item.due_on, item.done_on, item.result,
                item.waived_on, item.waived_reason,
            )
            for item in one.recommendations.all()
        ),
        meeting=_meeting(record, record.meeting_of(one), clear=clear),
        deliveries=tuple(
            DeliveryView(
                item.position, item.role, item.recipient, item.required, item.sent_at, item.channel,
                str(item.get_channel_display()), item.reference,
            )
            for item in one.deliveries.all()
        ),
    )  # fmt: skip


def _commune(held: CommuneRecord | None, *, clear: bool) -> CommuneRecordView | None:
    if held is None:
        return None
    return CommuneRecordView(
        id=held.public_id, recorder=held.recorder, recorder_title=held.recorder_title, news_at=held.news_at,
        news_source=held.news_source, spot=held.spot, task=held.task, works_for=held.works_for, trained=held.trained,
        insured=held.insured, course=held.course, cause_code=held.cause_code,
        injury_agent_code=held.injury_agent_code, injury_codes=tuple(held.injury_codes) if clear else (),
        treated_at=held.treated_at, days_lost=held.days_lost, medical_cost=held.medical_cost,
        property_damage=held.property_damage,
        witnesses=seals.open_(held.witnesses_sealed, seals.WITNESSES) if clear else "", measures=held.measures,
        signatories=held.signatories, completed_at=held.completed_at,
    )  # fmt: skip
