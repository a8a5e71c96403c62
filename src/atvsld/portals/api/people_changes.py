"""Workers and service providers changed by other systems: keys made by the sender, versions compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Schema

from atvsld.kit.outcome import Problem
from atvsld.law.providers import PaperForm, ProviderKind
from atvsld.platform.acts import Act, Channel, Rejected
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api import people
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.people import ProviderOut, WorkerOut
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.places.models import Place
from atvsld.registers.providers.actions import qualifications
from atvsld.registers.providers.actions.register import change_provider, register_provider
from atvsld.registers.providers.drafts import ProviderDraft, QualificationDraft
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.policy import CHANGE as CHANGE_PROVIDERS
from atvsld.registers.providers.policy import PROVIDERS
from atvsld.registers.workers import queries as workers
from atvsld.registers.workers.actions import employment as employments
from atvsld.registers.workers.actions import groups
from atvsld.registers.workers.actions.register import change_worker, register_worker
from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.policy import CHANGE as CHANGE_WORKERS

# The same addresses as for reading, so the same router.
router = people.router


class PersonIn(Schema):
    """The facts of a person; the identity number is sealed on arrival and never given back in clear."""

    name: str = Field(max_length=200)
    birth_date: date | None = None
    sex: Literal["male", "female"] | None = None
    identity_kind: Literal["", "citizen", "old_card", "passport", "other"] = ""
    identity_number: str | None = Field(
        None, max_length=30, description="null leaves the number held, empty removes it"
    )


class WorkIn(Schema):
    """Work for an establishment (tax code), or in a commune (code) for none."""

    establishment_tax_code: str = Field("", max_length=20)
    place_code: str = Field("", max_length=10)
    started_on: date | None = None
    ended_on: date | None = None
    occupation_code: str = Field("", max_length=8)
    job_title: str = Field("", max_length=200)
    labour_relation: str = Field("", max_length=16)


class WorkerIn(PersonIn, WorkIn):
    """A person with the present work."""


class WorkerPatch(Schema):
    """What is not sent stays. `version` is the one last read: 409 when it is no longer current."""

    version: int
    name: str = Field("", max_length=200)
    birth_date: date | None = None
    sex: Literal["male", "female"] | None = None
    identity_kind: Literal["", "citizen", "old_card", "passport", "other"] = ""
    identity_number: str | None = Field(None, max_length=30)


class DayIn(Schema):
    """The last day, inclusive."""

    until: date


class GroupIn(Schema):
    """Belonging to a group that follows neither from age, sex nor labour relation."""

    group: str = Field(max_length=12)
    valid_from: date
    valid_to: date | None = None
    basis: str = Field("", max_length=200)


class ProviderIn(Schema):
    name: str = Field(max_length=300)
    tax_code: str = Field("", max_length=20)
    head: str = Field("", max_length=200)
    place_code: str = Field("", max_length=10)
    address: str = Field("", max_length=300)
    phone: str = Field("", max_length=30)
    email: str = Field("", max_length=254)
    website: str = Field("", max_length=200)
    ceased_on: date | None = None


class ProviderPatch(ProviderIn):
    """What is not sent stays. `version` is the one last read: 409 when it is no longer current."""

    version: int
    name: str = Field("", max_length=300)


class PaperIn(Schema):
    """A paper as read; scopes are codes of the law book's list of the kind."""

    kind: ProviderKind
    form: PaperForm
    valid_from: date
    class_name: str = Field("", max_length=2)
    number: str = Field("", max_length=80)
    issuer: str = Field("", max_length=200)
    valid_to: date | None = None
    scopes: list[str] = Field(default=[], max_length=50)


class WithdrawalIn(Schema):
    """The day from which the paper is worth nothing."""

    withdrawn_on: date


class SuspensionIn(Schema):
    """A suspension as decided; an empty kind stops all services."""

    decision: str = Field(max_length=200)
    starts_on: date
    ends_on: date | None = None
    kind: ProviderKind | None = None
    grounds: str = Field("", max_length=500)


@router.post("/workers", response=WorkerOut, operation_id="register_worker")
def post_worker(request: HttpRequest, body: WorkerIn) -> dict[str, Any]:
    """Add a person with the present work."""
    facts = WorkerDraft(**body.dict(include=set(PersonIn.model_fields)))
    return _worker(request, lambda act: register_worker(act, draft=facts, employment=_work(request, body)))


@router.patch("/workers/{public_id}", response=WorkerOut, operation_id="change_worker")
def patch_worker(request: HttpRequest, public_id: str, body: WorkerPatch) -> dict[str, Any]:
    """Change the facts of a person."""
    sent = body.dict(exclude_unset=True)
    version = sent.pop("version")
    found = _a_worker(request, public_id)
    kept = {name: getattr(found, name) for name in ("name", "birth_date", "sex", "identity_kind")}
    draft = WorkerDraft(**(kept | sent))
    return _worker(request, lambda act: change_worker(act, worker=found, version=version, draft=draft))


@router.post("/workers/{public_id}/employments", response=WorkerOut, operation_id="start_employment")
def post_employment(request: HttpRequest, public_id: str, body: WorkIn) -> dict[str, Any]:
    """Record work; when it is not over it becomes the present one."""
    found, work = _a_worker(request, public_id), _work(request, body)
    return _worker(request, lambda act: employments.start_employment(act, worker=found, draft=work).worker)


@router.patch("/workers/{public_id}/employments/{key}", response=WorkerOut, operation_id="end_employment")
def patch_employment(request: HttpRequest, public_id: str, key: str, body: DayIn) -> dict[str, Any]:
    """State the last day of work."""
    held = get_object_or_404(_a_worker(request, public_id).employments, public_id=_plain(key))
    return _worker(request, lambda act: employments.end_employment(act, employment=held, ended_on=body.until).worker)


@router.post("/workers/{public_id}/protected-groups", response=WorkerOut, operation_id="state_protected_group")
def post_group(request: HttpRequest, public_id: str, body: GroupIn) -> dict[str, Any]:
    """Record that a worker belongs to a group from a day on."""
    found = _a_worker(request, public_id)
    return _worker(request, lambda act: groups.state_group(act, worker=found, **body.dict()).worker)


@router.patch("/workers/{public_id}/protected-groups/{key}", response=WorkerOut, operation_id="end_protected_group")
def patch_group(request: HttpRequest, public_id: str, key: str, body: DayIn) -> dict[str, Any]:
    """State the last day in a group."""
    held = get_object_or_404(_a_worker(request, public_id).protected_groups, public_id=_plain(key))
    return _worker(request, lambda act: groups.end_group(act, membership=held, valid_to=body.until).worker)


@router.post("/service-providers", response=ProviderOut, operation_id="register_service_provider")
def post_provider(request: HttpRequest, body: ProviderIn) -> dict[str, Any]:
    """Add a service provider."""
    facts = body.dict(exclude={"place_code"})
    draft = ProviderDraft(place_id=_place(request, body.place_code), **facts)
    return _provider(request, lambda act: register_provider(act, draft=draft))


@router.patch("/service-providers/{public_id}", response=ProviderOut, operation_id="change_service_provider")
def patch_provider(request: HttpRequest, public_id: str, body: ProviderPatch) -> dict[str, Any]:
    """Change the facts of a service provider."""
    found, sent = _a_provider(request, public_id), body.dict(exclude_unset=True)
    version = sent.pop("version")
    if "place_code" in sent:
        sent["place_id"] = _place(request, sent.pop("place_code"))
    names = ("name", "tax_code", "head", "place_id", "address", "phone", "email", "website", "ceased_on")
    kept = {name: getattr(found, name) for name in names}
    draft = ProviderDraft(**(kept | {"tax_code": found.tax_code or ""} | sent))
    return _provider(request, lambda act: change_provider(act, provider=found, version=version, draft=draft))


@router.post("/service-providers/{public_id}/papers", response=ProviderOut, operation_id="add_provider_paper")
def post_paper(request: HttpRequest, public_id: str, body: PaperIn) -> dict[str, Any]:
    """Record a paper that lets a provider work."""
    found = _a_provider(request, public_id)
    values = body.dict() | {"kind": body.kind.value, "form": body.form.value, "scopes": tuple(body.scopes)}
    draft = QualificationDraft(**values)
    return _provider(request, lambda act: qualifications.add_qualification(act, provider=found, draft=draft).provider)


@router.patch(
    "/service-providers/{public_id}/papers/{key}", response=ProviderOut, operation_id="withdraw_provider_paper"
)
def patch_paper(request: HttpRequest, public_id: str, key: str, body: WithdrawalIn) -> dict[str, Any]:
    """The paper is worth nothing from a day on."""
    held = get_object_or_404(_a_provider(request, public_id).qualifications, public_id=_plain(key))
    return _provider(
        request,
        lambda act: qualifications.withdraw_qualification(act, qualification=held, on=body.withdrawn_on).provider,
    )


@router.post("/service-providers/{public_id}/suspensions", response=ProviderOut, operation_id="suspend_provider")
def post_suspension(request: HttpRequest, public_id: str, body: SuspensionIn) -> dict[str, Any]:
    """Record that an authority stopped the provider."""
    found = _a_provider(request, public_id)
    stated = body.dict() | {"kind": body.kind.value if body.kind else ""}
    return _provider(request, lambda act: qualifications.suspend(act, provider=found, **stated).provider)


@router.patch(
    "/service-providers/{public_id}/suspensions/{key}", response=ProviderOut, operation_id="end_provider_suspension"
)
def patch_suspension(request: HttpRequest, public_id: str, key: str, body: DayIn) -> dict[str, Any]:
    """State the last day of a suspension."""
    held = get_object_or_404(_a_provider(request, public_id).suspensions, public_id=_plain(key))
    return _provider(
        request, lambda act: qualifications.end_suspension(act, suspension=held, ends_on=body.until).provider
    )


def _worker(request: HttpRequest, change: Callable[[Act], Worker]) -> dict[str, Any]:
    act = _act(request)

    def work() -> dict[str, Any]:
        made = change(act)
        fresh = Worker.objects.select_related("establishment", "place").get(pk=made.pk)
        return _jsonable(people.WorkerOut(**people.shown_worker(fresh, act.day)))

    return once(request, work, at=act.at)


def _provider(request: HttpRequest, change: Callable[[Act], ServiceProvider]) -> dict[str, Any]:
    act = _act(request)

    def work() -> dict[str, Any]:
        made = change(act)
        fresh = ServiceProvider.objects.select_related("place").get(pk=made.pk)
        return _jsonable(people.ProviderOut(**people.shown_provider(fresh)))

    return once(request, work, at=act.at)


def _jsonable(answer: Schema) -> dict[str, Any]:
    """Kept with its key, so days are text already."""
    return answer.model_dump(mode="json")


def _a_worker(request: HttpRequest, public_id: str) -> Worker:
    found = workers.visible(actor_of(request), CHANGE_WORKERS)
    return get_object_or_404(found, public_id=_plain(public_id))


def _a_provider(request: HttpRequest, public_id: str) -> ServiceProvider:
    found = PROVIDERS.restrict(ServiceProvider.objects.all(), actor_of(request), CHANGE_PROVIDERS)
    return get_object_or_404(found, public_id=_plain(public_id))


def _work(request: HttpRequest, body: WorkIn) -> EmploymentDraft:
    firm = None
    if code := _plain(body.establishment_tax_code):
        firm = establishments.visible(actor_of(request)).filter(tax_code=code).values_list("pk", flat=True).first()
        if firm is None:
            message = _("Không có cơ sở nào mang mã số thuế này trong phạm vi của bạn.")
            raise Rejected([Problem("establishment_unknown", message, column="establishment_tax_code")])
    stated = body.dict(include={"started_on", "ended_on", "occupation_code", "job_title", "labour_relation"})
    return EmploymentDraft(establishment_id=firm, place_id=_place(request, body.place_code), **stated)


def _place(request: HttpRequest, code: str) -> int | None:
    """The commune of today with a code; None for an empty one."""
    if not (code := _plain(code)):
        return None
    day = _act(request).day
    units = Place.objects.filter(code=code, level="commune", valid_from__lte=day).exclude(valid_to__lt=day)
    if (found := units.values_list("pk", flat=True).first()) is None:
        message = _("Không có đơn vị hành chính cấp xã đang hoạt động mang mã này.")
        raise Rejected([Problem("place_unknown", message, column="place_code")])
    return found


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()


def _act(request: HttpRequest) -> Act:
    return Act(actor_of(request), Channel.API, at=request.now)  # type: ignore[attr-defined]
