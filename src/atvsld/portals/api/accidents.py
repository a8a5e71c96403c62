"""Accident cases for other systems: rows in, cases out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from atvsld.casework.accidents import codes, queries
from atvsld.casework.accidents.actions import read_identities
from atvsld.casework.accidents.filters import CaseFilter
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, READ_IDENTITY
from atvsld.casework.accidents.rules import AGENTS, CAUSES
from atvsld.kit.outcome import Problem
from atvsld.kit.text import initials
from atvsld.platform.acts import Act, Channel, Refused, Rejected, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.portals.api.problems import ProblemItem

router = Router(tags=["accidents"])
PURPOSE = "X-Purpose"


class Coded(Schema):
    """A code with its label in the list in force on the day of the accident."""

    code: str
    label: str


class VictimOut(Schema):
    """One victim. `name` is masked to initials, and year of birth and injuries left out, unless a purpose was given."""

    id: str
    position: int
    is_principal: bool
    name: str
    birth_year: int | None
    sex: str | None
    occupation_code: str | None
    labour_relation: str | None
    severity: str | None
    injury_codes: list[str] | None
    managed: bool | None
    days_lost: int | None
    medical_cost: int | None
    wage_cost: int | None
    compensation_cost: int | None


class CaseOut(Schema):
    """One accident. Money in đồng; null means not known."""

    id: str
    number: str
    case_key: str | None
    occurred_at: datetime
    place_code: str
    place_name: str
    establishment_tax_code: str | None
    establishment_name: str | None
    conclusion: str
    cause: Coded | None
    injury_agent: Coded | None
    property_damage: int | None
    severity: str | None
    victim_count: int
    version: int
    identities_masked: bool
    victims: list[VictimOut]


class CasePage(Schema):
    """A page of cases; `next` is the cursor of the page after, null at the end."""

    items: list[CaseOut]
    next: str | None


class CaseQuery(Paging):
    """Filters; codes may be combined with commas, `unknown` finds records that do not say."""

    period: str = Field("", description="2024, 2024-H1, 2024-Q3 or 2024-05", max_length=10)
    place: str = Field("", description="code of an administrative unit; everything within it counts", max_length=30)
    establishment: str = Field("", description="tax code", max_length=300)
    severity: str = Field("", max_length=100)
    conclusion: str = Field("", max_length=100)
    cause: str = Field("", max_length=100)
    agent: str = Field("", max_length=100)
    occupation: str = Field("", max_length=100)
    relation: str = Field("", max_length=200)


class Rows(Schema):
    """Rows of the canonical columns, one per victim; rows with one `case_key` are one case. Values as in the file."""

    rows: list[dict[str, str | int | float | bool | list[str] | None]] = Field(max_length=20_000)


class SubmitQuery(Schema):
    """`dry_run` checks and writes nothing; `all_or_nothing` writes only when every row is good."""

    dry_run: bool = False
    all_or_nothing: bool = False
    namespace: str = Field("", description="whose keys these are", max_length=60)


class Outcome(Schema):
    """Counts of rows, and what was wrong with the rejected ones (`row` counts from 1 in the order sent).

    `notes` did not stop a row; `unknown` counts empty values per column among the rows taken, `created` what was
    registered on the way (establishments, unverified).
    """

    accepted: int
    rejected: int
    unchanged: int
    dry_run: bool
    errors: list[ProblemItem]
    errors_total: int
    notes: list[ProblemItem]
    unknown: dict[str, int]
    created: dict[str, int]


@router.post("/accidents", response=Outcome, operation_id="submit_accidents")
def submit(request: HttpRequest, body: Rows, query: Query[SubmitQuery]) -> dict[str, Any]:
    """Send accident rows. The same rows again change nothing; with an Idempotency-Key the same answer comes back."""
    from atvsld.casework.accidents.intake import accept_rows

    act = _act(request)

    def work() -> dict[str, Any]:
        outcome = accept_rows(
            act, body.rows, dry_run=query.dry_run, all_or_nothing=query.all_or_nothing, namespace=query.namespace
        )
        if not outcome.readable:
            raise Rejected(outcome.errors)
        return dict(outcome.to_json())

    return once(request, work, at=act.at)


@router.get("/accidents", response=CasePage, operation_id="list_accidents")
def list_cases(request: HttpRequest, query: Query[CaseQuery]) -> dict[str, Any]:
    """Cases in the account's area, in order of entry."""
    asked = {name: value for name, value in query.dict().items() if name not in {"limit", "cursor"} and value}
    narrowed = CaseFilter(asked, queryset=queries.visible_cases(actor_of(request)), request=request)
    found = narrowed.qs
    if narrowed.form.errors:
        raise Rejected(
            Problem("bad_filter", str(text), column=name)
            for name, texts in narrowed.form.errors.items()
            for text in texts
        )
    cases, following = page(found.select_related("place", "establishment"), query)
    return {"items": _shown(request, cases), "next": following}


@router.get("/accidents/{public_id}", response=CaseOut, operation_id="get_accident")
def get_case(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One case with its victims."""
    visible = queries.visible_cases(actor_of(request)).select_related("place", "establishment")
    case = visible.filter(public_id=public_id).first() if "\x00" not in public_id else None
    if case is None:
        raise Http404
    return _shown(request, [case])[0]


def _act(request: Any, reason: str = "") -> Act:
    return Act(actor=actor_of(request), channel=Channel.API, at=request.now, reason=reason)


def _shown(request: HttpRequest, cases: Sequence[AccidentCase]) -> list[dict[str, Any]]:
    """Cases as data. Identities are in clear only with the header X-Purpose, which is recorded with each case."""
    purpose = unquote(request.headers.get(PURPOSE, "")).strip()
    if purpose:
        if not actor_of(request).may(READ_IDENTITY):
            raise Refused(_("Tài khoản không có quyền xem danh tính người bị nạn; bỏ X-Purpose để xem bản che."))
        readable = [case for case in cases if CASES.decide(actor_of(request), READ_IDENTITY, case)]
        clear = read_identities(_act(request, purpose), cases=readable)
    else:
        clear = {}
    masked = _victims_of([case.pk for case in cases if case.pk not in clear])
    return [
        _case(case, clear[case.pk], masked=False)
        if case.pk in clear
        else _case(case, masked.get(case.pk, []), masked=True)
        for case in cases
    ]


def _victims_of(case_ids: Iterable[int]) -> dict[int, list[Victim]]:
    found: dict[int, list[Victim]] = {}
    for victim in Victim.objects.filter(case_id__in=list(case_ids)).order_by("case_id", "position"):
        found.setdefault(victim.case_id, []).append(victim)
    return found


def _case(case: AccidentCase, victims: Iterable[Victim], *, masked: bool) -> dict[str, Any]:
    day = clock.local_day(case.occurred_at)
    plain = (
        "number",
        "case_key",
        "occurred_at",
        "conclusion",
        "property_damage",
        "severity",
        "victim_count",
        "version",
    )
    return {name: getattr(case, name) for name in plain} | {
        "id": case.public_id,
        "place_code": case.place.code,
        "place_name": case.place.name,
        "establishment_tax_code": case.establishment.tax_code if case.establishment else None,
        "establishment_name": case.establishment.name if case.establishment else None,
        "cause": _coded(CAUSES, case.cause_code, day),
        "injury_agent": _coded(AGENTS, case.injury_agent_code, day),
        "identities_masked": masked,
        "victims": [_victim(victim, masked=masked) for victim in victims],
    }


def _coded(name: str, code: str | None, day: Any) -> dict[str, str] | None:
    return None if code is None else {"code": code, "label": codes.label(name, code, day)}


def _victim(victim: Victim, *, masked: bool) -> dict[str, Any]:
    plain = (
        "position", "is_principal", "sex", "occupation_code", "labour_relation", "severity", "managed", "days_lost",
        "medical_cost", "wage_cost", "compensation_cost",
    )  # fmt: skip
    return {name: getattr(victim, name) for name in plain} | {
        "id": victim.public_id,
        "name": initials(victim.name) if masked else victim.name,
        "birth_year": None if masked else victim.birth_year,
        "injury_codes": None if masked else victim.injury_codes,
    }
