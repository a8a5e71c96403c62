"""The time limits of the employer's sums (Thông tư 28/2021 Điều 6, 7) as duties, kept in step with the record.

The fund's sums have no limit among the rules of the law book; they owe nothing here.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.platform.acts import Act
from atvsld.registers.duties import facade as duties

DECISION, PAYMENT, FILING = "COMP_DECISION", "COMP_PAY", "COMP_FILE_SO"


def reckoned(act: Act, benefit: Benefit) -> None:
    """A decision is due once the assessment of the impairment is there.

    On a death it is due from the publication meeting, whether anything was reckoned or not: the procedure owes it
    then, under the same key.
    """
    if benefit.by_employer and benefit.assessed_on is not None:
        _owe(act, benefit, DECISION, _morning(benefit.assessed_on))


def decided(act: Act, benefit: Benefit) -> None:
    if not benefit.by_employer or benefit.decided_on is None:
        return
    moment = _morning(benefit.decided_on)
    duties.discharge(act, key=_key(benefit, DECISION), at=moment)
    if benefit.state != Benefit.State.PAID:
        _owe(act, benefit, PAYMENT, moment)
    if benefit.filed_on is None:
        _owe(act, benefit, FILING, moment)


def paid(act: Act, benefit: Benefit) -> None:
    last = benefit.payments.order_by("-paid_on").first()
    if benefit.by_employer and benefit.state == Benefit.State.PAID and last is not None:
        duties.discharge(act, key=_key(benefit, PAYMENT), at=_morning(last.paid_on))


def filed(act: Act, benefit: Benefit) -> None:
    if benefit.filed_on is not None:
        duties.discharge(act, key=_key(benefit, FILING), at=_morning(benefit.filed_on))


def withdrawn(act: Act, benefit: Benefit) -> None:
    duties.cancel(act, key=_key(benefit, DECISION), reason=act.reason)


def overdue(now: datetime) -> list[str]:
    """Public ids of the victims and benefits for whom a limit has passed."""
    late = duties.Duty.objects.filter(
        context="accidents", rule__in=[DECISION, PAYMENT, FILING], state=duties.Duty.State.OPEN, due_at__lt=now
    )
    return [key.rsplit(":", 1)[1] for key in late.values_list("key", flat=True)]


def _owe(act: Act, benefit: Benefit, rule: str, at: datetime) -> None:
    case = benefit.case
    duties.owe(
        act,
        key=_key(benefit, rule),
        rule=rule,
        context="accidents",
        subject=case.public_id,
        label=case.number,
        url=reverse("accident_benefits:benefit", args=[case.public_id, benefit.public_id]),
        place_id=case.place_id,
        establishment_id=case.establishment_id,
        at=at,
    )


def _key(benefit: Benefit, rule: str) -> str:
    """One decision a victim; payment and filing follow each decision."""
    of = benefit.victim.public_id if rule == DECISION else benefit.public_id
    return f"accidents:{benefit.case.public_id}:{rule}:{of}"


def _morning(day: date) -> datetime:
    """A moment of a day whose hour is not recorded; limits in days do not ask for it."""
    return datetime.combine(day, time(8), timezone.get_default_timezone())
