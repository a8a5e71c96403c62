"""What every change of a plan passes: the plan is open to it, nothing unseen is overwritten, twice is once."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.platform.acts import Conflict, Rejected

M = TypeVar("M", WorkPlan, Task)


def step(record: M, version: int, **values: object) -> M:
    """Write values and the next version; `Conflict` when somebody else did so first."""
    held = type(record)._default_manager.filter(pk=record.pk, version=version)  # noqa: SLF001 - Django's own name
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(_("Vừa có thay đổi khác nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới."))
    record.refresh_from_db()
    return record


def must_be_open(plan: WorkPlan, reason: str) -> None:
    """Whether tasks may be changed: not while it lies with the standing body, and with a reason once taken in."""
    if plan.state == WorkPlan.State.SENT:
        message = _("Kế hoạch đã gửi, đang chờ tiếp nhận.")
        raise Rejected([Problem("sent", message, _("Đề nghị trả lại rồi sửa."))])
    if plan.state == WorkPlan.State.AGREED and not reason.strip():
        message = _("Kế hoạch đã được tiếp nhận: thay đổi phải có lý do.")
        raise Rejected([Problem("reason_missing", message, _("Ghi lý do thay đổi."), column="reason")])
