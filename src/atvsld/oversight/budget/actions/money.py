"""What happens to the money of a line: given, promised, paid; and taking out what was recorded by mistake.

The line is held while its money changes, so two officers at once cannot pass a limit together. The same paper sent
again gives the record that stands.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.budget import rules
from atvsld.oversight.budget.actions.lines import locked, step
from atvsld.oversight.budget.drafts import AllocationDraft, CommitmentDraft, PaymentDraft
from atvsld.oversight.budget.models import Allocation, BudgetLine, Commitment, Payment
from atvsld.oversight.budget.policy import ALLOCATE, CHANGE, LINES, OWN, READ
from atvsld.oversight.budget.position import added_up, position
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.files import facade as files

E = TypeVar("E", Allocation, Commitment, Payment)


@action(needs=READ, records="budget:allocation:recorded")
def allocate(act: Act, *, line: BudgetLine, version: int, draft: AllocationDraft) -> Allocation:
    """What a decision gives a line or cuts from it.

    Central and provincial money by who holds `ALLOCATE` there; other sources by the payer itself.
    """
    return give(act, line, version, draft)


@action(needs=CHANGE, records="budget:commitment:recorded")
def commit(act: Act, *, line: BudgetLine, version: int, draft: CommitmentDraft) -> Commitment:
    """A contract that takes of what the line was given."""
    OWN.require(act.actor, CHANGE, line)
    held = locked(line, None)
    stated = {
        "number": draft.number.strip(),
        "partner": draft.partner.strip(),
        "day": draft.day,
        "amount": draft.amount,
    }
    earlier = held.commitments.filter(cancelled_at=None, number=stated["number"]).first()
    if earlier is not None:
        return _same(earlier, stated)
    locked(line, version)
    _refuse(rules.commitment(held, position(held), draft, act.day))
    made = Commitment.objects.create(line=held, note=draft.note.strip(), recorded_at=act.at, **stated)
    step(held)
    return made


@action(needs=CHANGE, records="budget:payment:recorded")
def pay(act: Act, *, line: BudgetLine, version: int, draft: PaymentDraft) -> Payment:
    """A voucher: money that left or came back. Who paid is who held the line on its day."""
    OWN.require(act.actor, CHANGE, line)
    held = locked(line, None)
    found = held.commitments.filter(cancelled_at=None, public_id=draft.commitment.replace("\x00", ""))
    contract = found.first() if draft.commitment else None
    stated: dict[str, Any] = {
        "number": draft.number.strip(), "kind": draft.kind, "day": draft.day, "amount": draft.amount,
        "commitment_id": contract.pk if contract else None,
    }  # fmt: skip
    earlier = held.payments.filter(cancelled_at=None, number=stated["number"], kind=draft.kind).first()
    if earlier is not None:
        return _same(earlier, stated)
    locked(line, version)
    _refuse(rules.payment(held, position(held), draft, contract, act.day))
    made = Payment.objects.create(
        line=held, note=draft.note.strip(), recorded_at=act.at, **_payer_on(held, draft), **stated
    )
    step(held)
    return made


@action(needs=READ, records="budget:entry:cancelled")
def cancel(act: Act, *, entry: Allocation | Commitment | Payment, version: int) -> Allocation | Commitment | Payment:
    """Take out what was recorded by mistake, with `act.reason`; it stays to be read and counts nothing."""
    line = entry.line
    if isinstance(entry, Allocation):
        _require_giver(act, line)
    else:
        OWN.require(act.actor, CHANGE, line)
    held = locked(line, None)
    entry.refresh_from_db()
    if entry.cancelled_at is not None:
        return entry
    locked(line, version)
    standing = {"cancelled_at": None}
    gone = (type(entry), entry.pk)
    after = added_up(
        held,
        [one for one in held.allocations.filter(**standing) if (Allocation, one.pk) != gone],
        [one for one in held.commitments.filter(**standing) if (Commitment, one.pk) != gone],
        [one for one in held.payments.filter(**standing) if (Payment, one.pk) != gone],
    )
    _refuse(rules.cancelling(position(held), after, act.reason))
    entry.cancelled_at, entry.cancelled_why = act.at, act.reason.strip()[:300]
    entry.save(update_fields=["cancelled_at", "cancelled_why"])
    step(held)
    return entry


def give(act: Act, line: BudgetLine, version: int, draft: AllocationDraft) -> Allocation:
    """The one way an allocation is written; also for decisions over many lines."""
    _require_giver(act, line)
    held = locked(line, None)
    stated = {"number": draft.number.strip(), "kind": draft.kind, "day": draft.day, "amount": draft.amount}
    earlier = held.allocations.filter(cancelled_at=None, number=stated["number"], kind=draft.kind).first()
    if earlier is not None:
        return _same(earlier, stated)
    locked(line, version)
    _refuse(rules.allocation(held, position(held), draft, act.day))
    file = None
    if draft.upload is not None:
        purpose = f"budget:decision:{held.year}"
        file = files.keep(act, name=draft.upload.name, content=draft.upload.content, purpose=purpose)
    made = Allocation.objects.create(line=held, note=draft.note.strip(), recorded_at=act.at, file=file, **stated)
    step(held)
    return made


def may_give(actor: Any, line: BudgetLine) -> bool:
    """Whether an actor records what a line was given."""
    if line.source in BudgetLine.FROM_PROVINCE:
        return bool(LINES.decide(actor, ALLOCATE, line))
    return bool(OWN.decide(actor, CHANGE, line))


def _require_giver(act: Act, line: BudgetLine) -> None:
    if line.source in BudgetLine.FROM_PROVINCE:
        LINES.require(act.actor, ALLOCATE, line)
    else:
        OWN.require(act.actor, CHANGE, line)


def _payer_on(line: BudgetLine, draft: PaymentDraft) -> dict[str, Any]:
    """Who held the line on the voucher's day; before the first holder, the first."""
    holdings = list(line.holdings.order_by("since", "pk"))
    then = next((one for one in reversed(holdings) if one.since <= draft.day), holdings[0])
    return {"body_id": then.body_id, "establishment_id": then.establishment_id}


def _same(earlier: E, stated: dict[str, Any]) -> E:
    """The record that stands when it says the same; `Conflict` when one number is used for something else."""
    if any(getattr(earlier, name) != value for name, value in stated.items()):
        message = _("Số “%(number)s” đã được ghi trong dòng này với nội dung khác. Kiểm tra lại, hoặc bỏ lần ghi cũ.")
        raise Conflict(message % {"number": earlier.number})
    return earlier


def _refuse(problems: Any) -> None:
    if found := list[Problem](problems):
        raise Rejected(found)
