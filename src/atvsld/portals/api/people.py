"""Workers and service providers for other systems; identity numbers only ever masked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.law.providers import ProviderKind, load_provider_rules
from atvsld.law.worker_groups import WorkerGroup
from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.providers import policy as providers_policy
from atvsld.registers.providers import queries as providers
from atvsld.registers.providers import standing
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.workers import groups, identity_numbers
from atvsld.registers.workers import policy as workers_policy
from atvsld.registers.workers import queries as workers
from atvsld.registers.workers.models import Worker

router = Router(tags=["people and providers"])
_WORK = ("started_on", "ended_on", "occupation_code", "job_title", "labour_relation")


class MembershipOut(Schema):
    """Belonging to a protected group: `how` is sex_age, relation or stated (only these have an `id`); days inclusive.

    `status` tells how sure the rule is that `citation` names.
    """

    id: str | None
    group: str
    since: date | None
    until: date | None
    how: str
    citation: str
    status: str


class EmploymentOut(Schema):
    """Work over some days; null where not known or not over."""

    id: str
    establishment_tax_code: str | None
    place_code: str | None
    started_on: date | None
    ended_on: date | None
    occupation_code: str
    job_title: str
    labour_relation: str


class WorkerOut(Schema):
    """One person; the identity number masked but for its last digits."""

    id: str
    name: str
    birth_date: date | None
    sex: str | None
    identity_kind: str
    identity_masked: str
    establishment_tax_code: str | None
    place_code: str | None
    protected_groups: list[str] = Field(description="groups of the law book the person belongs to on the day asked for")
    memberships: list[MembershipOut]
    employments: list[EmploymentOut]
    version: int


class WorkerPage(Schema):
    items: list[WorkerOut]
    next: str | None


class WorkerQuery(Paging):
    text: str = Field("", description="part of the name, or the whole identity number", max_length=200)
    establishment_tax_code: str = Field("", max_length=20)
    group: WorkerGroup | None = Field(None, description="only those who belong to this group on the day")
    on: date | None = Field(None, description="the day for groups; default today")


class WorkerDay(Schema):
    on: date | None = Field(None, description="the day for groups; default today")


class PaperOut(Schema):
    """A paper that lets a provider work; `ends_on` by the paper or by law, null when there is no end."""

    id: str
    kind: str
    form: str
    class_name: str
    number: str
    issuer: str
    valid_from: date
    ends_on: date | None
    withdrawn_on: date | None
    scopes: list[str]


class SuspensionOut(Schema):
    """Days on which a provider may not work; an empty kind means all its services."""

    id: str
    kind: str
    starts_on: date
    ends_on: date | None
    decision: str


class ProviderOut(Schema):
    """A service provider with its papers; its people are not given."""

    id: str
    name: str
    tax_code: str | None
    address: str
    place_code: str | None
    ceased_on: date | None
    papers: list[PaperOut]
    suspensions: list[SuspensionOut]
    version: int


class ProviderPage(Schema):
    items: list[ProviderOut]
    next: str | None


class ProviderQuery(Paging):
    text: str = Field("", description="part of the name, a paper's number or the tax code", max_length=200)
    kind: ProviderKind | None = None


class StandingQuery(Schema):
    """A matter: kind of service, scope of the law book's list (empty: the kind alone), day (default today)."""

    kind: ProviderKind
    scope: str = Field("", max_length=30)
    on: date | None = None


class StandingOut(Schema):
    """Whether a result in the matter may stand on the day; `code` is empty when nothing is against it."""

    clear: bool
    code: str
    sentence: str
    citation: str | None
    status: str


@router.get("/workers", response=WorkerPage, operation_id="list_workers")
def list_workers(request: HttpRequest, query: Query[WorkerQuery]) -> dict[str, Any]:
    """Workers in the account's area or establishment."""
    actor = actor_of(request)
    if not actor.may(workers_policy.READ):
        raise Refused("Tài khoản không có quyền xem người lao động.")
    found = _with_work(workers.visible(actor))
    if text := query.text.replace("\x00", ""):
        found = workers.search(found, text)
    if code := query.establishment_tax_code.replace("\x00", ""):
        found = found.filter(establishment__tax_code=code)
    on = query.on or clock.local_day(request.now)  # type: ignore[attr-defined]
    if query.group:
        found = groups.in_group(found, query.group, on)
    rows, following = page(found, query)
    return {"items": [shown_worker(row, on) for row in rows], "next": following}


@router.get("/workers/{public_id}", response=WorkerOut, operation_id="get_worker")
def get_worker(request: HttpRequest, public_id: str, query: Query[WorkerDay]) -> dict[str, Any]:
    """One worker."""
    found = _with_work(workers.visible(actor_of(request)))
    row = get_object_or_404(found, public_id=public_id.replace("\x00", ""))
    return shown_worker(row, query.on or clock.local_day(request.now))  # type: ignore[attr-defined]


@router.get("/service-providers", response=ProviderPage, operation_id="list_service_providers")
def list_service_providers(request: HttpRequest, query: Query[ProviderQuery]) -> dict[str, Any]:
    """Service providers with their papers and suspensions."""
    if not actor_of(request).may(providers_policy.READ):
        raise Refused("Tài khoản không có quyền xem tổ chức dịch vụ.")
    found = providers.public()
    if text := query.text.replace("\x00", ""):
        found = providers.search(found, text)
    if query.kind:
        found = providers.of_kind(found, query.kind.value)
    rows, following = page(found, query)
    return {"items": [shown_provider(row) for row in rows], "next": following}


@router.get("/service-providers/{public_id}/standing", response=StandingOut, operation_id="get_provider_standing")
def get_provider_standing(request: HttpRequest, public_id: str, query: Query[StandingQuery]) -> dict[str, Any]:
    """Whether a result of the provider in a matter may stand on a day, and why."""
    found = providers.visible(actor_of(request))
    row = get_object_or_404(found, public_id=public_id.replace("\x00", ""))
    on = query.on or clock.local_day(request.now)  # type: ignore[attr-defined]
    told = standing.standing(row, standing.Matter(query.kind.value, query.scope), on)
    return {
        "clear": told.clear,
        "code": told.code,
        "sentence": told.sentence,
        "citation": str(told.citation) if told.citation else None,
        "status": told.status.value,
    }


@router.get("/service-providers/{public_id}", response=ProviderOut, operation_id="get_service_provider")
def get_service_provider(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One service provider."""
    found = providers.visible(actor_of(request))
    return shown_provider(get_object_or_404(found, public_id=public_id.replace("\x00", "")))


def _with_work(found: QuerySet[Worker]) -> QuerySet[Worker]:
    return workers.with_parts(found).prefetch_related("employments__establishment", "employments__place")


def shown_worker(row: Worker, on: date) -> dict[str, Any]:
    """A worker as `WorkerOut`; groups as they are on a day. Reads prefetched employments and groups."""
    plain = ("name", "birth_date", "sex", "identity_kind", "version")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.public_id,
        "identity_masked": identity_numbers.mask(row.identity_sealed),
        "establishment_tax_code": row.establishment.tax_code if row.establishment else None,
        "place_code": row.place.code if row.place else None,
        "protected_groups": [group.value for group in groups.groups_on(row, on)],
        "memberships": _memberships(row),
        "employments": [
            {name: getattr(held, name) for name in _WORK}
            | {
                "id": held.public_id,
                "establishment_tax_code": held.establishment.tax_code if held.establishment else None,
                "place_code": held.place.code if held.place else None,
            }
            for held in row.employments.all()
        ],
    }


def _memberships(row: Worker) -> list[dict[str, Any]]:
    stated: dict[tuple[str, date | None, date | None], str] = {
        (held.group, held.valid_from, held.valid_to): held.public_id for held in row.protected_groups.all()
    }
    return [
        {
            "id": stated.get((item.group.value, item.span.since, item.span.until)) if item.how == "stated" else None,
            "group": item.group.value,
            "since": item.span.since,
            "until": item.span.until,
            "how": item.how,
            "citation": str(item.citation),
            "status": item.status.value,
        }
        for item in groups.memberships(row)
    ]


def shown_provider(row: ServiceProvider) -> dict[str, Any]:
    """A provider as `ProviderOut`."""
    rules = load_provider_rules()
    plain = ("name", "tax_code", "address", "ceased_on", "version")
    paper = ("kind", "form", "class_name", "number", "issuer", "valid_from", "withdrawn_on")
    stop = ("kind", "starts_on", "ends_on", "decision")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.public_id,
        "place_code": row.place.code if row.place else None,
        "papers": [
            {name: getattr(held, name) for name in paper}
            | {
                "id": held.public_id,
                "ends_on": standing.ends_on(held),
                "scopes": sorted(rules.scope_of(standing.paper(held))),
            }
            for held in row.qualifications.all()
        ],
        "suspensions": [
            {name: getattr(held, name) for name in stop} | {"id": held.public_id} for held in row.suspensions.all()
        ],
    }
