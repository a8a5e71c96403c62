"""Lines of an estimate: made, changed, proposed, returned, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.oversight.budget import queries, rules
from atvsld.oversight.budget.drafts import LineDraft
from atvsld.oversight.budget.models import BudgetLine, LineHolding
from atvsld.oversight.budget.policy import ALLOCATE, CHANGE, LINES, OWN, READ
from atvsld.oversight.workplans.facade import Task
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body


@action(needs=CHANGE, records="budget:line:added")
def add_line(act: Act, *, key: str, task: Task, draft: LineDraft, body: Body | None = None) -> BudgetLine:
    """A line of the estimate. `key` is a ULID made by the sender: sent twice, it gives the same line.

    `body`: who pays, when not the task's own owner; then it must work along in the task. `Conflict` when the key names
    a line that says something else; `Rejected` with the problems.
    """
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang."), column="key")])
    # Two senders of one key, and two lines for one task at the same moment, take turns.
    lock(f"budget:{key}")
    task = Task.objects.select_related("body", "establishment").select_for_update(of=("self",)).get(pk=task.pk)
    owner = _payer(task, body)
    record = BudgetLine(public_id=key, task=task, **owner, **_stated(draft))
    OWN.require(act.actor, CHANGE, record)
    if earlier := BudgetLine.objects.filter(public_id=key).first():
        OWN.require(act.actor, CHANGE, earlier)
        if earlier.task_id != task.pk or any(getattr(earlier, name) != value for name, value in _stated(draft).items()):
            raise Conflict(_("Phiếu này đã được ghi thành dòng kinh phí với nội dung khác."))
        return earlier
    _require_sound(record, draft)
    record.save(force_insert=True)
    LineHolding.objects.bulk_create(_holdings(record, act.day))
    return record


@action(needs=CHANGE, records="budget:line:changed")
def change_line(act: Act, *, line: BudgetLine, version: int, draft: LineDraft) -> BudgetLine:
    """Replace what a line still being made says."""
    OWN.require(act.actor, CHANGE, line)
    held = locked(line, version)
    if held.state != BudgetLine.State.DRAFT or held.withdrawn_at is not None:
        message = _("Dòng này không còn ở bước lập dự toán.")
        raise Rejected([Problem("not_draft", message, _("Đề nghị trả lại để sửa, hoặc lập dòng khác."))])
    for name, value in _stated(draft).items():
        setattr(held, name, value)
    _require_sound(held, draft)
    return step(held, counted_in_id=held.counted_in_id, **_stated(draft))


@action(needs=CHANGE, records="budget:line:proposed")
def propose(act: Act, *, lines: list[BudgetLine]) -> int:
    """Put lines still being made forward; how many. Others are passed over: repeating is harmless."""
    for line in lines:
        OWN.require(act.actor, CHANGE, line)
    rows = BudgetLine.objects.filter(pk__in=[line.pk for line in lines], state=BudgetLine.State.DRAFT)
    held = list(queries.standing(rows).select_for_update().order_by("pk"))
    empty = [line for line in held if not line.estimate]
    if empty:
        raise Rejected([
            Problem(
                "no_estimate", _("Dòng “%(line)s” chưa có số tiền.") % {"line": line.purpose},
                _("Ghi dự toán, hoặc bỏ dòng này."), column="estimate",
            )
            for line in empty
        ])  # fmt: skip
    moved = BudgetLine.objects.filter(pk__in=[line.pk for line in held])
    return moved.update(state=BudgetLine.State.PROPOSED, version=F("version") + 1)


@action(needs=READ, records="budget:line:returned")
def return_line(act: Act, *, line: BudgetLine, version: int) -> BudgetLine:
    """Back to being made, with `act.reason`: by the finance body, or by the payer while it is not consolidated."""
    if not LINES.decide(act.actor, ALLOCATE, line):
        OWN.require(act.actor, CHANGE, line)
    held = locked(line, version)
    consolidated = held.state == BudgetLine.State.CONSOLIDATED
    problems = []
    if held.state == BudgetLine.State.DRAFT or held.withdrawn_at is not None:
        problems.append(Problem("not_proposed", _("Dòng này chưa được đề xuất, không có gì để trả lại.")))
    if consolidated and not LINES.decide(act.actor, ALLOCATE, line):
        message = _("Dự toán đã được tổng hợp.")
        problems.append(Problem("consolidated", message, _("Đề nghị cơ quan tài chính trả lại.")))
    if held.allocations.filter(cancelled_at=None).exists():
        message = _("Dòng này đã được giao kinh phí; dự toán được giữ nguyên để so sánh.")
        problems.append(Problem("allocated", message, _("Chênh lệch ghi ở lần phân bổ.")))
    if not act.reason.strip():
        problems.append(Problem("no_reason", _("Chưa ghi lý do trả lại."), column="reason"))
    if problems:
        raise Rejected(problems)
    return step(held, state=BudgetLine.State.DRAFT)


@action(needs=CHANGE, records="budget:line:withdrawn")
def withdraw_line(act: Act, *, line: BudgetLine, version: int) -> BudgetLine:
    """Take a line out, with `act.reason`; not while money or another body's line rests on it."""
    OWN.require(act.actor, CHANGE, line)
    held = locked(line, version)
    if held.withdrawn_at is not None:
        return held
    problems = []
    if not act.reason.strip():
        problems.append(Problem("no_reason", _("Chưa ghi vì sao bỏ."), column="reason"))
    if bears(held):
        message = _("Dòng này đã có phân bổ, cam kết hoặc khoản chi.")
        problems.append(Problem("has_money", message, _("Bỏ các lần ghi đó trước nếu ghi nhầm.")))
    if queries.standing(held.counts.all()).exists():
        message = _("Dòng của đơn vị khác đang tính trong dòng này.")
        problems.append(Problem("counts_others", message, _("Đơn vị đó sửa dòng của mình trước.")))
    if held.state == BudgetLine.State.CONSOLIDATED:
        message = _("Dự toán đã được tổng hợp.")
        problems.append(Problem("consolidated", message, _("Đề nghị cơ quan tài chính trả lại trước.")))
    if problems:
        raise Rejected(problems)
    return step(held, withdrawn_at=act.at, withdrawn_why=act.reason.strip()[:300])


def lock(name: str) -> None:
    """One at a time until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def locked(line: BudgetLine, version: int | None) -> BudgetLine:
    """The line as it stands, held for this transaction; `Conflict` when somebody changed it since it was read."""
    held = BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if version is not None and held.version != version:
        raise Conflict(_("Dòng kinh phí vừa được người khác sửa. Mở lại để xem bản mới rồi ghi tiếp."))
    return held


def step(held: BudgetLine, **values: Any) -> BudgetLine:
    """Move a locked line to its next version."""
    BudgetLine.objects.filter(pk=held.pk).update(version=F("version") + 1, **values)
    held.refresh_from_db()
    return held


def bears(line: BudgetLine) -> bool:
    """Whether any money stands on the line."""
    return any(rows.filter(cancelled_at=None).exists() for rows in (line.allocations, line.commitments, line.payments))


def _payer(task: Task, body: Body | None) -> dict[str, Any]:
    if body is None or body.pk == task.body_id:
        place = task.body.place_id if task.body else task.place_id
        return {"body_id": task.body_id, "establishment_id": task.establishment_id, "place_id": place}
    if not task.supports.filter(body=body).exists():
        message = _("%(body)s không chủ trì và không phối hợp nhiệm vụ này.") % {"body": body}
        raise Rejected(
            [Problem("not_in_task", message, _("Thêm vào cơ quan phối hợp của nhiệm vụ trước."), column="body")]
        )
    return {"body_id": body.pk, "establishment_id": None, "place_id": body.place_id}


def _holdings(record: BudgetLine, day: date) -> list[LineHolding]:
    """Who had the money: whoever had the task, also before the line was entered; else the payer from this day."""
    task = record.task
    if (record.body_id, record.establishment_id) == (task.body_id, task.establishment_id):
        found = [
            LineHolding(
                line=record, body_id=one.body_id, establishment_id=one.establishment_id, since=one.since,
                until=one.until, why=one.why,
            )
            for one in task.holdings.all()
        ]  # fmt: skip
        if any(one.until is None for one in found):
            return found
    return [LineHolding(line=record, body_id=record.body_id, establishment_id=record.establishment_id, since=day)]


def _stated(draft: LineDraft) -> dict[str, Any]:
    return {
        "year": draft.year, "source": draft.source, "purpose": draft.purpose.strip(), "estimate": draft.estimate,
        "basis": draft.basis.strip(),
    }  # fmt: skip


def _require_sound(record: BudgetLine, draft: LineDraft) -> None:
    """All problems at once; sets what the line is counted in."""
    problems = list(rules.line(draft, record.task))
    record.counted_in = None
    if draft.counted_in:
        # Held, so that it cannot be withdrawn or made to point elsewhere meanwhile.
        found = queries.standing(BudgetLine.objects.filter(public_id=draft.counted_in.replace("\x00", "")))
        target = found.select_for_update(of=("self",)).first()
        problems += rules.counted(record, target)
        if record.pk and queries.standing(record.counts.all()).exists():
            message = _("Dòng của đơn vị khác đang tính trong dòng này.")
            problems.append(Problem("chain", message, _("Một khoản tiền chỉ đứng ở một dòng."), column="counted_in"))
        record.counted_in = target
    twins = queries.standing(BudgetLine.objects.exclude(pk=record.pk)).filter(
        task=record.task, body=record.body_id, establishment=record.establishment_id, year=record.year,
        source=record.source,
    )  # fmt: skip
    if any(fold(twin.purpose) == fold(record.purpose) for twin in twins):
        message = _("Nhiệm vụ này đã có dòng cùng nội dung chi, cùng nguồn trong năm.")
        problems.append(Problem("twin", message, _("Sửa dòng đã có, hoặc ghi nội dung chi khác."), column="purpose"))
    if problems:
        raise Rejected(problems)
