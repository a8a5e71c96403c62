"""Where the money of one line stands: what was given, promised and paid, cancelled records left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from atvsld.oversight.budget.models import Allocation, BudgetLine, Commitment, Payment

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Position:
    """Amounts in đồng. `of_contract` and `paid_of` by primary key of the commitment; `direct` paid without one."""

    estimate: Decimal = ZERO
    allocated: Decimal = ZERO
    of_contract: dict[int, Decimal] = field(default_factory=dict)
    paid_of: dict[int | None, Decimal] = field(default_factory=dict)

    @property
    def committed(self) -> Decimal:
        return sum(self.of_contract.values(), ZERO)

    @property
    def direct(self) -> Decimal:
        return self.paid_of.get(None, ZERO)

    @property
    def spent(self) -> Decimal:
        return sum(self.paid_of.values(), ZERO)

    @property
    def reserved(self) -> Decimal:
        """What contracts and direct payments take of the allocation."""
        return self.committed + self.direct

    @property
    def free(self) -> Decimal:
        """What may still be promised or paid directly."""
        return self.allocated - self.reserved

    @property
    def left(self) -> Decimal:
        """What was given and not paid."""
        return self.allocated - self.spent

    @property
    def variance(self) -> Decimal:
        """How far the allocation is above (+) or below (-) the estimate."""
        return self.allocated - self.estimate


def position(line: BudgetLine) -> Position:
    """Of one line, read anew."""
    standing = {"cancelled_at": None}
    return added_up(
        line,
        line.allocations.filter(**standing),
        line.commitments.filter(**standing),
        line.payments.filter(**standing),
    )


def added_up(
    line: BudgetLine, allocations: Iterable[Allocation], commitments: Iterable[Commitment], payments: Iterable[Payment]
) -> Position:
    """Of records already read; cancelled ones must not be among them."""
    paid: dict[int | None, Decimal] = {}
    for one in payments:
        signed = one.amount if one.kind == Payment.Kind.PAID else -one.amount
        paid[one.commitment_id] = paid.get(one.commitment_id, ZERO) + signed
    return Position(
        estimate=Decimal(line.estimate),
        allocated=sum((one.amount if one.kind == Allocation.Kind.GIVEN else -one.amount for one in allocations), ZERO),
        of_contract={one.pk: one.amount for one in commitments},
        paid_of=paid,
    )
