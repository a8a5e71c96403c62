"""What must hold of lines and of their money. Facts in, problems out; sentences for whoever typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date, format_number
from atvsld.oversight.budget.calendar import load_rules
from atvsld.oversight.budget.drafts import AllocationDraft, CommitmentDraft, LineDraft, PaymentDraft
from atvsld.oversight.budget.models import BudgetLine, Commitment
from atvsld.oversight.budget.position import ZERO, Position
from atvsld.oversight.workplans.facade import Task


def line(draft: LineDraft, task: Task) -> Iterator[Problem]:
    """What is wrong with a line as such."""
    if draft.source not in BudgetLine.Source.values:
        yield Problem("source_unknown", _("Không có nguồn này."), _("Chọn lại nguồn kinh phí."), column="source")
    if not draft.purpose.strip():
        yield Problem("no_purpose", _("Chưa ghi nội dung chi."), _("Ghi ngắn gọn chi cho việc gì."), column="purpose")
    if draft.estimate < 0:
        yield Problem("negative", _("Dự toán là số âm."), _("Nhập số từ 0 trở lên."), column="estimate")
    first, last = task.starts_on.year, task.ends_on.year
    if not first <= draft.year <= last:
        message = _("Nhiệm vụ làm từ %(start)s đến %(end)s, không có trong năm ngân sách %(year)s.") % {
            "start": format_date(task.starts_on), "end": format_date(task.ends_on), "year": draft.year,
        }  # fmt: skip
        yield Problem("year_outside", message, _("Chọn năm nhiệm vụ được làm."), column="year")
    ended = load_rules().last_district_year
    if draft.source == BudgetLine.Source.DISTRICT and draft.year > ended:
        message = _("Từ năm %(year)s không còn ngân sách cấp huyện.") % {"year": ended + 1}
        yield Problem("no_district", message, _("Chọn ngân sách cấp tỉnh hoặc cấp xã."), column="source")


def counted(record: BudgetLine, target: BudgetLine | None) -> Iterator[Problem]:
    """Whether a line may point at another as holding the same money. No chains: one line holds it."""
    if target is None:
        message = _("Không có dòng kinh phí này, hoặc dòng đã bị bỏ.")
        yield Problem("target_unknown", message, _("Chọn lại dòng đã tính."), column="counted_in")
    elif target.pk == record.pk or (target.body_id, target.establishment_id) == (
        record.body_id, record.establishment_id,
    ):  # fmt: skip
        message = _("Dòng đã tính phải là của đơn vị khác.")
        yield Problem("same_payer", message, _("Chọn dòng của đơn vị chi khoản tiền này."), column="counted_in")
    elif (target.year, target.source) != (record.year, record.source):
        message = _("Hai dòng khác năm ngân sách hoặc khác nguồn nên không thể là cùng một khoản tiền.")
        yield Problem("other_money", message, _("Sửa năm, nguồn hoặc chọn dòng khác."), column="counted_in")
    elif target.counted_in_id is not None:
        message = _("Dòng được chọn lại đã tính trong dòng khác nữa.")
        yield Problem("chain", message, _("Chọn thẳng dòng của đơn vị chi."), column="counted_in")


def _day(day: date, first: date, last: date, at: date, column: str = "day") -> Iterator[Problem]:
    if day > at:
        yield Problem("future_date", _("Ngày ở tương lai."), _("Ghi khi việc đã xảy ra."), column=column)
    elif not first <= day <= last:
        message = _("Ngày phải từ %(first)s đến %(last)s.") % {"first": format_date(first), "last": format_date(last)}
        yield Problem("outside_year", message, _("Kiểm tra lại ngày hoặc năm ngân sách của dòng."), column=column)


def _paper(number: str, amount: int, told: str) -> Iterator[Problem]:
    if not number.strip():
        yield Problem(
            "no_number", _("Chưa ghi %(paper)s.") % {"paper": told}, _("Ghi đúng như trên giấy."), column="number"
        )
    if amount <= 0:
        message = _("Số tiền phải lớn hơn 0.")
        remedy = _("Giảm hoặc hoàn trả thì chọn đúng loại, số tiền vẫn ghi dương.")
        yield Problem("not_above_zero", message, remedy, column="amount")


def _bears_money(record: BudgetLine) -> Iterator[Problem]:
    if record.withdrawn_at is not None:
        yield Problem("withdrawn", _("Dòng kinh phí đã bị bỏ."), _("Lập dòng khác."))
    elif record.counted_in_id is not None:
        message = _("Khoản này đã tính trong dòng của đơn vị khác, ghi thêm ở đây là tính hai lần.")
        yield Problem("counted_elsewhere", message, _("Ghi tại dòng của đơn vị chi."))


def allocation(record: BudgetLine, held: Position, draft: AllocationDraft, at: date) -> Iterator[Problem]:
    """A decision: may differ from the estimate, with the reason; a cut never below what is promised and paid."""
    rules = load_rules()
    yield from _bears_money(record)
    if record.state == BudgetLine.State.DRAFT:
        message = _("Dự toán của dòng này còn đang lập.")
        yield Problem("draft", message, _("Đơn vị đề xuất dự toán trước khi được giao kinh phí."))
    yield from _paper(draft.number, draft.amount, _("số quyết định"))
    yield from _day(draft.day, rules.first_allocation(record.year), rules.closes(record.year), at)
    cut = draft.kind == "cut"
    after = held.allocated + (-draft.amount if cut else draft.amount)
    if cut and after < held.reserved:
        message = _(
            "Giảm như vậy thì kinh phí được giao còn %(after)s đồng, thấp hơn số đã cam kết, đã chi (%(used)s)."
        )
        amounts = {"after": format_number(after), "used": format_number(held.reserved)}
        yield Problem("below_used", message % amounts, _("Giảm cam kết hoặc thu hồi trước."), column="amount")
    if after != record.estimate and not draft.note.strip():
        message = _("Kinh phí được giao là %(given)s đồng, khác dự toán %(asked)s đồng.")
        amounts = {"given": format_number(after), "asked": format_number(record.estimate)}
        yield Problem("no_reason", message % amounts, _("Ghi lý do chênh lệch (ví dụ: giao đợt 1)."), column="note")


def commitment(record: BudgetLine, held: Position, draft: CommitmentDraft, at: date) -> Iterator[Problem]:
    """A contract takes of what was allocated and is still free."""
    yield from _bears_money(record)
    yield from _paper(draft.number, draft.amount, _("số hợp đồng, văn bản giao việc"))
    if not draft.partner.strip():
        yield Problem("no_partner", _("Chưa ghi bên nhận."), _("Ghi tên đơn vị ký hợp đồng."), column="partner")
    yield from _day(draft.day, date(record.year, 1, 1), date(record.year, 12, 31), at)
    if draft.amount > held.free:
        yield _above(_("Kinh phí được giao còn lại là %(free)s đồng."), held.free)


def payment(
    record: BudgetLine, held: Position, draft: PaymentDraft, contract: Commitment | None, at: date
) -> Iterator[Problem]:
    """A payment stays within its contract, or within what is free; what comes back was paid before."""
    rules = load_rules()
    yield from _bears_money(record)
    yield from _paper(draft.number, draft.amount, _("số chứng từ"))
    yield from _day(draft.day, date(record.year, 1, 1), rules.closes(record.year), at)
    if draft.commitment and contract is None:
        message = _("Không có cam kết này trong dòng kinh phí.")
        yield Problem("commitment_unknown", message, _("Chọn lại cam kết."), column="commitment")
        return
    if contract is not None and draft.day < contract.day:
        message = _("Ngày chi trước ngày cam kết %(day)s.") % {"day": format_date(contract.day)}
        yield Problem("before_contract", message, _("Kiểm tra lại ngày hoặc cam kết."), column="day")
    paid = held.paid_of.get(contract.pk if contract else None, ZERO)
    if draft.kind == "returned":
        if draft.amount > paid:
            yield _above(_("Số đã chi có thể thu hồi là %(free)s đồng."), paid)
    elif contract is not None:
        if draft.amount > contract.amount - paid:
            yield _above(_("Cam kết này còn phải chi %(free)s đồng."), contract.amount - paid)
    elif draft.amount > held.free:
        yield _above(_("Kinh phí được giao còn lại là %(free)s đồng."), held.free)


def cancelling(held: Position, after: Position, why: str) -> Iterator[Problem]:
    """A record is taken out only when what rests on it still stands."""
    if not why.strip():
        yield Problem(
            "no_reason", _("Chưa ghi vì sao bỏ."), _("Ghi lý do, lần ghi cũ vẫn được giữ lại."), column="reason"
        )
    if after.reserved > after.allocated and after.free < held.free:
        message = _("Bỏ đi thì kinh phí được giao không đủ cho số đã cam kết, đã chi.")
        yield Problem("below_used", message, _("Bỏ các lần chi, cam kết ghi sau nó trước."), column="reason")
    for pk, paid in after.paid_of.items():
        most = after.of_contract.get(pk, ZERO) if pk is not None else paid
        if paid > most or paid < 0:
            message = _("Còn khoản chi hoặc khoản thu hồi dựa trên lần ghi này.")
            yield Problem("in_use", message, _("Bỏ các khoản đó trước."), column="reason")
            return


def _above(told: str, free: Decimal) -> Problem:
    message = told % {"free": format_number(max(free, ZERO))}
    return Problem(
        "above_limit", message, _("Ghi số không vượt mức này, hoặc ghi phần được giao thêm trước."), column="amount"
    )
