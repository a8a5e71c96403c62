"""Reports for other systems: the same figures as on the pages."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from atvsld.law import load_book
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting.files import as_file
from atvsld.platform.ui.pages import actor_of

router = Router(tags=["reports"])
Format = Literal["json", "html", "docx", "pdf", "xlsx"]


class FormOut(Schema):
    """A statutory form in one version, and how sure the law book is of it."""

    code: str
    valid_from: str
    title: str
    status: str
    citation: str
    note: str


class ReportQuery(Schema):
    """Subject, basis and boundaries of a report; at most one of establishment, place and body."""

    period: str = Field(description="2024, 2024-H1 or 2024-H2")
    establishment: str = Field("", description="tax code")
    place: str = Field("", description="code of an administrative unit")
    body: str = Field("", description="code of a body")
    basis: Literal["place", "headquarters"] = "place"
    boundary: str = Field("period_end", description="period_end, event, today or a day such as 2026-07-01")
    format: Format = "json"


@router.get("/forms", response=list[FormOut], operation_id="list_forms")
def list_forms(request: HttpRequest) -> list[dict[str, str]]:
    """The statutory forms that can be computed."""
    return [
        {
            "code": form.code,
            "valid_from": form.valid_from.isoformat(),
            "title": form.title.vi,
            "status": form.status.value,
            "citation": str(form.citation),
            "note": form.status_note,
        }
        for form in load_book().forms
    ]


@router.get("/reports/{form}", response=dict[str, Any], operation_id="get_report")
def get_report(request: HttpRequest, form: str, query: Query[ReportQuery]) -> Any:
    """A form filled for a period and a subject, as data or as a file."""
    asked = service.Request(
        form=form.upper(), period=query.period, establishment=query.establishment, place=query.place, body=query.body,
        basis=query.basis, boundary=query.boundary,
    )  # fmt: skip
    report = service.produce(actor_of(request), asked, at=request.now)  # type: ignore[attr-defined]
    if query.format == "json":
        return report.to_json()
    content, media = as_file(report, query.format)
    return HttpResponse(content, content_type=media)
