"""The parts of an investigation as plain values. What is sealed is an empty text unless it was opened on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member; `role_label` in the words of the law."""

    position: int
    role: str
    role_label: str
    is_leader: bool
    name: str
    agency: str
    title: str
    authorisation: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """One composition of the team."""

    id: str
    number: int
    round: int
    level: str
    decision_number: str
    decision_date: date
    signer_name: str
    signer_title: str
    replaced_at: datetime | None
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement; `person` and `content` empty unless opened."""

    id: str
    relation: str
    relation_label: str
    relation_detail: str
    victim_position: int | None
    taken_at: datetime
    ended_at: datetime | None
    place: str
    taken_by: str
    signed: bool
    person: str
    content: str


@dataclass(frozen=True, slots=True)
class ExpertiseView:
    """One expert opinion."""

    id: str
    kind: str
    kind_label: str
    asked_of: str
    asked_on: date
    question: str
    received_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """Items 4, 11–13 for one victim. `injury` and `residence` empty unless opened."""

    victim_id: int
    position: int
    workplace: str
    service_years: Decimal | None
    trade_years: Decimal | None
    skill_grade: str
    trained: bool | None
    residence: str
    severity: str | None
    injury_codes: tuple[str, ...]
    injury: str
    treated_at: str
    first_treatment: str
    days_lost: int | None
    medical_cost: int | None
    wage_cost: int | None
    compensation_cost: int | None


@dataclass(frozen=True, slots=True)
class FaultView:
    """Item 9. `person` empty unless opened."""

    position: int
    person: str
    role: str
    breach: str
    handling: str


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """Item 10 and what came of it."""

    id: str
    position: int
    text: str
    responsible: str
    due_on: date
    done_on: date | None
    result: str
    waived_on: date | None
    waived_reason: str


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """One asked to the meeting. `name` empty for a victim, a relative or a witness unless opened."""

    position: int
    role: str
    role_label: str
    name: str
    agency: str
    attended: bool | None
    absence: str
    dissent: str
    signed: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The publication meeting."""

    id: str
    planned_at: datetime
    place: str
    held_at: datetime | None
    chair: str
    proceedings: str
    employer_signed: bool
    participants: tuple[ParticipantView, ...]


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One recipient of the minutes with the proof of sending."""

    position: int
    role: str
    recipient: str
    required: bool
    sent_at: datetime | None
    channel: str
    channel_label: str
    reference: str


@dataclass(frozen=True, slots=True)
class MinutesView:
    """One version of the minutes. `expired`: newer ones took its force."""

    id: str
    number: int
    round: int
    level: str
    variant: str
    state: str
    work_started_at: datetime | None
    hours_worked: Decimal | None
    course: str
    fault: str
    fault_label: str
    cause_code: str | None
    cause_detail: str
    injury_agent_code: str | None
    conclusion: str
    conclusion_detail: str
    property_damage: int | None
    other_cost: int | None
    no_statement_reason: str
    approved_at: datetime | None
    published_at: datetime | None
    expired: bool
    superseded_by: int | None
    findings: tuple[FindingView, ...]
    faults: tuple[FaultView, ...]
    recommendations: tuple[RecommendationView, ...]
    meeting: MeetingView | None
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class CommuneRecordView:
    """The record a commune made. `witnesses` empty unless opened."""

    id: str
    recorder: str
    recorder_title: str
    news_at: datetime
    news_source: str
    spot: str
    task: str
    works_for: str
    trained: bool | None
    insured: bool | None
    course: str
    cause_code: str | None
    injury_agent_code: str | None
    injury_codes: tuple[str, ...]
    treated_at: str
    days_lost: int | None
    medical_cost: int | None
    property_damage: int | None
    witnesses: str
    measures: str
    signatories: str
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the investigation of a case holds, newest minutes and teams first."""

    case_id: str
    level: str
    stage: str
    round: int
    teams: tuple[TeamView, ...]
    team: TeamView | None
    scene_visited_at: datetime | None
    scene: str
    scene_reason: str
    statements: tuple[StatementView, ...]
    expertises: tuple[ExpertiseView, ...]
    minutes: tuple[MinutesView, ...]
    writing: MinutesView | None
    in_force: MinutesView | None
    commune_record: CommuneRecordView | None
