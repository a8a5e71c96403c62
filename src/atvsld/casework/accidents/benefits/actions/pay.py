"""Payments of a sum decided."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits import timing
from atvsld.casework.accidents.benefits.actions.stepping import state_of, step
from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_number
from atvsld.platform.acts import Act, Rejected, action


@action(needs=CHANGE, records="accidents:benefit:paid")
def pay_benefit(
    act: Act, *, key: str, benefit: Benefit, version: int, amount: int, paid_on: date, proof: str = ""
) -> BenefitPayment:
    """Record a payment. `key` is a ULID of the sender: a double click, or a request repeated, pays once."""
    BENEFITS.require(act.actor, CHANGE, benefit)
    earlier = BenefitPayment.objects.filter(public_id=key, benefit=benefit).first()
    if earlier is not None:
        return earlier
    _require_sound(act, benefit, amount, paid_on)
    # The version is taken first: of two payments at once the second sees the first one's sum.
    step(benefit, version)
    made = BenefitPayment.objects.create(
        public_id=key, benefit=benefit, amount=amount, paid_on=paid_on, proof=proof.strip()
    )
    _summed(act, benefit)
    return made


@action(needs=CHANGE, records="accidents:benefit:payment_withdrawn")
def withdraw_payment(act: Act, *, payment: BenefitPayment, version: int) -> None:
    """Take out a payment recorded by mistake; needs `act.reason`. History keeps it."""
    benefit = payment.benefit
    BENEFITS.require(act.actor, CHANGE, benefit)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do bỏ."), column="reason")])
    step(benefit, version)
    BenefitPayment.objects.filter(pk=payment.pk).delete()
    _summed(act, benefit)


def _require_sound(act: Act, benefit: Benefit, amount: int, paid_on: date) -> None:
    problems = []
    if benefit.decided_on is None:
        problems.append(Problem("not_decided", _("Chưa có quyết định chi."), _("Ghi quyết định trước.")))
    elif not benefit.decided_on <= paid_on <= act.day:
        message = _("Ngày chi phải từ ngày quyết định đến hôm nay.")
        problems.append(Problem("paid_on", message, _("Kiểm tra lại ngày."), column="paid_on"))
    if amount <= 0:
        problems.append(Problem("amount", _("Số tiền phải lớn hơn 0."), column="amount"))
    if benefit.owed is not None and amount > benefit.owed:
        message = _("Chỉ còn phải chi %(owed)s đồng.") % {"owed": format_number(benefit.owed)}
        problems.append(Problem("beyond_decision", message, _("Kiểm tra lại số tiền."), column="amount"))
    if problems:
        raise Rejected(problems)


def _summed(act: Act, benefit: Benefit) -> None:
    """Keep the sum of the payments, and what follows from it."""
    paid = benefit.payments.aggregate(total=Sum("amount"))["total"] or 0
    state = state_of(benefit.decided, paid, monthly=benefit.kind == Benefit.Kind.MONTHLY)
    Benefit.objects.filter(pk=benefit.pk).update(paid=paid, state=state)
    benefit.refresh_from_db()
    timing.paid(act, benefit)
