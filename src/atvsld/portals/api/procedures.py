"""The procedure of an accident case for other systems: where it stands, what is due, and taking a step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade, policy
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.procedure.reading import instants_of
from atvsld.law import UnknownEntry
from atvsld.platform.acts import Act, Channel, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once

router = Router(tags=["accidents"])


class StepOut(Schema):
    """A step that may follow: its article, whether the caller may take it, and what is still missing."""

    id: str
    label: str
    citation: str
    status: str
    allowed: bool
    missing: list[str]
    facts: list[str]
    asks_reason: bool


class ClockOut(Schema):
    """A deadline rule that runs or ran on the case, and the moment it counts from."""

    rule: str
    since: datetime
    state: str
    extended: bool
    ended_at: datetime | None
    reason: str


class ChangeOut(Schema):
    """One step taken: `at` when it happened, `recorded_at` when it was entered."""

    step: str
    from_stage: str
    to_stage: str
    at: datetime
    recorded_at: datetime
    automatic: bool
    citation: str
    reason: str


class ProcedureOut(Schema):
    """The file of a case. `level` deals with it, `computed_level` is what the law says of its present victims."""

    case: str
    stage: str
    level: str | None
    computed_level: str | None
    round: int
    version: int
    instants: dict[str, datetime | None]
    steps: list[StepOut]
    clocks: list[ClockOut]
    history: list[ChangeOut]


class StepIn(Schema):
    """A step to take; `facts` are those `StepOut.facts` names. Without `version` the present one is meant."""

    at: datetime | None = None
    reason: str = Field("", max_length=1000)
    version: int | None = None
    facts: dict[str, str | int | bool] = Field(default_factory=dict)


@router.get("/accidents/{case_id}/procedure", response=ProcedureOut, summary="Where a case stands in the procedure")
def procedure(request: HttpRequest, case_id: str) -> dict[str, Any]:
    """404 when the case is outside the account's area, or nobody opened its procedure."""
    return _shown(request, _file(request, case_id))


@router.post("/accidents/{case_id}/procedure/{step}", response=ProcedureOut, summary="Take a step of the procedure")
def take(request: HttpRequest, case_id: str, step: str, body: StepIn) -> dict[str, Any]:
    """With an `Idempotency-Key` the step is taken once however often the request comes."""
    file = _file(request, case_id)
    act = Act(actor_of(request), Channel.API, at=request.now, reason=body.reason)  # type: ignore[attr-defined]
    reserved = {"case", "step", "at", "reason", "key", "version"}
    facts: dict[str, Any] = {name: value for name, value in body.facts.items() if name not in reserved}

    def done() -> dict[str, Any]:
        try:
            facade.advance(act, case=file.case, step=step, at=body.at, version=body.version, **facts)
        except UnknownEntry:
            raise Http404 from None
        return ProcedureOut(**_shown(request, _file(request, case_id))).model_dump(mode="json")

    return once(request, done, at=act.at)


def _file(request: HttpRequest, case_id: str) -> CaseFile:
    visible = queries.visible_cases(actor_of(request))
    case: AccidentCase | None = visible.filter(public_id=case_id.replace("\x00", "")).first()
    file = facade.file_of(case) if case else None
    if file is None:
        raise Http404
    return file


def _shown(request: HttpRequest, file: CaseFile) -> dict[str, Any]:
    actor = actor_of(request)
    views = facade.steps(actor, file, at=clock.now()) if actor.may(policy.ACT) else []
    return {
        "case": file.case.public_id,
        "stage": file.stage,
        "level": file.level,
        "computed_level": file.computed_level,
        "round": file.round,
        "version": file.version,
        "instants": instants_of(file),
        "steps": [
            {
                "id": view.id, "label": view.label, "citation": str(view.citation), "status": view.status.value,
                "allowed": view.allowed, "missing": [str(problem) for problem in view.missing],
                "facts": list(view.facts), "asks_reason": view.asks_reason,
            }
            for view in views
        ],
        "clocks": [
            {
                "rule": held.rule, "since": held.since, "state": held.state, "extended": held.extended,
                "ended_at": held.ended_at, "reason": held.ended_reason,
            }
            for held in file.clocks.order_by("pk")
        ],
        "history": [
            {
                "step": held.step, "from_stage": held.from_stage, "to_stage": held.to_stage, "at": held.at,
                "recorded_at": held.recorded_at, "automatic": held.automatic,
                "citation": f"{held.instrument} {held.locator}".strip(), "reason": held.reason,
            }
            for held in file.changes.order_by("pk")
        ],
    }  # fmt: skip
