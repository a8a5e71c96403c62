"""Bodies for other systems: who holds which function for which place on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.listed import body_data, listed
from atvsld.registers.bodies.policy import READ
from atvsld.registers.places.queries import UnknownPlaceError

router = Router(tags=["registers"])


class HeldFunction(Schema):
    """A function held for a place over a span of days."""

    function: str
    label: str
    place_code: str
    valid_from: date
    valid_to: date | None


class ManagedZone(Schema):
    name: str
    valid_from: date
    valid_to: date | None


class Succession(Schema):
    """The other body of a handing over."""

    code: str
    name: str
    effective_on: date
    legal_basis: str
    certainty: str
    note: str


class BodyOut(Schema):
    """One body during the span in which it bore this name."""

    id: str
    code: str
    name: str
    short_name: str
    place_code: str
    place_name: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: str
    functions: list[HeldFunction]
    zones: list[ManagedZone]
    predecessors: list[Succession]
    successors: list[Succession]


class BodyPage(Schema):
    items: list[BodyOut]
    next: str | None


class BodyQuery(Paging):
    """With `place` and `function`: the bodies that answer for it there. More than one where a function is divided."""

    on: date | None = Field(None, description="bodies that exist on this day; needed with place, today by default")
    function: str = Field("", description="one of GET /bodies/functions", max_length=40)
    place: str = Field("", description="code of an administrative unit on that day", max_length=10)


class FunctionOut(Schema):
    function: str
    label: str


@router.get("/bodies/functions", response=list[FunctionOut], operation_id="list_body_functions")
def list_functions(request: HttpRequest) -> list[dict[str, str]]:
    """The functions a body may hold."""
    _require(request)
    return [{"function": name, "label": str(label)} for name, label in FUNCTIONS.items()]


@router.get("/bodies", response=BodyPage, operation_id="list_bodies")
def list_bodies(request: HttpRequest, query: Query[BodyQuery]) -> dict[str, Any]:
    """Bodies with their functions, zones and successions."""
    _require(request)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    on = query.on or (today if query.place else None)
    try:
        found = listed(on=on, function=query.function.replace("\x00", ""), place=query.place.replace("\x00", ""))
    except UnknownPlaceError as error:
        raise HttpError(404, str(error)) from error
    rows, following = page(found, query)
    return {"items": [body_data(body) for body in rows], "next": following}


def _require(request: HttpRequest) -> None:
    if not actor_of(request).may(READ):
        raise Refused(_("Tài khoản không có quyền xem cơ quan, tổ chức."))
