"""What a person or a system states about an investigation, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """One member of a team. `role` is an entry of the law (`members`) or `other`."""

    role: str
    name: str
    agency: str
    title: str = ""
    authorisation: str = ""
    is_leader: bool = False
    user_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft:
    """The decision and the composition."""

    decision_date: date
    signer_name: str
    members: tuple[MemberDraft, ...]
    decision_number: str = ""
    signer_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneDraft:
    """The scene: visit, state, consent to clear it (the document is a piece of evidence, by primary key)."""

    scene_visited_at: datetime | None = None
    scene: str = ""
    scene_reason: str = ""
    clearing_agreed_on: date | None = None
    clearing_agreed_by: str = ""
    clearing_document_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """A statement. `person` (name, birth, occupation, address) and `content` (questions, answers) are sealed."""

    relation: str
    person: str
    content: str
    taken_at: datetime
    place: str
    taken_by: str
    relation_detail: str = ""
    victim_id: int | None = None
    ended_at: datetime | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """A piece of evidence; `item` is an entry of the dossier or `other`."""

    item: str
    title: str
    victim_id: int | None = None
    number: str = ""
    dated: date | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertiseDraft:
    """An expert opinion asked for."""

    kind: str
    asked_of: str
    asked_on: date
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """Items 4, 11–13 for one victim. Money in đồng; None = not known."""

    victim_id: int
    severity: str | None = None
    injury_codes: tuple[str, ...] = ()
    injury: str = ""
    treated_at: str = ""
    first_treatment: str = ""
    days_lost: int | None = None
    medical_cost: int | None = None
    wage_cost: int | None = None
    compensation_cost: int | None = None
    workplace: str = ""
    service_years: Decimal | None = None
    trade_years: Decimal | None = None
    skill_grade: str = ""
    trained: bool | None = None
    residence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultDraft:
    """Item 9."""

    role: str
    breach: str
    handling: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """Item 10."""

    text: str
    responsible: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesDraft:
    """Items 5–13 of the minutes."""

    variant: str = "a"
    work_started_at: datetime | None = None
    hours_worked: Decimal | None = None
    course: str = ""
    fault: str = ""
    cause_code: str | None = None
    cause_detail: str = ""
    injury_agent_code: str | None = None
    conclusion: str = "pending"
    conclusion_detail: str = ""
    property_damage: int | None = None
    other_cost: int | None = None
    no_statement_reason: str = ""
    victims: tuple[FindingDraft, ...] = ()
    faults: tuple[FaultDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteeDraft:
    """One asked to the meeting; `role` is an entry of the law (`invitees`) or `other`."""

    role: str
    name: str = ""
    agency: str = ""
    victim_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """When, where, whom."""

    planned_at: datetime
    place: str
    invitees: tuple[InviteeDraft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceDraft:
    """What became of one invitee (by position in the list)."""

    position: int
    attended: bool | None
    absence: str = ""
    dissent: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDraft:
    """The meeting as it was held."""

    held_at: datetime
    chair: str
    proceedings: str
    attendance: tuple[AttendanceDraft, ...]
    employer_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingDraft:
    """Proof of sending; the paper that proves it is a piece of evidence, by primary key."""

    sent_at: datetime
    channel: str
    reference: str
    proof_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingDraft:
    """A public notice."""

    role: str
    posted_on: date
    place: str
    note: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneRecordDraft:
    """What the commune writes down."""

    recorder: str
    news_at: datetime
    news_source: str
    spot: str
    course: str
    recorder_title: str = ""
    task: str = ""
    works_for: str = ""
    trained: bool | None = None
    insured: bool | None = None
    cause_code: str | None = None
    injury_agent_code: str | None = None
    injury_codes: tuple[str, ...] = ()
    treated_at: str = ""
    days_lost: int | None = None
    medical_cost: int | None = None
    property_damage: int | None = None
    witnesses: str = ""
    measures: str = ""
    signatories: str = ""
