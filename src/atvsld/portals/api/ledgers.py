"""Ledgers for other systems: which there are, and their records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page
from atvsld.registers.ledgers import values
from atvsld.registers.ledgers.ledger import Ledger, ledger_of, ledgers
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.proving import from_day
from atvsld.registers.ledgers.reach import visible

router = Router(tags=["ledgers"])


class LedgerOut(Schema):
    """A register of acts; `labels`: the names of `values` in its records with Vietnamese labels."""

    word: str
    title: str
    day: str
    labels: dict[str, str]


class LedgerRecordOut(Schema):
    """One act. `values` by field; coded words as codes, a place by its code, amounts in đồng, null for not known."""

    id: str
    body_code: str | None
    establishment_tax_code: str | None
    place_code: str
    values: dict[str, Any]
    withdrawn: bool
    version: int


class LedgerRecordPage(Schema):
    items: list[LedgerRecordOut]
    next: str | None


class LedgerRecordQuery(Paging):
    start: date | None = Field(None, description="acts of this day or later")
    end: date | None = Field(None, description="acts of this day or earlier")


@router.get("/ledgers", response=list[LedgerOut], operation_id="list_ledgers")
def list_ledgers(request: HttpRequest) -> list[dict[str, Any]]:
    """The registers the account may read."""
    actor = actor_of(request)
    return [
        {
            "word": ledger.word, "title": str(ledger.title), "day": ledger.day,
            "labels": {name: values.label(ledger.field(name)) for name in ledger.fields},
        }
        for ledger in ledgers() if actor.may(ledger.read)
    ]  # fmt: skip


@router.get("/ledgers/{word}", response=LedgerRecordPage, operation_id="list_ledger_records")
def list_records(request: HttpRequest, word: str, query: Query[LedgerRecordQuery]) -> dict[str, Any]:
    """Records within reach, in the order they were entered; withdrawn ones are marked."""
    ledger = _ledger(word)
    found = visible(actor_of(request), ledger).select_related("place", *_joined(ledger))
    if query.start:
        found = found.filter(from_day(ledger, query.start))
    if query.end:
        found = found.filter(**{f"{ledger.day}__lte": query.end})
    shown, following = page(found, query)
    return {"items": [_out(ledger, record) for record in shown], "next": following}


@router.get("/ledgers/{word}/{key}", response=LedgerRecordOut, operation_id="get_ledger_record")
def get_record(request: HttpRequest, word: str, key: str) -> dict[str, Any]:
    """One record."""
    ledger = _ledger(word)
    found = visible(actor_of(request), ledger).select_related("place", *_joined(ledger))
    return _out(ledger, get_object_or_404(found, public_id=key.replace("\x00", "")))


def _ledger(word: str) -> Ledger[Any]:
    ledger = ledger_of(word)
    if ledger is None:
        raise Http404
    return ledger


def _joined(ledger: Ledger[Any]) -> list[str]:
    return [name for name in ledger.fields if ledger.field(name).is_relation]


def _out(ledger: Ledger[Any], record: LedgerRecord) -> dict[str, Any]:
    return {
        "id": record.public_id,
        "body_code": record.body.code if record.body else None,
        "establishment_tax_code": record.establishment.tax_code if record.establishment else None,
        "place_code": record.place.code,
        "values": values.plain(ledger, record),
        "withdrawn": record.withdrawn_at is not None,
        "version": record.version,
    }
