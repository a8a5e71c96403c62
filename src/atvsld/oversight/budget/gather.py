"""What the consolidated estimate says, before it is a workbook or a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from atvsld.law.errors import UnknownEntry
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.budget import queries, totals
from atvsld.oversight.budget.calendar import Stated, load_rules
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.policy import CHANGE
from atvsld.oversight.budget.totals import Amounts
from atvsld.oversight.programme import facade as programmes
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import holders, in_force, lineage
from atvsld.registers.places import tree

# Functions whose holders put the whole estimate together (plan of the province, IV.1 and IV.3).
CONSOLIDATING = ("finance", "osh_lead")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the estimate as it is printed. `holder`: who has the money of one counted there."""

    payer: str
    task: str
    clause: str
    purpose: str
    basis: str
    source: str
    estimate: Decimal
    state: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The whole: lines by payer, the same money kept apart, last year's money by source."""

    year: int
    on: date
    issuer: Body | None
    place: str
    finance: str
    lines: tuple[Line, ...]
    apart: tuple[Line, ...]
    before: dict[str, Amounts]
    layout: Stated
    body: Body | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.estimate for line in self.lines), Decimal(0))

    @property
    def payers(self) -> list[str]:
        """Payers in the order printed."""
        return list(dict.fromkeys(line.payer for line in self.lines))

    @property
    def sources(self) -> list[str]:
        """Codes of the sources used, in the order of the form."""
        used = {line.source for line in self.lines}
        return [code for code in BudgetLine.Source.values if code in used or code in self.before]

    def of(self, *, payer: str = "", source: str = "") -> Decimal:
        """The sum of a payer, of a source, of both."""
        return sum(
            (
                line.estimate
                for line in self.lines
                if (not payer or line.payer == payer) and (not source or line.source == source)
            ),
            Decimal(0),
        )


def estimate(actor: Actor, year: int, *, on: date, body: Body | None = None) -> Estimate:
    """The lines put forward for a year within the actor's reach, or those of one body. `on` is the day of the paper."""
    seen = queries.visible(actor)
    if body is not None:
        seen = seen.filter(body__in=lineage(body.pk))
    rows = queries.standing(seen).filter(year=year, state__in=BudgetLine.SAID)
    ordered = rows.order_by("body__name", "establishment__name", "task__number", "task_id", "pk")
    before = totals.summed(seen.filter(year=year - 1))
    issuer = _issuer(actor, body, on)
    top = _province(issuer, actor, on)
    finance = holders("finance", top, on) if top is not None else []
    return Estimate(
        year, on, issuer, _place_name(top, on),
        finance[0].name if finance else "",
        tuple(_lines(ordered.filter(counted_in=None))), tuple(_lines(ordered.exclude(counted_in=None))),
        dict(before.by_source), load_rules().layout, body,
    )  # fmt: skip


def _lines(rows: Any) -> Iterator[Line]:
    for line in rows:
        yield Line(
            str(line.payer), line.task.title, clause_name(line.task.plan.programme, line.task.clause), line.purpose,
            line.basis, line.source, line.estimate, line.get_state_display(),
            str(line.counted_in.payer) if line.counted_in else "",
        )  # fmt: skip


def clause_name(programme: str, clause: str) -> str:
    """The clause by its place in the document, of the law book or entered here."""
    if not clause:
        return "Ngoài kế hoạch"
    try:
        plan = load_programmes().by_id.get(programme) or programmes.plan(programme)
        return plan.place(plan.clause(clause)).vi
    except UnknownEntry:
        return clause


def _issuer(actor: Actor, body: Body | None, on: date) -> Body | None:
    """Whose paper it is: the body's own, the whole province's by the finance or the standing body; else nobody's."""
    roots = [scope.root for scope in actor.scopes(CHANGE) if scope.dimension == "body" and scope.root]
    own = Body.objects.filter(pk=roots[0]).first() if roots else None
    if own is None or body is not None:
        return own if own == body else None
    return own if own.functions.filter(in_force(on), function__in=CONSOLIDATING).exists() else None


def _province(issuer: Body | None, actor: Actor, on: date) -> int | None:
    """Primary key of the province of the issuer, else the one an officer's reach lies in, else the only one."""
    places = tree.current()
    start = issuer.place_id if issuer else None
    if start is None:
        held = [scope.root for scope in actor.scopes("budget:budget_line:read") if scope.dimension == "place"]
        start = next((pk for pk in held if pk is not None), None)
    if start is None:
        start = Body.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), functions__function="finance", valid_from__lte=on
        ).values_list("place_id", flat=True).order_by("pk").first()  # fmt: skip
    if start is None:
        return None
    line = [start, *(up.pk for up in places.ancestors(start, on))]
    return line[-1]


def _place_name(top: int | None, on: date) -> str:
    if top is None:
        return ""
    places = tree.current()
    name = (places.unit_on(top, on) or places.nodes[top]).name
    for kind in ("Thành phố ", "Tỉnh "):
        name = name.removeprefix(kind)
    return name
