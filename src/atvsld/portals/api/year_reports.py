"""Yearly reports on the plan for other systems: sentence by sentence, each figure with its passport."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.oversight.yearly import facade
from atvsld.oversight.yearly.facade import Judged, YearReport
from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page

router = Router(tags=["yearly reports"])


class YearReportOut(Schema):
    """One report. `due_before`: strictly before that day. `start` and `end`: the days told of."""

    id: str
    programme: str
    year: int
    kind: str
    body_code: str | None
    establishment_tax_code: str | None
    title: str
    start: date
    end: date
    state: str
    due_before: date | None
    first_sent_at: datetime | None
    late: bool
    number: str
    issued_on: date | None
    version: int


class YearReportPage(Schema):
    items: list[YearReportOut]
    next: str | None


class SentenceFigureOut(Schema):
    """A figure of a sentence as it was counted: by whom, when, of what; `value` null when it cannot be told (`why`)."""

    mark: str
    label: str
    value: Decimal | None
    unit: str
    source: str
    word: str
    key: str
    counted_at: datetime
    url: str
    why: str


class SentenceOut(Schema):
    """A sentence; figures stand in `text` as marks. `proven`: whether its claim has standing evidence now.

    Null for one that claims nothing.
    """

    id: str
    section: str
    clause: str
    kind: str
    text: str
    printed: str
    figures: list[SentenceFigureOut]
    tasks: list[str]
    proven: bool | None


class YearReportWhole(YearReportOut):
    """A report with its sentences in order."""

    sentences: list[SentenceOut]


class YearReportQuery(Paging):
    """Filters; all that are given must hold."""

    programme: str = Field("", max_length=60)
    year: int | None = Field(None, ge=2000, le=2100)
    body: str = Field("", max_length=60)
    kind: Literal["body", "standing", "establishment", "on_request", ""] = ""
    state: str = Field("", max_length=10)


class MissingOut(Schema):
    """Somebody who owes the report and has not handed it in; `state` as on the board of reporting duties."""

    name: str
    state: str


class MissingQuery(Schema):
    programme: str = Field(facade.USUAL, max_length=60)
    year: int = Field(ge=2000, le=2100)


@router.get("/year-reports", response=YearReportPage, operation_id="list_year_reports")
def list_year_reports(request: HttpRequest, query: Query[YearReportQuery]) -> dict[str, Any]:
    """Reports within the account's area, in order of entry; those being written only for their owner."""
    found = facade.visible(actor_of(request))
    for name, column in (
        ("programme", "programme"), ("year", "year"), ("body", "body__code"), ("kind", "kind"), ("state", "state"),
    ):  # fmt: skip
        if value := getattr(query, name):
            found = found.filter(**{column: value.replace("\x00", "") if isinstance(value, str) else value})
    shown, following = page(found, query)
    return {"items": [_report(one) for one in shown], "next": following}


@router.get("/year-reports/missing", response=list[MissingOut], operation_id="list_missing_year_reports")
def list_missing(request: HttpRequest, query: Query[MissingQuery]) -> list[dict[str, Any]]:
    """Who has not reported at this moment; for those who oversee the reports."""
    if not actor_of(request).may(facade.OVERSEE):
        raise Refused("Tài khoản không có quyền theo dõi báo cáo năm của các đơn vị.")
    at: datetime = request.now  # type: ignore[attr-defined]
    found = facade.missing(query.programme.replace("\x00", ""), query.year, at)
    return [{"name": one.name, "state": one.state} for one in found]


@router.get("/year-reports/{key}", response=YearReportWhole, operation_id="get_year_report")
def get_year_report(request: HttpRequest, key: str) -> dict[str, Any]:
    """One report, judged by the evidence as it stands now."""
    report = get_object_or_404(facade.visible(actor_of(request)), public_id=key.replace("\x00", ""))
    return _report(report) | {"sentences": [_sentence(one) for one in facade.judged(report)]}


def _report(report: YearReport) -> dict[str, Any]:
    return {
        "id": report.public_id,
        "body_code": report.body.code if report.body else None,
        "establishment_tax_code": report.establishment.tax_code if report.establishment else None,
        **{name: getattr(report, name) for name in (
            "programme", "year", "kind", "title", "start", "end", "state", "due_before", "first_sent_at", "late",
            "number", "issued_on", "version",
        )},
    }  # fmt: skip


def _sentence(one: Judged) -> dict[str, Any]:
    return {
        "id": one.sentence.public_id,
        "section": one.sentence.section,
        "clause": one.sentence.clause,
        "kind": one.sentence.kind,
        "text": one.sentence.text,
        "printed": one.text,
        "tasks": [task.public_id for task in one.tasks],
        "proven": one.proven,
        "figures": [
            {"counted_at": figure.moment, **{name: getattr(figure, name) for name in (
                "mark", "label", "value", "unit", "source", "word", "key", "url", "why",
            )}}
            for figure in one.figures.values()
        ],
    }  # fmt: skip
