"""Accepted reports for other systems: the list, the kept data of one, the passport of a figure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from atvsld.oversight.reporting.result import json_number
from atvsld.oversight.snapshots import facade
from atvsld.oversight.snapshots.policy import READ
from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page

router = Router(tags=["reports"])


class AcceptedReport(Schema):
    """One acceptance of a report. `overtaken`: the records now give other figures, the next number is drafted."""

    id: str
    code: str
    form: str
    form_valid_from: date
    period: str
    subject_kind: str
    subject_code: str
    subject_name: str
    basis: str
    boundary: str
    number: int
    state: str
    as_of: datetime
    accepted_at: datetime
    accepted_by: str
    reason: str
    supersedes: str | None
    law_version: str
    figures_sha256: str
    facts_sha256: str
    overtaken: bool


class AcceptedPage(Schema):
    items: list[AcceptedReport]
    next: str | None


class AcceptedQuery(Paging):
    form: str = Field("", max_length=20)
    period: str = Field("", max_length=10)
    subject: str = Field("", max_length=60, description="code of a place or body, or a tax code")
    state: str = Field("", max_length=10, description="accepted, superseded or withdrawn")


class FigureQuery(Schema):
    """Where a figure stands: table (`header` for the lines above the tables), row key, column key."""

    table: str = Field(max_length=40)
    row: str = Field(max_length=80)
    column: str = Field("", max_length=40)
    page: int = Field(1, ge=1, le=10_000)


class RecordOut(Schema):
    """A record behind a figure; `label` is missing when the caller may not open it or it is no longer there."""

    id: str | None
    label: str | None
    adds: float | None


class RecordsOut(Schema):
    reason: str
    total: int
    records: list[RecordOut]


class PassportOut(Schema):
    """A figure with what it counts. `now` is the figure by the records of now, null when it cannot be told."""

    label: str
    column: str
    value: float | None
    now: float | None
    overtaken: bool
    rule: list[list[str]]
    counted: RecordsOut
    left_out: list[RecordsOut]


@router.get("/accepted-reports", response=AcceptedPage, operation_id="list_accepted_reports")
def list_accepted(request: HttpRequest, query: Query[AcceptedQuery]) -> dict[str, Any]:
    """Accepted reports in the caller's area, in order of acceptance."""
    if not actor_of(request).may(READ):
        raise Refused("Tài khoản không có quyền xem báo cáo đã chấp nhận.")
    asked = {"form": query.form.upper(), "period": query.period, "subject_code": query.subject, "state": query.state}
    found = facade.within(actor_of(request)).select_related("previous")
    found = found.filter(**{name: value.replace("\x00", "") for name, value in asked.items() if value})
    rows, following = page(found, query)
    return {"items": [_told(row) for row in rows], "next": following}


@router.get("/accepted-reports/{report_id}", response=dict[str, Any], operation_id="get_accepted_report")
def get_accepted(request: HttpRequest, report_id: str) -> dict[str, Any]:
    """One accepted report with its figures as they were kept."""
    snapshot = _visible(request, report_id)
    told = AcceptedReport(**_told(snapshot)).model_dump(mode="json")
    return told | {"report": facade.report_of(facade.held(snapshot)).to_json()}


@router.get("/accepted-reports/{report_id}/figure", response=PassportOut, operation_id="get_figure_passport")
def get_passport(request: HttpRequest, report_id: str, query: Query[FigureQuery]) -> dict[str, Any]:
    """The passport of a figure: the records in it, those left out and why, and what it would be now."""
    snapshot = _visible(request, report_id)
    cell = facade.Cell(*(text.replace("\x00", "") for text in (query.table, query.row, query.column)))
    found = facade.passport(actor_of(request), snapshot, cell, at=request.now, page=query.page)  # type: ignore[attr-defined]
    return {
        "label": found.figure.label,
        "column": found.figure.path,
        "value": json_number(found.figure.value),
        "now": json_number(found.now) if found.known_now else None,
        "overtaken": found.overtaken,
        "rule": [list(line) for line in found.rule],
        "counted": _records(found.counted),
        "left_out": [_records(one) for one in found.left_out],
    }


def _visible(request: HttpRequest, report_id: str) -> facade.ReportSnapshot:
    found = facade.within(actor_of(request)).select_related("held_content", "previous", "establishment")
    snapshot = found.filter(public_id=report_id.replace("\x00", "")).first()
    if snapshot is None:
        raise Http404
    return snapshot


def _told(snapshot: facade.ReportSnapshot) -> dict[str, Any]:
    same = (
        "code", "form", "form_valid_from", "period", "subject_kind", "subject_code", "subject_name", "basis",
        "boundary",
        "number", "state", "as_of", "accepted_at", "reason", "law_version",
    )  # fmt: skip
    return {name: getattr(snapshot, name) for name in same} | {
        "id": snapshot.public_id,
        "accepted_by": snapshot.accepted_by_name,
        "supersedes": snapshot.previous.code if snapshot.previous else None,
        "figures_sha256": snapshot.figures_digest,
        "facts_sha256": snapshot.facts_digest,
        "overtaken": facade.open_revision(snapshot) is not None,
    }


def _records(listing: Any) -> dict[str, Any]:
    return {
        "reason": listing.label,
        "total": listing.total,
        "records": [
            {
                # What may not be opened is not named either.
                "id": line.record if line.shown else None,
                "label": line.shown.label if line.shown else None,
                "adds": json_number(line.adds),
            }
            for line in listing.lines
        ],
    }
