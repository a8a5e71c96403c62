"""Establishments for other systems: listed, read whole, sent as rows, changed one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Channel, Rejected
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.accidents import Outcome, Rows, SubmitQuery
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.establishments import queries
from atvsld.registers.establishments.actions.organisation import state_organisation
from atvsld.registers.establishments.actions.register import change_establishment
from atvsld.registers.establishments.actions.sites import locate_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.drafts import draft_of
from atvsld.registers.establishments.hazards import words
from atvsld.registers.establishments.intake.further import ORGANISATION
from atvsld.registers.establishments.models import Establishment, OshOrganisation, WorkforceYear
from atvsld.registers.establishments.models.workforce import PARTS
from atvsld.registers.places import tree

router = Router(tags=["registers"])
_PLAIN = (
    "tax_code", "name", "address", "industry_version", "industry_code", "ownership_type", "phone", "email",
    "verification", "closed_on", "zone_name", "latitude", "longitude", "version",
)  # fmt: skip
_DRAFTED = ("name", "address", "industry_version", "industry_code", "ownership_type", "phone", "email")
_LOCATED = ("latitude", "longitude", "zone_name")


class EstablishmentOut(Schema):
    """One establishment; places by code, coordinates in degrees (WGS 84). `version` guards changes."""

    id: str
    tax_code: str
    enterprise_tax_code: str | None
    name: str
    address: str
    place_code: str
    headquarters_place_code: str
    industry_version: str
    industry_code: str
    ownership_type: str
    phone: str
    email: str
    zone_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    verification: str
    closed_on: date | None
    version: int


class Parts(Schema):
    """Parts of a year's people; null is not known."""

    contract_workers: int | None = None
    non_contract_workers: int | None = None
    elderly_workers: int | None = None
    minor_workers: int | None = None
    disabled_workers: int | None = None
    apprentices: int | None = None
    leased_workers: int | None = None
    arduous_workers: int | None = None
    arduous_female_workers: int | None = None


class Workforce(Parts):
    """The people of one year; payroll in đồng."""

    year: int
    workers: int
    female_workers: int | None = None
    payroll: int | None = None
    source: str = Field(max_length=200)


class Organisation(Schema):
    """Who looks after safety and hygiene; null is not known. In a change, what is left out stays as it is."""

    stated_on: date
    source: str = Field(max_length=200)
    full_time_officers: int | None = None
    part_time_officers: int | None = None
    has_osh_department: bool | None = None
    has_osh_service: bool | None = None
    doctors: int | None = None
    assistant_doctors: int | None = None
    medical_workers: int | None = None
    has_medical_facility: bool | None = None
    has_medical_contract: bool | None = None
    shifts: int | None = None
    production_teams: int | None = None
    osh_representatives: int | None = None
    has_osh_council: bool | None = None


class HazardOut(Schema):
    """One entry of the hazard profile; `code` is of the kind's catalogue or empty."""

    kind: str
    code: str
    label: str
    count: int | None
    valid_from: date
    valid_to: date | None
    source: str


class SiteOut(Schema):
    name: str
    place_code: str
    address: str
    zone_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    opened_on: date | None
    closed_on: date | None


class EstablishmentWhole(EstablishmentOut):
    """One establishment with its years, organisation, hazards and further sites."""

    further_industries: dict[str, str]
    workforce: list[Workforce]
    osh_organisation: Organisation | None
    hazards: list[HazardOut]
    sites: list[SiteOut]


class EstablishmentPage(Schema):
    items: list[EstablishmentOut]
    next: str | None


class EstablishmentQuery(Paging):
    tax_code: str = Field("", max_length=20)
    name: str = Field("", description="part of the name, with or without tone marks", max_length=300)


class EstablishmentChange(Schema):
    """What is to change; what is left out stays. `version` is the one read before: 409 when it is no longer current."""

    version: int
    name: str | None = Field(None, max_length=300)
    address: str | None = Field(None, max_length=300)
    place_code: str | None = Field(None, max_length=10, description="commune of today")
    industry_version: str | None = Field(None, max_length=20)
    industry_code: str | None = Field(None, max_length=6)
    ownership_type: str | None = Field(None, max_length=4)
    phone: str | None = Field(None, max_length=30)
    email: str | None = Field(None, max_length=254)
    zone_name: str | None = Field(None, max_length=200)
    latitude: Decimal | None = Field(None, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, max_digits=9, decimal_places=6)
    workforce: Workforce | None = None
    osh_organisation: Organisation | None = None


@router.get("/establishments", response=EstablishmentPage, operation_id="list_establishments")
def list_establishments(request: HttpRequest, query: Query[EstablishmentQuery]) -> dict[str, Any]:
    """Establishments in the account's area."""
    found = queries.visible(actor_of(request)).select_related("place", "headquarters_place", "enterprise")
    if query.tax_code:
        found = found.filter(tax_code=query.tax_code.replace("\x00", ""))
    if query.name:
        found = queries.search(found, query.name.replace("\x00", ""))
    rows, following = page(found, query)
    return {"items": [_shown(row) for row in rows], "next": following}


@router.post("/establishments", response=Outcome, operation_id="submit_establishments")
def submit(request: HttpRequest, body: Rows, query: Query[SubmitQuery]) -> dict[str, Any]:
    """Send rows with the columns of the import file. The same rows again change nothing."""
    from atvsld.registers.establishments.intake import accept_rows

    act = _act(request)

    def work() -> dict[str, Any]:
        outcome = accept_rows(act, body.rows, dry_run=query.dry_run, all_or_nothing=query.all_or_nothing)
        if not outcome.readable:
            raise Rejected(outcome.errors)
        return dict(outcome.to_json())

    return once(request, work, at=act.at)


@router.get("/establishments/{public_id}", response=EstablishmentWhole, operation_id="get_establishment")
def get_establishment(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One establishment whole."""
    return _whole(_found(request, public_id))


@router.patch("/establishments/{public_id}", response=EstablishmentWhole, operation_id="change_establishment")
def change(request: HttpRequest, public_id: str, body: EstablishmentChange) -> dict[str, Any]:
    """Change one establishment; all of the change is made or nothing."""
    act = _act(request)

    def work() -> dict[str, Any]:
        with transaction.atomic():
            _change(act, _found(request, public_id), body)
        return EstablishmentWhole(**_whole(_found(request, public_id))).model_dump(mode="json")

    return once(request, work, at=act.at)


def _change(act: Act, record: Establishment, body: EstablishmentChange) -> None:
    said = body.dict(exclude_unset=True, exclude={"version", "workforce", "osh_organisation", "place_code"})
    version = body.version
    drafted: dict[str, Any] = {name: said[name] or "" for name in _DRAFTED if name in said}
    if body.place_code:
        drafted["place_id"] = _place(act.day, body.place_code)
    # Stating years or organisation alone must meet the same version as well: the change is one.
    draft = replace(draft_of(record), **drafted)
    change_establishment(act, establishment=record, version=version, draft=draft)
    if located := {name: said[name] for name in _LOCATED if name in said}:
        held = {name: getattr(record, name) for name in _LOCATED} | {"zone_authority": record.zone_authority}
        values = held | located
        values["zone_name"] = values["zone_name"] or ""
        locate_establishment(act, establishment=record, version=record.version, **values)
    if body.workforce is not None:
        stated = body.workforce.dict(exclude_unset=True)
        parts = {name: stated.pop(name) for name in PARTS if name in stated}
        whole: dict[str, Any] = {"female_workers": None, "payroll": None} | stated
        set_workforce(act, establishment=record, **whole, parts=parts)
    if body.osh_organisation is not None:
        stated = body.osh_organisation.dict(exclude_unset=True)
        day, source = stated.pop("stated_on"), stated.pop("source")
        state_organisation(act, establishment=record, stated_on=day, source=source, values=stated)


def _place(day: date, code: str) -> int:
    """The commune of a day that carries a code; `Rejected` when there is none."""
    for node in tree.current().with_code(code):
        if node.level == "commune" and node.exists_on(day):
            return node.pk
    message = _("Không có đơn vị hành chính cấp xã mang mã %(code)s hôm nay.") % {"code": code[:10]}
    raise Rejected([Problem("place_unknown", message, _("Tra mã xã, phường, đặc khu."), column="place_code")])


def _found(request: HttpRequest, public_id: str) -> Establishment:
    related = ("place", "headquarters_place", "enterprise", "zone_authority")
    visible = queries.visible(actor_of(request)).select_related(*related)
    record = visible.filter(public_id=public_id).first() if "\x00" not in public_id else None
    if record is None:
        raise Http404
    return record


def _act(request: Any) -> Act:
    return Act(actor=actor_of(request), channel=Channel.API, at=request.now)


def _shown(row: Establishment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _PLAIN} | {
        "id": row.public_id,
        "enterprise_tax_code": row.enterprise.tax_code if row.enterprise else None,
        "place_code": row.place.code,
        "headquarters_place_code": row.headquarters_place.code,
    }


def _whole(row: Establishment) -> dict[str, Any]:
    stated = OshOrganisation.objects.filter(establishment=row).values("stated_on", "source", *ORGANISATION).first()
    years = ("year", "workers", "female_workers", "payroll", "source", *PARTS)
    sites = ("name", "address", "zone_name", "latitude", "longitude", "opened_on", "closed_on")
    facts = ("kind", "code", "count", "valid_from", "valid_to", "source")
    return _shown(row) | {
        "further_industries": dict(row.further_industries.values_list("version", "code")),
        "workforce": list(WorkforceYear.objects.filter(establishment=row).order_by("-year").values(*years)),
        "osh_organisation": stated,
        "hazards": [
            {name: getattr(fact, name) for name in facts} | {"label": words(fact)}
            for fact in row.hazards.order_by("kind", "-valid_from", "pk")
        ],
        "sites": [
            {name: getattr(site, name) for name in sites} | {"place_code": site.place.code}
            for site in row.sites.select_related("place")
        ],
    }
