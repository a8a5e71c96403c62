"""Money of the plan for other systems: lines with where each stands, and the year added up. Whole đồng."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from atvsld.oversight.budget import facade
from atvsld.oversight.budget.facade import Amounts, TaskLine
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.paging import Paging, page

router = Router(tags=["budget"])
Source = Literal["central", "province", "district", "commune", "enterprise", "social", "insurance_fund"]


class AmountsOut(Schema):
    """What was asked for, given, promised and paid."""

    estimated: int
    allocated: int
    committed: int
    spent: int


class BudgetLineOut(Schema):
    """Money for one task, year and source. `counted_in`: the line that holds the same money; then it is in no sum."""

    id: str
    task: str
    clause: str
    year: int
    body_code: str | None
    establishment_tax_code: str | None
    source: Source
    purpose: str
    state: Literal["draft", "proposed", "consolidated"]
    counted_in: str | None
    amounts: AmountsOut
    version: int


class BudgetLinePage(Schema):
    items: list[BudgetLineOut]
    next: str | None


class BudgetLineQuery(Paging):
    """Filters; all that are given must hold."""

    year: int | None = Field(None, ge=2000, le=2100)
    source: Source | Literal[""] = ""
    body: str = Field("", max_length=60, description="code of the body that pays")
    task: str = Field("", max_length=26)


class BudgetYearQuery(Schema):
    """The budget year."""

    year: int = Field(ge=2000, le=2100)


class BudgetSummaryOut(AmountsOut):
    """A year added up within the account's area, every sum of money once; `sources` by code of the source."""

    year: int
    sources: dict[str, AmountsOut]


@router.get("/budget-lines", response=BudgetLinePage, operation_id="list_budget_lines")
def list_budget_lines(request: HttpRequest, query: Query[BudgetLineQuery]) -> dict[str, Any]:
    """Standing budget lines within the account's area, in order of entry."""
    found = facade.visible(actor_of(request)).filter(withdrawn_at=None)
    for name, column in (("year", "year"), ("source", "source"), ("body", "body__code"), ("task", "task__public_id")):
        if value := getattr(query, name):
            found = found.filter(**{column: value.replace("\x00", "") if isinstance(value, str) else value})
    shown, following = page(found, query)
    held = facade.with_positions(facade.visible(actor_of(request)).filter(pk__in=[line.pk for line in shown]))
    return {"items": [_line(one) for one in sorted(held, key=lambda one: one.line.pk)], "next": following}


@router.get("/budget-summary", response=BudgetSummaryOut, operation_id="get_budget_summary")
def get_budget_summary(request: HttpRequest, query: Query[BudgetYearQuery]) -> dict[str, Any]:
    """The year's money within the account's area: estimates put forward, allocations, commitments, payments."""
    money = facade.within_reach(actor_of(request), query.year)
    sources = {source: _amounts(held) for source, held in money.by_source.items()}
    return {"year": query.year, "sources": sources, **_amounts(money)}


def _amounts(held: Amounts) -> dict[str, int]:
    return {name: int(getattr(held, name)) for name in AmountsOut.model_fields}


def _line(held: TaskLine) -> dict[str, Any]:
    line, where = held.line, held.position
    return {
        "id": line.public_id, "task": line.task.public_id, "clause": line.task.clause, "year": line.year,
        "body_code": line.body.code if line.body else None,
        "establishment_tax_code": line.establishment.tax_code if line.establishment else None,
        "source": line.source, "purpose": line.purpose, "state": line.state,
        "counted_in": line.counted_in.public_id if line.counted_in else None, "version": line.version,
        "amounts": {
            "estimated": int(line.estimate), "allocated": int(where.allocated), "committed": int(where.committed),
            "spent": int(where.spent),
        },
    }  # fmt: skip
