"""Declarations and notices of accidents for other systems: an employer's or a hospital's software tells, and lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from urllib.parse import unquote

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from atvsld.casework.accidents.declarations import queries
from atvsld.casework.accidents.declarations.actions import read_reporter, receive
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.notice import Notice, Reporter
from atvsld.casework.accidents.declarations.policy import CREATE, DECLARATIONS, READ, READ_REPORTER
from atvsld.casework.accidents.declarations.timing import timing
from atvsld.casework.accidents.drafts import VictimDraft
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Channel, Refused, Rejected
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import HEADER, once
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.places import tree

router = Router(tags=["accidents"])
PURPOSE = "X-Purpose"
KindName = Literal["employer", "host", "outsiders", "abroad", "family", "commune", "union", "other"]
ChannelName = Literal["in_person", "phone", "fax", "telegram", "email", "post", "page", "api"]


class ReporterIn(Schema):
    """Who tells; sealed on arrival and protected by law."""

    name: str = Field("", max_length=200)
    phone: str = Field("", max_length=30)
    relation: str = Field("", max_length=100)
    title: str = Field("", max_length=200)


class TellVictim(Schema):
    """What is known of one victim beyond being counted."""

    name: str = Field("", max_length=200)
    birth_year: int | None = Field(None, ge=1900, le=2100)
    sex: Literal["male", "female"] | None = None
    occupation_code: str | None = Field(None, max_length=6)
    labour_relation: str | None = Field(None, max_length=14)
    severity: Literal["fatal", "severe", "minor"] | None = None
    injury_codes: list[str] = Field(default_factory=list, max_length=40)


class Tell(Schema):
    """One notice. Moments carry their offset; counts are of people; unknown stays out."""

    kind: KindName
    channel: ChannelName = "api"
    occurred_at: datetime
    known_at: datetime | None = None
    notified_at: datetime | None = None
    place_code: str = Field(max_length=20, description="code of the commune in force on the day of the accident")
    spot: str = Field("", max_length=300)
    establishment_tax_code: str | None = Field(None, max_length=20)
    establishment_name: str = Field("", max_length=300, description="as told, when the tax code is not known")
    dead: int = Field(0, ge=0, le=200)
    severe: int = Field(0, ge=0, le=200)
    minor: int = Field(0, ge=0, le=200)
    unclear: int = Field(0, ge=0, le=200)
    description: str = Field(max_length=20_000)
    reporter: ReporterIn | None = None
    victims: list[TellVictim] = Field(default_factory=list, max_length=200)


class DeclarationOut(Schema):
    """One declaration. `reporter` is null unless a purpose was given by somebody who may read it."""

    id: str
    number: str
    kind: str
    channel: str
    stage: str
    version: int
    case_id: str | None
    case_number: str | None
    occurred_at: datetime
    known_at: datetime | None
    notified_at: datetime
    received_at: datetime
    late: bool | None
    place_code: str
    establishment_tax_code: str | None
    dead: int
    severe: int
    minor: int
    unclear: int
    description: str
    template: str
    receipt_code: str
    receipt_url: str
    content_hash: str
    reporter: ReporterIn | None


class DeclarationPage(Schema):
    """A page of declarations; `next` is the cursor of the page after, null at the end."""

    items: list[DeclarationOut]
    next: str | None


class DeclarationQuery(Paging):
    """Filters."""

    kind: KindName | None = None
    case: str = Field("", max_length=26, description="id of a case")


@router.post("/declarations", response=DeclarationOut, operation_id="submit_declaration")
def submit(request: HttpRequest, body: Tell) -> dict[str, Any]:
    """Tell of an accident. With an Idempotency-Key a repetition is harmless; a ULID there becomes the id."""
    act = _act(request)
    if not act.actor.may(CREATE):
        raise Refused(_("Tài khoản không có quyền khai báo tai nạn."))
    sent = request.headers.get(HEADER, "")
    key = sent if is_ulid(sent) else new_ulid()

    def work() -> dict[str, Any]:
        return _plain(_shown(request, receive(act, key=key, notice=_notice(body))))

    return once(request, work, at=act.at)


@router.get("/declarations", response=DeclarationPage, operation_id="list_declarations")
def list_declarations(request: HttpRequest, query: Query[DeclarationQuery]) -> dict[str, Any]:
    """The newest version of each declaration in the account's reach, in order of entry."""
    actor = actor_of(request)
    if not actor.may(READ):
        raise Refused(_("Tài khoản không có quyền xem khai báo tai nạn."))
    found = queries.latest(actor).select_related("case", "place", "establishment", "receipt")
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.case:
        found = found.filter(case__public_id=query.case.replace("\x00", ""))
    rows, following = page(found, query)
    return {"items": [_shown(request, row) for row in rows], "next": following}


@router.get("/declarations/{public_id}", response=DeclarationOut, operation_id="get_declaration")
def get_declaration(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One declaration; with the header X-Purpose also who told, if the account may read it: recorded each time."""
    found = queries.visible(actor_of(request)).select_related("case", "place", "establishment", "receipt")
    record = found.filter(public_id=public_id.replace("\x00", "")).first()
    if record is None:
        raise Http404
    purpose = unquote(request.headers.get(PURPOSE, "")).strip()
    shown = _shown(request, record)
    if purpose:
        if not DECLARATIONS.decide(actor_of(request), READ_REPORTER, record):
            raise Refused(_("Tài khoản không có quyền xem người báo tin; bỏ X-Purpose."))
        told = read_reporter(_act(request, purpose), declaration=record)
        shown["reporter"] = {name: getattr(told, name) for name in ("name", "phone", "relation", "title")}
    return shown


def _act(request: Any, reason: str = "") -> Act:
    return Act(actor=actor_of(request), channel=Channel.API, at=request.now, reason=reason)


def _notice(body: Tell) -> Notice:
    """The body as a notice; `Rejected` for a place or establishment the registers do not know."""
    for name in ("occurred_at", "known_at", "notified_at"):
        moment = getattr(body, name)
        if moment is not None and timezone.is_naive(moment):
            message = _("Thời điểm phải kèm múi giờ, ví dụ 2026-11-20T09:30:00+07:00.")
            raise Rejected([Problem("naive_moment", message, column=name)])
    node = tree.current().at(body.place_code, timezone.localtime(body.occurred_at).date())
    if node is None:
        message = _("Không có đơn vị hành chính mã %(code)s vào ngày xảy ra.") % {"code": body.place_code}
        raise Rejected([Problem("place_unknown", message, column="place_code", value=body.place_code)])
    firm = None
    if code := body.establishment_tax_code:
        firm = establishments.match_tax_codes([code]).get(code)
        if firm is None:
            message = _("Chưa có cơ sở mang mã số thuế %(code)s; gửi tên cơ sở thay cho mã.") % {"code": code}
            raise Rejected([Problem("establishment_unknown", message, column="establishment_tax_code", value=code)])
    plain = ("kind", "channel", "occurred_at", "known_at", "notified_at", "dead", "severe", "minor", "unclear")
    return Notice(
        **{name: getattr(body, name) for name in plain}, spot=body.spot, place_id=node.pk, establishment_id=firm,
        establishment_text="" if firm else body.establishment_name.strip(), description=body.description.strip(),
        reporter=Reporter(**body.reporter.dict()) if body.reporter else Reporter(),
        victims=tuple(
            VictimDraft(**(victim.dict() | {"injury_codes": tuple(victim.injury_codes)})) for victim in body.victims
        ),
    )  # fmt: skip


def _shown(request: HttpRequest, record: Declaration) -> dict[str, Any]:
    told = record.content
    plain = (
        "number", "kind", "channel", "stage", "version", "occurred_at", "known_at", "notified_at", "received_at",
        "template", "content_hash",
    )  # fmt: skip
    return {name: getattr(record, name) for name in plain} | {
        "id": record.public_id,
        "case_id": record.case.public_id if record.case else None,
        "case_number": record.case.number if record.case else None,
        "late": timing(load_book(), record).late,
        "place_code": record.place.code,
        "establishment_tax_code": record.establishment.tax_code if record.establishment else None,
        **{name: told.get(name, 0) for name in ("dead", "severe", "minor", "unclear")},
        "description": told.get("description", ""),
        "receipt_code": record.receipt.code,
        "receipt_url": request.build_absolute_uri(reverse("accident_receipts:receipt", args=[record.receipt.code])),
        "reporter": None,
    }


def _plain(shown: dict[str, Any]) -> dict[str, Any]:
    """Moments as text: a kept answer is JSON."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in shown.items()}
