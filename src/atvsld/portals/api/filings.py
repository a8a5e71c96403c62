"""Reports that reporters owe, for other systems: opened, filled in cell by cell, handed in, decided upon."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.kit.ids import new_ulid
from atvsld.oversight.filing import facade
from atvsld.oversight.filing.facade import Draft, Edit, Filing, Submission
from atvsld.platform.acts import Act, Channel, Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.portals.api.plain import PlainSchema
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

router = Router(tags=["filings"])
State = Literal["draft", "submitted", "returned", "accepted", "locked", ""]


class FilingIn(PlainSchema):
    """Which report of whom: exactly one of `establishment` (tax code) and `body` (code)."""

    report: str = Field(max_length=30, description="duty of the reporting calendar: R1, R2, R8 …")
    period: str = Field(max_length=8, description="2025 or 2025-H1")
    establishment: str = Field("", max_length=14)
    body: str = Field("", max_length=60)


class FilingOut(Schema):
    """One report of one reporter for one period. `due_before`: strictly before that day."""

    id: str
    report: str
    form: str
    form_valid_from: date
    period: str
    reporter: str
    reporter_name: str
    state: str
    nil: bool
    due_before: date | None
    number: int
    submitted_at: datetime | None
    last_submitted_at: datetime | None
    late: bool
    accepted_at: datetime | None
    departures: int
    version: int


class FilingPage(Schema):
    """A page of reports; `next` is the cursor of the page after, null at the end."""

    items: list[FilingOut]
    next: str | None


class FilingQuery(Paging):
    """Filters; all that are given must hold."""

    report: str = Field("", max_length=30)
    form: str = Field("", max_length=30)
    period: str = Field("", max_length=8)
    state: State = ""


class CellOut(Schema):
    """One place of the form: what is written, what the registers hold (null: none does), what was given as reason."""

    key: str
    text: str
    value: Decimal | None
    register_value: Decimal | None
    reason: str
    written: bool


class FaultOut(Schema):
    """A check that does not hold, and where."""

    id: str
    severity: str
    message: str
    where: str


class DraftOut(Schema):
    """The draft: every place that can be written, computed figures, faults. `mark` is what was seen of it."""

    mark: str
    version: int
    nil: bool
    cells: list[CellOut]
    computed: dict[str, str | None]
    faults: list[FaultOut]
    departures_without_reason: list[str]


class CellIn(PlainSchema):
    """One change. `was`: the text written there when last read, null when nobody had written; `now` null takes back.

    Figures as people write them: `1.234,5`.
    """

    key: str = Field(max_length=110)
    was: str | None = Field(None, max_length=5000)
    now: str | None = Field(None, max_length=5000)
    reason: str | None = Field(None, max_length=300)


class CellsIn(PlainSchema):
    cells: list[CellIn] = Field(max_length=5000)


class ClashOut(Schema):
    """A place somebody else wrote meanwhile; nothing was written there."""

    key: str
    mine: str | None
    theirs: str | None
    by: str


class SavedOut(Schema):
    """What became of a batch: clashes and refusals concern their own place alone."""

    written: list[str]
    clashes: list[ClashOut]
    refused: list[dict[str, Any]]
    mark: str


class SubmitIn(PlainSchema):
    """`mark` of the draft that was read (empty: whatever it is now); a `reason` for all but the first time."""

    version: int
    mark: str = Field("", max_length=64)
    reason: str = Field("", max_length=500)


class ReceiptOut(Schema):
    """That a report was handed in: code, moment, and the SHA-256 of its canonical content."""

    filing: str
    number: int
    receipt: str
    submitted_at: datetime
    late: bool
    nil: bool
    digest: str
    departures: int


class VersionIn(Schema):
    version: int


class ReturnIn(PlainSchema):
    """What is wrong, by place (`I/1/3`), or of the whole under an empty key."""

    version: int
    remarks: dict[str, str] = Field(max_length=500)


@router.get("/filings", response=FilingPage, operation_id="list_filings")
def filings(request: HttpRequest, query: Query[FilingQuery]) -> dict[str, Any]:
    """Reports in the account's area, in order of entry. Drafts only of the account's own reporters."""
    actor = actor_of(request)
    if not actor.may(facade.READ):
        raise Refused("Tài khoản không có quyền xem báo cáo.")
    found = facade.visible(actor)
    mine = facade.own(actor).values("pk") if actor.may(facade.SUBMIT) else Filing.objects.none().values("pk")
    found = found.exclude(state="draft") | facade.visible(actor).filter(pk__in=mine)
    for name in ("report", "form", "period", "state"):
        if value := getattr(query, name).replace("\x00", ""):
            found = found.filter(**{name: value})
    rows, following = page(found, query)
    return {"items": [_out(filing) for filing in rows], "next": following}


@router.post("/filings", response=FilingOut, operation_id="open_filing")
def open_filing(request: HttpRequest, body: FilingIn) -> dict[str, Any]:
    """Open a report, or find the one that is open: the same for every repetition."""
    firm = Establishment.objects.filter(tax_code=body.establishment).first() if body.establishment else None
    authority = Body.objects.filter(code=body.body).first() if body.body else None
    if (firm is None) == (authority is None):
        raise Http404
    made = facade.open_filing(_act(request), report=body.report, period=body.period, establishment=firm, body=authority)
    return _out(facade.own(actor_of(request)).get(pk=made.pk))


@router.get("/filings/{key}", response=FilingOut, operation_id="get_filing")
def filing(request: HttpRequest, key: str) -> dict[str, Any]:
    """One report."""
    return _out(get_object_or_404(facade.visible(actor_of(request)), public_id=_plain(key)))


@router.get("/filings/{key}/draft", response=DraftOut, operation_id="get_filing_draft")
def draft(request: HttpRequest, key: str) -> dict[str, Any]:
    """The draft over the records of this moment, for those who write it."""
    return _draft(facade.read_draft(_own(request, key), at=request.now))  # type: ignore[attr-defined]


@router.put("/filings/{key}/cells", response=SavedOut, operation_id="write_filing_cells")
def write(request: HttpRequest, key: str, body: CellsIn) -> dict[str, Any]:
    """Write places of the draft. Sent again, it changes nothing."""
    held = _own(request, key)
    edits = [Edit(cell.key, cell.was, cell.now, cell.reason) for cell in body.cells]
    saved = facade.save_cells(_act(request), filing=held, edits=edits)
    now = facade.read_draft(held, at=request.now)  # type: ignore[attr-defined]
    clashes = [
        {"key": clash.key, "mine": clash.mine, "theirs": clash.theirs, "by": clash.by} for clash in saved.clashes
    ]
    refused = [problem.to_json() for problem in saved.problems]
    return {"written": list(saved.written), "clashes": clashes, "refused": refused, "mark": now.mark}


@router.post("/filings/{key}/submit", response=ReceiptOut, operation_id="submit_filing")
def submit(request: HttpRequest, key: str, body: SubmitIn) -> dict[str, Any]:
    """Hand the report in; repeat with the same Idempotency-Key at will, the receipt stays the same."""
    held = _own(request, key)

    def answer() -> dict[str, Any]:
        made = facade.submit(
            _act(request), filing=held, key=new_ulid(), version=body.version, seen=body.mark, reason=body.reason
        )
        return _receipt(held, made)

    return once(request, answer, at=request.now)  # type: ignore[attr-defined]


@router.get("/filings/{key}/submissions/{number}", response=dict[str, Any], operation_id="get_submission")
def submission(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """What was handed in, with its receipt."""
    held = get_object_or_404(facade.visible(actor_of(request)), public_id=_plain(key))
    found = get_object_or_404(held.submissions, number=min(number, 32_000))
    return {"receipt": _receipt(held, found), "content": found.content}


@router.post("/filings/{key}/accept", response=FilingOut, operation_id="accept_filing")
def accept(request: HttpRequest, key: str, body: VersionIn) -> dict[str, Any]:
    """Take the report in."""
    held = _decided(request, key)
    return _out(facade.accept(_act(request), filing=held, version=body.version))


@router.post("/filings/{key}/return", response=FilingOut, operation_id="return_filing")
def return_filing(request: HttpRequest, key: str, body: ReturnIn) -> dict[str, Any]:
    """Give the report back to be corrected."""
    held = _decided(request, key)
    return _out(facade.return_filing(_act(request), filing=held, version=body.version, remarks=body.remarks))


def _own(request: HttpRequest, key: str) -> Filing:
    actor = actor_of(request)
    if not actor.may(facade.SUBMIT):
        raise Refused("Tài khoản không có quyền lập báo cáo.")
    return get_object_or_404(facade.own(actor), public_id=_plain(key))


def _decided(request: HttpRequest, key: str) -> Filing:
    actor = actor_of(request)
    if not actor.may(facade.DECIDE):
        raise Refused("Tài khoản không có quyền tiếp nhận báo cáo.")
    return get_object_or_404(facade.visible(actor, facade.DECIDE), public_id=_plain(key))


def _plain(key: str) -> str:
    return key.replace("\x00", "")


def _act(request: HttpRequest) -> Act:
    return Act(actor_of(request), Channel.API, at=request.now)  # type: ignore[attr-defined]


def _out(held: Filing) -> dict[str, Any]:
    names = [
        name
        for name in FilingOut.model_fields
        if name not in {"id", "reporter", "reporter_name", "departures"}
    ]  # fmt: skip
    code = held.establishment.tax_code if held.establishment else held.body.code if held.body else ""
    return {
        "id": held.public_id,
        "reporter": code,
        "reporter_name": str(held.reporter),
        "departures": held.current.departures if held.current else 0,
        **{name: getattr(held, name) for name in names},
    }


def _receipt(held: Filing, made: Submission) -> dict[str, Any]:
    """The answer as it is kept for a repeated request: plain JSON."""
    return {
        "filing": held.public_id,
        "number": made.number,
        "receipt": made.receipt,
        "submitted_at": made.submitted_at.isoformat(),
        "late": facade.is_late(held.due_before, made.submitted_at),
        "nil": made.nil,
        "digest": made.digest,
        "departures": made.departures,
    }


def _draft(held: Draft) -> dict[str, Any]:
    filled = held.filled
    places = [*held.shape.places, *(f"header:{key}" for key in held.shape.header)]
    places += [f"section:{section.key}" for section in held.shape.form.sections]
    extra = [key for key in held.entries if key not in places]
    figures = {
        f"{table}/{row}/{column}": value
        for table, rows in filled.figures.items()
        for row, cells in rows.items()
        for column, value in cells.items()
    }
    return {
        "mark": held.mark,
        "version": held.filing.version,
        "nil": filled.nil,
        "cells": [
            {
                "key": key,
                "text": filled.texts.get(key, ""),
                "value": figures.get(key),
                "register_value": filled.registers.get(key),
                "reason": filled.reasons.get(key, ""),
                "written": key in held.entries,
            }
            for key in (*places, *extra)
        ],
        "computed": {
            key: None if value is None else str(value) for key, value in figures.items() if key not in held.shape.places
        },
        "faults": [
            {"id": check.id, "severity": check.severity, "message": check.message, "where": check.where}
            for check in filled.faults
        ],
        "departures_without_reason": list(filled.unexplained),
    }
