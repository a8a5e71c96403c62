"""Registers for other systems: which establishments and which places there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.establishments import queries as establishments
from atvsld.registers.places.models import Place
from atvsld.registers.places.policy import READ as READ_PLACES

router = Router(tags=["registers"])


class EstablishmentOut(Schema):
    """One establishment; places by code."""

    id: str
    tax_code: str
    name: str
    place_code: str
    headquarters_place_code: str
    industry_version: str
    industry_code: str
    ownership_type: str
    verification: str
    closed_on: date | None


class EstablishmentPage(Schema):
    items: list[EstablishmentOut]
    next: str | None


class EstablishmentQuery(Paging):
    tax_code: str = Field("", max_length=20)
    name: str = Field("", description="part of the name, with or without tone marks", max_length=300)


class PlaceOut(Schema):
    """An administrative unit during one span of days; a code may name another unit in another span."""

    id: str
    code: str
    name: str
    level: str
    kind: str
    valid_from: date
    valid_to: date | None


class PlacePage(Schema):
    items: list[PlaceOut]
    next: str | None


class PlaceQuery(Paging):
    code: str = Field("", max_length=10)
    on: date | None = Field(None, description="only the units that exist on this day")


@router.get("/establishments", response=EstablishmentPage, operation_id="list_establishments")
def list_establishments(request: HttpRequest, query: Query[EstablishmentQuery]) -> dict[str, Any]:
    """Establishments in the account's area."""
    found = establishments.visible(actor_of(request)).select_related("place", "headquarters_place")
    if query.tax_code:
        found = found.filter(tax_code=query.tax_code.replace("\x00", ""))
    if query.name:
        found = establishments.search(found, query.name.replace("\x00", ""))
    rows, following = page(found, query)
    plain = ("tax_code", "name", "industry_version", "industry_code", "ownership_type", "verification", "closed_on")
    items = [
        {name: getattr(row, name) for name in plain}
        | {
            "id": row.public_id,
            "place_code": row.place.code,
            "headquarters_place_code": row.headquarters_place.code,
        }
        for row in rows
    ]
    return {"items": items, "next": following}


@router.get("/places", response=PlacePage, operation_id="list_places")
def list_places(request: HttpRequest, query: Query[PlaceQuery]) -> dict[str, Any]:
    """Administrative units of all dates."""
    if not actor_of(request).may(READ_PLACES):
        raise Refused("Tài khoản không có quyền xem địa bàn.")
    found = Place.objects.all()
    if query.code:
        found = found.filter(code=query.code.replace("\x00", ""))
    if query.on:
        found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=query.on), valid_from__lte=query.on)
    rows, following = page(found, query)
    plain = ("code", "name", "level", "kind", "valid_from", "valid_to")
    return {
        "items": [{"id": row.public_id} | {name: getattr(row, name) for name in plain} for row in rows],
        "next": following,
    }
