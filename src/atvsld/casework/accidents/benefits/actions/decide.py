"""The decision on a sum, and sending its file to the labour authority."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits import timing
from atvsld.casework.accidents.benefits.actions.stepping import state_of, step
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_number
from atvsld.platform.acts import Act, Rejected, action


@action(needs=CHANGE, records="accidents:benefit:decided")
def decide_benefit(
    act: Act, *, benefit: Benefit, version: int, amount: int, decided_on: date, number: str, lower_reason: str = ""
) -> Benefit:
    """Record the decision (Điều 7 khoản 1 Thông tư 28/2021).

    Less than the law gives needs a reason and stays marked.
    """
    BENEFITS.require(act.actor, CHANGE, benefit)
    problems = []
    if amount <= 0:
        problems.append(Problem("amount", _("Số tiền phải lớn hơn 0."), column="amount"))
    if not benefit.on <= decided_on <= act.day:
        message = _("Ngày quyết định phải từ ngày tính chế độ đến hôm nay.")
        problems.append(Problem("decided_on", message, _("Kiểm tra lại ngày."), column="decided_on"))
    if amount < benefit.reckoned and not lower_reason.strip():
        message = _("Mức quyết định thấp hơn mức theo luật (%(least)s đồng).") % {
            "least": format_number(benefit.reckoned)
        }
        problems.append(Problem("below_law", message, _("Sửa số tiền hoặc ghi lý do."), column="lower_reason"))
    if amount < benefit.paid:
        message = _("Đã chi %(paid)s đồng, nhiều hơn mức quyết định.") % {"paid": format_number(benefit.paid)}
        problems.append(Problem("below_paid", message, _("Kiểm tra lại số tiền."), column="amount"))
    if problems:
        raise Rejected(problems)
    step(
        benefit,
        version,
        decided=amount,
        decided_on=decided_on,
        decision_number=number.strip(),
        lower_reason=lower_reason.strip() if amount < benefit.reckoned else "",
        state=state_of(amount, benefit.paid, monthly=benefit.kind == Benefit.Kind.MONTHLY),
    )
    timing.decided(act, benefit)
    return benefit


@action(needs=CHANGE, records="accidents:benefit:filed")
def file_benefit(act: Act, *, benefit: Benefit, version: int, filed_on: date) -> Benefit:
    """Record that the file went to the labour authority (Điều 6 khoản 3 điểm c Thông tư 28/2021)."""
    BENEFITS.require(act.actor, CHANGE, benefit)
    if benefit.decided_on is None:
        message = _("Chưa có quyết định nên chưa có hồ sơ để gửi.")
        raise Rejected([Problem("not_decided", message, _("Ghi quyết định trước."), column="filed_on")])
    if not benefit.decided_on <= filed_on <= act.day:
        message = _("Ngày gửi hồ sơ phải từ ngày quyết định đến hôm nay.")
        raise Rejected([Problem("filed_on", message, _("Kiểm tra lại ngày."), column="filed_on")])
    step(benefit, version, filed_on=filed_on)
    timing.filed(act, benefit)
    return benefit
