"""What a victim is owed, for other systems: the reckoning alone, and the benefits of a case."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from atvsld.casework.accidents.benefits import actions, queries, reckoning
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE, READ
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.casework.accidents.models import Victim
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Act, Channel, Refused
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.plain import Amount, PlainSchema

router = Router(tags=["benefits"])

Kind = Literal["compensation", "allowance", "one_time", "monthly", "death", "student"]
Fault = Literal["own", "shared", "others", "unknown", "excluded"]


class EntitlementQuery(PlainSchema):
    """The facts of one sum. Money in đồng a month, impairment in per cent, years whole."""

    on: date = Field(alias="date")
    impairment: int | None = Field(None, ge=0, le=100)
    died: bool = False
    salary: list[Amount] = Field([], description="monthly salaries of up to six months, or their average")
    insured_salary: Amount | None = None
    years: int | None = Field(None, ge=0, le=100)
    fault: Fault | None = None
    commuting: bool = False


class BenefitIn(PlainSchema):
    """What is stated to reckon one sum for a victim; see EntitlementQuery for the units."""

    kind: Kind
    on: date
    impairment: int | None = Field(None, ge=0, le=100)
    salaries: list[Amount] = Field([], max_length=6)
    insured_salary: Amount | None = None
    years: int | None = Field(None, ge=0, le=100)
    fault: Fault | None = None
    assessed_on: date | None = None
    assessment_number: str = Field("", max_length=60)


class BenefitOut(Schema):
    """One sum: by law, decided, paid. Amounts in đồng."""

    id: str
    case: str
    victim: str
    kind: str
    on: date
    reckoned: int
    decided: int | None
    decided_on: date | None
    decision_number: str
    paid: int
    filed_on: date | None
    state: str
    status: str
    citation: str
    version: int


class DecisionIn(PlainSchema):
    version: int
    amount: Amount
    decided_on: date
    number: str = Field(max_length=60)
    lower_reason: str = Field("", max_length=500)


class PaymentIn(PlainSchema):
    version: int
    amount: Amount
    paid_on: date
    proof: str = Field("", max_length=200)


@router.get("/entitlements/{kind}", response=dict[str, Any], operation_id="reckon_entitlement")
def entitlement(request: HttpRequest, kind: Kind, query: Query[EntitlementQuery]) -> dict[str, Any]:
    """What the law gives for the facts stated: amount, formula, citations, status, explanation. Records nothing."""
    if not actor_of(request).may(READ):
        raise Refused("Tài khoản không có quyền xem chế độ.")
    facts = Facts(
        kind=kind,
        on=query.on,
        impairment=query.impairment,
        salaries=tuple(query.salary),
        insured_salary=query.insured_salary,
        years=query.years,
        fault=query.fault,
    )
    return reckoning.reckon_facts(facts, died=query.died, commuting=query.commuting).to_json()


@router.get("/accidents/{case}/benefits", response=list[BenefitOut], operation_id="list_benefits")
def benefits(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """The benefits of a case, within reach."""
    held = (
        queries.visible(actor_of(request))
        .filter(case__public_id=case.replace("\x00", ""))
        .order_by("victim__position", "pk")
    )
    return [_out(benefit) for benefit in held]


@router.post("/accidents/{case}/victims/{victim}/benefits", response=BenefitOut, operation_id="reckon_benefit")
def reckon(request: HttpRequest, case: str, victim: str, body: BenefitIn) -> dict[str, Any]:
    """Record what the law gives one victim; repeat with the same Idempotency-Key at will."""
    held = get_object_or_404(
        Victim.objects.select_related("case"),
        public_id=victim.replace("\x00", ""),
        case__public_id=case.replace("\x00", ""),
    )
    if not BENEFITS.decide(actor_of(request), CHANGE, Benefit(case=held.case)):
        get_object_or_404(Victim.objects.none())
    stated = body.dict()
    facts = Facts(**(stated | {"salaries": tuple(stated["salaries"])}))

    def answer() -> dict[str, Any]:
        made = actions.reckon_benefit(_act(request), key=new_ulid(), victim=held, facts=facts)
        return _kept(made)

    return once(request, answer, at=request.now)  # type: ignore[attr-defined]


@router.post("/benefits/{key}/decision", response=BenefitOut, operation_id="decide_benefit")
def decide(request: HttpRequest, key: str, body: DecisionIn) -> dict[str, Any]:
    """Record the decision on a sum."""
    held = _held(request, key)
    return once(
        request,
        lambda: _kept(actions.decide_benefit(_act(request), benefit=held, **body.dict())),
        at=request.now,  # type: ignore[attr-defined]
    )


@router.post("/benefits/{key}/payments", response=BenefitOut, operation_id="pay_benefit")
def pay(request: HttpRequest, key: str, body: PaymentIn) -> dict[str, Any]:
    """Record a payment; repeat with the same Idempotency-Key at will."""
    held = _held(request, key)

    def answer() -> dict[str, Any]:
        actions.pay_benefit(_act(request), key=new_ulid(), benefit=held, **body.dict())
        return _kept(held)

    return once(request, answer, at=request.now)  # type: ignore[attr-defined]


def _held(request: HttpRequest, key: str) -> Benefit:
    return get_object_or_404(queries.visible(actor_of(request), CHANGE), public_id=key.replace("\x00", ""))


def _act(request: HttpRequest) -> Act:
    return Act(actor_of(request), Channel.API, at=request.now)  # type: ignore[attr-defined]


def _kept(benefit: Benefit) -> dict[str, Any]:
    """The answer as it is kept for a repeated request: plain JSON."""
    found = _out(benefit)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def _out(benefit: Benefit) -> dict[str, Any]:
    names = [name for name in BenefitOut.model_fields if name not in {"id", "case", "victim"}]
    return {
        "id": benefit.public_id,
        "case": benefit.case.public_id,
        "victim": benefit.victim.public_id,
        **{name: getattr(benefit, name) for name in names},
    }
