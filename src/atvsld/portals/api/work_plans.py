"""Yearly plans for other systems: what each body does for which clause, how it stands, what proves it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.oversight.workplans import facade
from atvsld.oversight.workplans.facade import Said, StandingEvidence, Task, WorkPlan
from atvsld.platform.acts import Act, Channel, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.portals.api.plain import PlainSchema

router = Router(tags=["work plans"])
State = Literal["planned", "doing", "done", "stopped", ""]


class WorkPlanOut(Schema):
    """The plan of one body or establishment for one year; it stays with whoever made it."""

    id: str
    programme: str
    year: int
    body_code: str | None
    establishment_tax_code: str | None
    place_code: str
    state: str
    number: str
    issued_on: date | None
    sent_at: datetime | None
    version: int


class WorkPlanPage(Schema):
    items: list[WorkPlanOut]
    next: str | None


class WorkPlanQuery(Paging):
    """Filters; all that are given must hold."""

    programme: str = Field("", max_length=60)
    year: int | None = Field(None, ge=2000, le=2100)
    body: str = Field("", max_length=60, description="code of the body that made it")
    state: Literal["draft", "sent", "returned", "agreed", ""] = ""


class TaskOut(Schema):
    """A task and who answers for it now. `proofs`: evidence that stands; a claim without any is `unproven`."""

    id: str
    plan: str
    programme: str
    year: int
    number: int
    clause: str
    title: str
    body_code: str | None
    establishment_tax_code: str | None
    starts_on: date
    ends_on: date
    measure: str
    aim: Decimal | None
    state: str
    percent: int
    done_on: date | None
    overdue: bool
    proofs: int
    unproven: bool
    owner_unsure: bool
    version: int


class TaskPage(Schema):
    items: list[TaskOut]
    next: str | None


class ProofOut(Schema):
    """What is laid beside a task. `stands` is false when its record was withdrawn in its own register."""

    id: str
    kind: str
    label: str
    url: str
    day: date | None
    stands: bool


class TaskHoldingOut(Schema):
    """Who answered for the task, from the first to the last day (null: today)."""

    body_code: str | None
    establishment_tax_code: str | None
    since: date
    until: date | None
    why: str


class TaskProgressOut(Schema):
    id: str
    at: datetime
    state: str
    percent: int
    text: str
    difficulty: str
    proposal: str


class TaskWhole(TaskOut):
    """A task with its evidence, its holders in order, and what was reported, latest first."""

    detail: str
    supports: list[str]
    evidence: list[ProofOut]
    holdings: list[TaskHoldingOut]
    progress: list[TaskProgressOut]


class TaskQuery(Paging):
    """Filters; all that are given must hold."""

    programme: str = Field("", max_length=60)
    year: int | None = Field(None, ge=2000, le=2100)
    clause: str = Field("", max_length=40)
    body: str = Field("", max_length=60, description="code of the body that answers for it now")
    state: State = ""
    overdue: bool = Field(False, description="not finished though its last day has passed")
    unproven: bool = Field(False, description="said to be at work or done, and nothing standing proves it")


class SaidIn(PlainSchema):
    """A report on a task. `version` is the task's as last read."""

    version: int
    state: Literal["planned", "doing", "done", "stopped"]
    percent: int = Field(ge=0, le=100)
    text: str = Field(max_length=5000)
    difficulty: str = Field("", max_length=5000)
    proposal: str = Field("", max_length=5000)
    done_on: date | None = None
    stopped_why: str = Field("", max_length=300)


@router.get("/work-plans", response=WorkPlanPage, operation_id="list_work_plans")
def list_work_plans(request: HttpRequest, query: Query[WorkPlanQuery]) -> dict[str, Any]:
    """Yearly plans within the account's area, in order of entry."""
    found = facade.visible_plans(actor_of(request))
    for name, column in (("programme", "programme"), ("year", "year"), ("body", "body__code"), ("state", "state")):
        if value := getattr(query, name):
            found = found.filter(**{column: _plain(value)})
    shown, following = page(found, query)
    return {"items": [_plan(plan) for plan in shown], "next": following}


@router.get("/tasks", response=TaskPage, operation_id="list_tasks")
def list_tasks(request: HttpRequest, query: Query[TaskQuery]) -> dict[str, Any]:
    """Tasks within the account's area, in order of entry."""
    found, today = facade.visible_tasks(actor_of(request)), _today(request)
    for name, column in (
        ("programme", "plan__programme"), ("year", "plan__year"), ("clause", "clause"), ("body", "body__code"),
        ("state", "state"),
    ):  # fmt: skip
        if value := getattr(query, name):
            found = found.filter(**{column: _plain(value)})
    if query.overdue:
        found = facade.overdue(found, today)
    if query.unproven:
        found = facade.unproven(found)
    shown, following = page(found, query)
    proven = facade.standing(shown)
    return {"items": [_task(task, proven[task.pk], today) for task in shown], "next": following}


@router.get("/tasks/{key}", response=TaskWhole, operation_id="get_task")
def get_task(request: HttpRequest, key: str) -> dict[str, Any]:
    """One task with all that was said of it."""
    return _whole(_found(request, key), _today(request))


@router.post("/tasks/{key}/progress", response=TaskWhole, operation_id="report_task_progress")
def report_progress(request: HttpRequest, key: str, body: SaidIn) -> dict[str, Any]:
    """Say how a task stands; only for whoever answers for it. An Idempotency-Key makes repeating harmless."""
    now: datetime = request.now  # type: ignore[attr-defined]

    def answer() -> dict[str, Any]:
        task = _found(request, key)
        said = Said(**body.dict(exclude={"version"}))
        facade.report_progress(Act(actor_of(request), Channel.API, at=now), task=task, version=body.version, said=said)
        return TaskWhole(**_whole(_found(request, key), _today(request))).model_dump(mode="json")

    return once(request, answer, at=now)


def _found(request: HttpRequest, key: str) -> Task:
    return get_object_or_404(facade.visible_tasks(actor_of(request)), public_id=_plain(key))


def _today(request: HttpRequest) -> date:
    return clock.local_day(request.now)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def _plan(plan: WorkPlan) -> dict[str, Any]:
    return {
        "id": plan.public_id, "programme": plan.programme, "year": plan.year, **_owner(plan),
        "place_code": plan.place.code, "state": plan.state, "number": plan.number, "issued_on": plan.issued_on,
        "sent_at": plan.sent_at, "version": plan.version,
    }  # fmt: skip


def _owner(row: Any) -> dict[str, str | None]:
    return {
        "body_code": row.body.code if row.body else None,
        "establishment_tax_code": row.establishment.tax_code if row.establishment else None,
    }


def _task(task: Task, proven: list[StandingEvidence], today: date) -> dict[str, Any]:
    claimed = task.state in {Task.State.DOING, Task.State.DONE}
    return {
        "id": task.public_id, "plan": task.plan.public_id, "programme": task.plan.programme, "year": task.plan.year,
        **_owner(task), "overdue": task.state in Task.OPEN and task.ends_on < today, "proofs": len(proven),
        "unproven": claimed and not proven,
        **{name: getattr(task, name) for name in (
            "number", "clause", "title", "starts_on", "ends_on", "measure", "aim", "state", "percent", "done_on",
            "owner_unsure", "version",
        )},
    }  # fmt: skip


def _whole(task: Task, today: date) -> dict[str, Any]:
    laid = facade.laid([task])[task.pk]
    return _task(task, [one for one in laid if one.stands], today) | {
        "detail": task.detail,
        "supports": [one.body.code for one in task.supports.select_related("body").order_by("body__code")],
        "evidence": [
            {
                "id": one.row.public_id, "kind": one.row.kind, "label": one.label, "url": one.url, "day": one.day,
                "stands": one.stands,
            }
            for one in laid
        ],
        "holdings": [
            {**_owner(one), "since": one.since, "until": one.until, "why": one.why}
            for one in task.holdings.select_related("body", "establishment")
        ],
        "progress": [
            {
                "id": one.public_id, "at": one.at, "state": one.state, "percent": one.percent, "text": one.text,
                "difficulty": one.difficulty, "proposal": one.proposal,
            }
            for one in task.progress.all()
        ],
    }  # fmt: skip
