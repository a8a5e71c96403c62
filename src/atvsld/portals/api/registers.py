"""Registers for other systems: which places there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.places.models import Place
from atvsld.registers.places.policy import READ as READ_PLACES

router = Router(tags=["registers"])


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
