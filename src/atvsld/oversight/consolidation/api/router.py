"""Consolidated reports for other systems: the same figures as on the pages."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation import compare, service, units
from atvsld.oversight.consolidation.files import as_file
from atvsld.oversight.reporting.result import json_number
from atvsld.platform.ui.pages import actor_of

router = Router(tags=["consolidation"])


class ConsolidationQuery(Schema):
    """Subject, basis and boundaries; at most one of place and body, neither: the province."""

    period: str = Field(description="2024 or 2024-H1")
    place: str = Field("", description="code of an administrative unit")
    body: str = Field("", description="code of a body")
    basis: Literal["", "headquarters", "place"] = Field("", description="empty: as the law sends the lower reports")
    boundary: str = Field("period_end", description="period_end, today or a day such as 2026-07-01")

    def asked(self, form: str) -> service.Request:
        """The request in the words of the service."""
        return service.Request(
            form=form.upper(), period=self.period, place=self.place, body=self.body, basis=self.basis,
            boundary=self.boundary,
        )  # fmt: skip


class FileQuery(ConsolidationQuery):
    """A consolidation in a format."""

    format: Literal["json", "html", "docx", "pdf", "xlsx"] = "json"


class UnitsQuery(ConsolidationQuery):
    """A cell of the higher form."""

    table: str
    row: str
    column: str


class UnitOut(Schema):
    """What a unit handed in (null: nothing counted) beside what the registers hold (null: no register says)."""

    code: str
    name: str
    submitted: float | None
    registers: float | None
    difference: float | None
    state: str
    filing: str
    late: bool
    nil: bool


@router.get("/consolidations/{form}", response=dict[str, Any], operation_id="get_consolidation")
def get_consolidation(request: HttpRequest, form: str, query: Query[FileQuery]) -> Any:
    """A higher form added up from the reports that were handed in, with coverage; as data or as a file."""
    report = service.produce(actor_of(request), query.asked(form), at=request.now)  # type: ignore[attr-defined]
    if query.format == "json":
        return report.to_json()
    content, media = as_file(report, query.format)
    return HttpResponse(content, content_type=media)


@router.get("/consolidations/{form}/comparison", response=dict[str, Any], operation_id="compare_consolidation")
def compare_consolidation(request: HttpRequest, form: str, query: Query[ConsolidationQuery]) -> Any:
    """The form from submissions and from registers, with the cells that differ, what matters most first."""
    return compare.side_by_side(actor_of(request), query.asked(form), at=request.now).to_json()  # type: ignore[attr-defined]


@router.get("/consolidations/{form}/units", response=list[UnitOut], operation_id="list_consolidated_units")
def list_units(request: HttpRequest, form: str, query: Query[UnitsQuery]) -> Any:
    """The units behind a figure, those that differ most first."""
    cell = Cell(query.table, query.row, query.column)
    found = units.behind(actor_of(request), query.asked(form), cell, at=request.now)  # type: ignore[attr-defined]
    return [
        UnitOut(
            code=line.code, name=line.name, submitted=json_number(line.submitted), registers=json_number(line.held),
            difference=json_number(line.difference), state=line.state, filing=line.filing, late=line.late,
            nil=line.nil,
        )
        for line in found.lines
    ]  # fmt: skip
