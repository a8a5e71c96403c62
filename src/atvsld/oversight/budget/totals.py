"""Money added up: every line once, every payment under who paid it. Amounts in whole đồng.

Estimates are those put forward; drafts, withdrawn lines, cancelled records and lines counted in another are in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, QuerySet, Sum, When

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.models import Allocation, BudgetLine, Commitment, Payment

ZERO = Decimal(0)
# ("body" or "establishment", primary key).
Payer = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was asked for, given, promised and paid."""

    estimated: Decimal = ZERO
    allocated: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            self.estimated + other.estimated, self.allocated + other.allocated, self.committed + other.committed,
            self.spent + other.spent,
        )  # fmt: skip

    @property
    def variance(self) -> Decimal:
        """How far what was given is above (+) or below (-) what was asked for."""
        return self.allocated - self.estimated

    @property
    def left(self) -> Decimal:
        """Given and not paid. Below zero only for a payer whose open lines went to another."""
        return self.allocated - self.spent

    def __bool__(self) -> bool:
        return bool(self.estimated or self.allocated or self.committed or self.spent)


@dataclass(frozen=True, slots=True)
class Money(Amounts):
    """The sum, and the same sum by source (its code), by task (primary key) and by payer."""

    by_source: Mapping[str, Amounts] = field(default_factory=dict)
    by_task: Mapping[int, Amounts] = field(default_factory=dict)
    by_payer: Mapping[Payer, Amounts] = field(default_factory=dict)


def summed(lines: QuerySet[BudgetLine], paid_from: QuerySet[BudgetLine] | None = None, **payer: Any) -> Money:
    """Of the lines given. `paid_from`: lines whose payments are added, when not the same; `payer` narrows payments.

    So a body's own sum is its lines, and its own payments from whatever line.
    """
    counted = queries.in_sums(lines)
    payments = Payment.objects.filter(
        line__in=queries.in_sums(lines if paid_from is None else paid_from).values("pk"), cancelled_at=None, **payer
    )
    by = {name: defaultdict[Any, Amounts](Amounts) for name in ("source", "task", "payer")}
    for amount, rows, payer_of in (
        ("estimated", counted.filter(state__in=BudgetLine.SAID).values(*_KEYS).annotate(sum=Sum("estimate")), ""),
        ("allocated", _entries(Allocation, counted, Allocation.Kind.CUT), "line__"),
        ("committed", _entries(Commitment, counted), "line__"),
        ("spent", _paid(payments), ""),
    ):
        line = "" if amount == "estimated" else "line__"
        for row in rows:
            one = Amounts(**{amount: row["sum"]})
            by["source"][row[f"{line}source"]] += one
            by["task"][row[f"{line}task"]] += one
            by["payer"][_payer(row[f"{payer_of}body"], row[f"{payer_of}establishment"])] += one
    total = sum(by["source"].values(), Amounts())
    return Money(
        total.estimated, total.allocated, total.committed, total.spent, dict(by["source"]), dict(by["task"]),
        dict(by["payer"]),
    )  # fmt: skip


_KEYS = ("source", "task", "body", "establishment")


def _entries(model: Any, lines: QuerySet[BudgetLine], minus: str = "") -> Iterable[dict[str, Any]]:
    rows = model.objects.filter(line__in=lines.values("pk"), cancelled_at=None)
    amount = Case(When(kind=minus, then=-F("amount")), default=F("amount")) if minus else F("amount")
    found: Iterable[dict[str, Any]] = (
        rows.order_by().values(*(f"line__{key}" for key in _KEYS)).annotate(sum=Sum(amount))
    )
    return found


def _paid(payments: QuerySet[Payment]) -> Iterable[dict[str, Any]]:
    amount = Case(When(kind=Payment.Kind.RETURNED, then=-F("amount")), default=F("amount"))
    keys = ("line__source", "line__task", "body", "establishment")
    found: Iterable[dict[str, Any]] = payments.order_by().values(*keys).annotate(sum=Sum(amount))
    return found


def _payer(body: int | None, establishment: int | None) -> Payer:
    return ("body", body) if body is not None else ("establishment", establishment or 0)
