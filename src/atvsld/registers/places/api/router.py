"""Places for other systems: which unit a code of one day is on another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.registers.places import queries
from atvsld.registers.places.policy import READ

router = Router(tags=["registers"])


class TraceQuery(Schema):
    """The day on which the code is read, and the day asked about; today when not said."""

    since: date | None = Field(None, alias="from")
    to: date | None = None
    address: str = Field(
        "", description="where a unit was divided: the address, which may name the new unit, village or street",
        max_length=300,
    )  # fmt: skip


class TracedUnit(Schema):
    code: str
    name: str
    valid_from: date
    on: date


class TracedLanding(Schema):
    """A unit that holds the ground, or a share of it. `estimate`: the share is not stated by the legal basis."""

    code: str
    name: str
    valid_from: date
    share: float
    basis: str
    estimate: bool


class TraceOut(Schema):
    """Going forwards the shares add up to 1; backwards each is the part of that predecessor that came in."""

    unit: TracedUnit = Field(alias="from")
    on: date
    decided_by: str = Field(description="whole, address, or share (stated shares; estimates are marked)")
    to: list[TracedLanding]


@router.get("/places/{code}/trace", response=TraceOut, by_alias=True, operation_id="trace_place")
def trace(request: HttpRequest, code: str, query: Query[TraceQuery]) -> dict[str, Any]:
    """Which units the ground of a unit belongs to on another day."""
    if not actor_of(request).may(READ):
        raise Refused("Tài khoản không có quyền xem địa bàn.")
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    try:
        return queries.trace(
            code.replace("\x00", ""), query.since or today, query.to or today, address=query.address
        ).to_json()
    except queries.UnknownPlaceError as error:
        raise HttpError(404, str(error)) from error
