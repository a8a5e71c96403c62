"""The investigation of a case for other systems: what was found and published, and evidence handed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.investigation import actions, facade
from atvsld.casework.accidents.investigation.drafts import EvidenceDraft
from atvsld.casework.accidents.investigation.models import Evidence
from atvsld.casework.accidents.investigation.policy import may_work
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Channel, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import actor_of

router = Router(tags=["accidents"])


class MemberOut(Schema):
    """One member of the team in force; `role` is an entry of the law or `other`."""

    position: int
    role: str
    role_label: str
    is_leader: bool
    name: str
    agency: str
    title: str


class RecommendationOut(Schema):
    """One measure and what came of it."""

    id: str
    position: int
    text: str
    responsible: str
    due_on: date
    done_on: date | None
    result: str
    waived_on: date | None


class DeliveryOut(Schema):
    """One recipient of the minutes."""

    position: int
    role: str
    recipient: str
    required: bool
    sent_at: datetime | None
    channel: str


class MinutesOut(Schema):
    """One version of the minutes; `expired` once newer ones took its force. Names, injuries and codes are left out."""

    id: str
    number: int
    round: int
    level: str
    variant: str
    state: str
    course: str
    fault: str
    cause_code: str | None
    injury_agent_code: str | None
    conclusion: str
    conclusion_detail: str
    property_damage: int | None
    published_at: datetime | None
    expired: bool
    superseded_by: int | None
    recommendations: list[RecommendationOut]
    deliveries: list[DeliveryOut]


class DossierPaperOut(Schema):
    """One paper of a dossier: `present`, `missing`, `optional` (none, none needed) or `exempt`."""

    id: str
    label: str
    state: str


class DossierOut(Schema):
    """The dossier of one victim, named by position."""

    victim_position: int
    complete: bool
    papers: list[DossierPaperOut]


class EvidenceOut(Schema):
    """A piece of evidence; the file itself is not handed out here, its hash is."""

    id: str
    item: str
    title: str
    victim_position: int | None
    added_at: datetime
    file_name: str | None
    sha256: str | None
    withdrawn: bool


class InvestigationOut(Schema):
    """The investigation of a case as the account may see it.

    `restricted`: another level investigates, so only the team and what was published are told (Decree 39/2016,
    Art. 12.2 c). Sealed texts are never part of this answer.
    """

    case: str
    level: str
    stage: str
    round: int
    restricted: bool
    team: list[MemberOut]
    minutes: list[MinutesOut]
    statements: int | None
    dossiers: list[DossierOut]
    evidence: list[EvidenceOut]


class EvidenceIn(Schema):
    """What a piece of evidence is. `key` (a ULID made by the sender) makes sending it again harmless."""

    item: str = Field(
        description="a paper of Article 16 (HS_a … HS_k), consent, sending, result or other", max_length=20
    )
    title: str = Field(max_length=200)
    victim_position: int | None = None
    number: str = Field("", max_length=60)
    dated: date | None = None
    source: str = Field("", max_length=200)
    note: str = Field("", max_length=500)
    key: str = Field("", max_length=26)


@router.get("/accidents/{case_id}/investigation", response=InvestigationOut, summary="The investigation of a case")
def investigation(request: HttpRequest, case_id: str) -> dict[str, Any]:
    """404 when the case is outside the account's area, or nobody opened its procedure."""
    case, record = _record(request, case_id)
    works = may_work(actor_of(request), case, record.level)
    told = facade.material(case)
    assert told is not None  # the case has a file
    minutes = [_published(one) for one in told.minutes if works or one.published_at]
    return {
        "case": case.public_id,
        "level": told.level,
        "stage": told.stage,
        "round": told.round,
        "restricted": not works,
        "team": list(told.team.members) if told.team else [],
        "minutes": minutes,
        "statements": len(told.statements) if works else None,
        "dossiers": [_dossier(one) for one in facade.dossiers(record)] if works else [],
        "evidence": [_piece(one) for one in record.all_evidence] if works else [],
    }


@router.post(
    "/accidents/{case_id}/investigation/evidence", response={201: EvidenceOut}, summary="Hand in a piece of evidence"
)
def add_evidence(
    request: HttpRequest, case_id: str, body: Form[EvidenceIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    """The file is sealed and kept by its hash. 403 when another level investigates the case."""
    case, record = _record(request, case_id)
    act = Act(actor_of(request), Channel.API, at=request.now)  # type: ignore[attr-defined]
    victims = {victim.position: victim.pk for victim in record.victims}
    if body.victim_position is not None and body.victim_position not in victims:
        raise Rejected([Problem("not_of_case", _("Vụ không có người bị nạn thứ tự này."), column="victim_position")])
    stated = body.model_dump(exclude={"key", "victim_position"})
    draft = EvidenceDraft(**stated, victim_id=victims[body.victim_position] if body.victim_position else None)
    piece = actions.add_evidence(
        act, case=case, key=body.key or new_ulid(), draft=draft, name=(file.name or "") if file else "",
        content=files.read_upload(file) if file else None,
    )  # fmt: skip
    return Status(201, _piece(piece))


def _record(request: HttpRequest, case_id: str) -> tuple[AccidentCase, facade.Record]:
    visible = queries.visible_cases(actor_of(request)).select_related("establishment")
    case = visible.filter(public_id=case_id.replace("\x00", "")).first()
    file = file_of(case) if case else None
    if case is None or file is None:
        raise Http404
    file.case = case
    return case, facade.Record(file)


def _published(one: facade.MinutesView) -> dict[str, Any]:
    names = set(MinutesOut.model_fields) - {"recommendations", "deliveries"}
    return {name: getattr(one, name) for name in names} | {
        "recommendations": list(one.recommendations),
        "deliveries": list(one.deliveries),
    }


def _dossier(one: facade.Dossier) -> dict[str, Any]:
    papers = [{"id": line.rule.id, "label": line.label, "state": line.state} for line in one.lines]
    return {"victim_position": one.victim.position, "complete": one.complete, "papers": papers}


def _piece(one: Evidence) -> dict[str, Any]:
    return {
        "id": one.public_id, "item": one.item, "title": one.title,
        "victim_position": one.victim.position if one.victim else None, "added_at": one.added_at,
        "file_name": one.file.name if one.file else None, "sha256": one.file.sha256 if one.file else None,
        "withdrawn": one.withdrawn_at is not None,
    }  # fmt: skip
