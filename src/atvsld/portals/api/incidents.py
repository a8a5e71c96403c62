"""Technical incidents for other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from atvsld.casework.incidents import actions, queries
from atvsld.casework.incidents.drafts import IncidentDraft
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Channel, Rejected, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.portals.api.plain import Amount, PlainSchema
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.places import tree

router = Router(tags=["incidents"])


class IncidentIn(PlainSchema):
    """What is stated of an incident; moments with zone, the damage in đồng."""

    occurred_at: datetime
    place_code: str = Field(description="code of the commune on the day of the incident")
    establishment_tax_code: str = Field("", max_length=20)
    known_at: datetime | None = None
    received_at: datetime | None = None
    object_kind: Literal["equipment", "material", "substance"]
    object_name: str = Field(max_length=200)
    object_number: str = Field("", max_length=80)
    description: str = Field(max_length=20_000)
    measures: str = Field("", max_length=20_000)
    sector_law: Literal["none", "construction", "other"] = "none"
    many_places: bool = False
    outsiders_dead: int = Field(0, ge=0, le=9999)
    outsiders_severe: int = Field(0, ge=0, le=9999)
    casualties_unclear: bool = False
    damage: Amount | None = None


class IncidentOut(Schema):
    """One incident; `serious` is null while nobody has judged it."""

    id: str
    number: str
    occurred_at: datetime
    known_at: datetime | None
    received_at: datetime | None
    place_code: str
    establishment_tax_code: str | None
    object_kind: str
    object_name: str
    object_number: str
    description: str
    sector_law: str
    outsiders_dead: int
    outsiders_severe: int
    casualties_unclear: bool
    many_places: bool
    damage: int | None
    serious: bool | None
    state: str
    version: int


class IncidentPage(Schema):
    items: list[IncidentOut]
    next: str | None


@router.get("/incidents", response=IncidentPage, operation_id="list_incidents")
def incidents(request: HttpRequest, query: Query[Paging]) -> dict[str, Any]:
    """Incidents within reach, in the order they were recorded."""
    shown, following = page(queries.visible(actor_of(request)), query)
    return {"items": [_out(one) for one in shown], "next": following}


@router.get("/incidents/{key}", response=IncidentOut, operation_id="get_incident")
def incident(request: HttpRequest, key: str) -> dict[str, Any]:
    """One incident."""
    return _out(get_object_or_404(queries.visible(actor_of(request)), public_id=key.replace("\x00", "")))


@router.post("/incidents", response=IncidentOut, operation_id="report_incident")
def report(request: HttpRequest, body: IncidentIn) -> dict[str, Any]:
    """Record an incident; repeat with the same Idempotency-Key at will."""
    act = Act(actor_of(request), Channel.API, at=request.now)  # type: ignore[attr-defined]

    def answer() -> dict[str, Any]:
        made = actions.report_incident(act, key=new_ulid(), draft=_draft(body))
        found = _out(made)
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in found.items()}

    return once(request, answer, at=act.at)


def _draft(body: IncidentIn) -> IncidentDraft:
    stated = body.dict()
    day = clock.local_day(stated["occurred_at"])
    place = tree.current().at(stated.pop("place_code"), day, "commune")
    code = stated.pop("establishment_tax_code")
    establishment = establishments.match_tax_codes([code]).get(code) if code else None
    problems = []
    if place is None:
        message = _("Không có đơn vị mang mã này vào ngày xảy ra.")
        problems.append(Problem("place_unknown", message, _("Dùng mã của ngày xảy ra."), column="place_code"))
    if code and establishment is None:
        message = _("Chưa có cơ sở mang mã số thuế này.")
        problems.append(
            Problem("establishment_unknown", message, _("Thêm cơ sở trước."), column="establishment_tax_code")
        )
    if problems or place is None:
        raise Rejected(problems)
    return IncidentDraft(**stated, place_id=place.pk, establishment_id=establishment)


def _out(held: TechnicalIncident) -> dict[str, Any]:
    plain = [name for name in IncidentOut.model_fields if name not in {"id", "place_code", "establishment_tax_code"}]
    return {
        "id": held.public_id,
        "place_code": held.place.code,
        "establishment_tax_code": held.establishment.tax_code if held.establishment else None,
        **{name: getattr(held, name) for name in plain},
    }
