"""Reckoning what is owed, and taking a mistaken reckoning back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits import reckoning, timing
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.casework.accidents.models import Victim
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action


@action(needs=CHANGE, records="accidents:benefit:reckoned")
def reckon_benefit(act: Act, *, key: str, victim: Victim, facts: Facts) -> Benefit:
    """Record what the law gives one victim under one kind, with the reckoning sealed beside it.

    `key` is a ULID of the sender: sent twice, it gives the same record. `Rejected` when a fact is missing, the law
    grants nothing, or the same kind is already recorded for that day.
    """
    case = victim.case
    earlier = Benefit.objects.filter(public_id=key).first()
    if earlier is not None:
        BENEFITS.require(act.actor, CHANGE, earlier)
        if (earlier.victim_id, earlier.kind) != (victim.pk, facts.kind):
            raise Conflict(_("Phiếu này đã được ghi cho chế độ khác."))
        return earlier
    record = Benefit(public_id=key, case=case, victim=victim, kind=facts.kind, on=facts.on)
    BENEFITS.require(act.actor, CHANGE, record)
    _require_days(act, victim, facts)
    found = reckoning.reckon(case, victim, facts)
    record.assessed_on, record.assessment_number = facts.assessed_on, facts.assessment_number
    record.reckoned, record.status = found.amount, found.status.value
    record.citation = "; ".join(map(str, found.citations))[:400]
    record.reckoning_sealed = reckoning.sealed(facts, found)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        if "benefit_once_a_day" not in str(error):
            raise
        message = _("Chế độ này đã được tính cho người bị nạn theo cùng ngày.")
        raise Rejected([Problem("benefit_twice", message, _("Mở bản đã ghi, hoặc bỏ bản ghi nhầm."))]) from error
    timing.reckoned(act, record)
    return record


@action(needs=CHANGE, records="accidents:benefit:withdrawn")
def withdraw_benefit(act: Act, *, benefit: Benefit, version: int) -> None:
    """Take out a sum recorded by mistake, before anything was decided; needs `act.reason`. History keeps it."""
    BENEFITS.require(act.actor, CHANGE, benefit)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do bỏ."), column="reason")])
    if benefit.decided is not None:
        message = _("Chế độ đã có quyết định nên không bỏ được.")
        raise Rejected([Problem("decided", message, _("Ghi quyết định mới thay thế nếu mức chi đổi."))])
    if not Benefit.objects.filter(pk=benefit.pk, version=version).delete()[0]:
        raise Conflict(_("Chế độ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi ghi tiếp."))
    timing.withdrawn(act, benefit)


def _require_days(act: Act, victim: Victim, facts: Facts) -> None:
    accident = reckoning.day_of(victim.case)
    if facts.on < accident:
        message = _("Ngày tính chế độ đứng trước ngày xảy ra tai nạn.")
        raise Rejected([Problem("before_accident", message, _("Kiểm tra lại ngày."), column="on")])
    if facts.assessed_on is not None and not accident <= facts.assessed_on <= act.day:
        message = _("Ngày biên bản giám định phải từ ngày xảy ra tai nạn đến hôm nay.")
        raise Rejected([Problem("assessed_on", message, _("Kiểm tra lại ngày."), column="assessed_on")])
