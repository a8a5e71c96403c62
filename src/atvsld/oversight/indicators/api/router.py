"""Targets for other systems: the same figures as on the page."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from atvsld.documents.render import FORMATS, render
from atvsld.law import load_book
from atvsld.oversight.indicators import count_paper, counted, paper, service
from atvsld.platform.ui.pages import actor_of

router = Router(tags=["targets"])


class TargetOut(Schema):
    """A target of the plan, and what it is measured from: a register, or reports handed in until one exists."""

    id: str
    label: str
    change_per_year: float
    baseline_year: int
    citation: str
    status: str
    note: str
    measurable: bool
    source: Literal["register", "reports", "none"]


class FatalRateQuery(Schema):
    """Place, basis and boundaries, as for reports."""

    place: str = Field("", description="code of an administrative unit; the province when left out")
    basis: Literal["place", "headquarters"] = "place"
    boundary: str = Field("period_end", description="period_end, event, today or a day such as 2026-07-01")
    format: Literal["json", "html", "docx", "pdf", "xlsx"] = "json"


@router.get("/targets", response=list[TargetOut], operation_id="list_targets")
def list_targets(request: HttpRequest) -> list[dict[str, Any]]:
    """The targets the plan sets."""
    service.require(actor_of(request))
    return [
        {
            "id": target.id,
            "label": target.label.vi,
            "change_per_year": float(target.change_per_year),
            "baseline_year": target.baseline_year,
            "citation": str(target.citation),
            "status": target.status.value,
            "note": target.note,
            "measurable": target.id == service.FATAL_RATE or target.reported is not None,
            "source": "register" if target.id == service.FATAL_RATE else "reports" if target.reported else "none",
        }
        for target in load_book().targets.values()
    ]


@router.get("/targets/II.1", response=dict[str, Any], operation_id="get_fatal_rate")
def get_fatal_rate(request: HttpRequest, query: Query[FatalRateQuery]) -> Any:
    """Deaths of contract workers per 100,000 by year, required path, exact intervals and verdicts."""
    report = service.fatal_rate(
        actor_of(request), place=query.place, basis=query.basis, boundary=query.boundary,
        at=request.now,  # type: ignore[attr-defined]
    )  # fmt: skip
    if query.format == "json":
        return report.to_json()
    return HttpResponse(render(paper.document(report), query.format), content_type=FORMATS[query.format].media_type)


class CountQuery(Schema):
    """Place, and in which form."""

    place: str = Field("", description="code of an administrative unit; the province when left out")
    format: Literal["json", "html", "docx", "pdf", "xlsx"] = "json"


@router.get("/targets/{target}", response=dict[str, Any], operation_id="get_count_target")
def get_count_target(request: HttpRequest, target: str, query: Query[CountQuery]) -> Any:
    """A target told by reports: what was told by year, bounds of the truth, who did not report, verdict."""
    report = counted.count_report(
        actor_of(request), target, place=query.place, at=request.now,  # type: ignore[attr-defined]
    )  # fmt: skip
    if query.format == "json":
        return report.to_json()
    media_type = FORMATS[query.format].media_type
    return HttpResponse(render(count_paper.document(report), query.format), content_type=media_type)
