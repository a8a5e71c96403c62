"""Asking for help and answering; remarks of the standing body."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans.models import HelpRequest, Remark, Task, TaskSupport, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS, READ
from atvsld.oversight.workplans.telling import tell
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.acts.errors import Refused
from atvsld.registers.bodies.models import Body

State = HelpRequest.State


@action(needs=CHANGE, records="workplans:help_request:asked")
def ask_help(act: Act, *, task: Task, to: Body, text: str) -> HelpRequest:
    """Ask another body to help with a task; the same request while it waits is one."""
    OWN.require(act.actor, CHANGE, task)
    if not text.strip():
        raise Rejected([Problem("text_missing", _("Chưa ghi cần hỗ trợ gì."), _("Ghi rõ việc cần."), column="text")])
    if to.pk == task.body_id or (to.valid_to is not None and to.valid_to < act.day):
        message = _("Chọn cơ quan khác, đang hoạt động.")
        raise Rejected([Problem("to", message, column="to")])
    Task.objects.select_for_update().get(pk=task.pk)
    if held := task.help_requests.filter(to=to, state=State.ASKED, text=text.strip()).first():
        return held
    made = HelpRequest.objects.create(task=task, to=to, text=text.strip(), asked_at=act.at)
    tell(
        act, key=f"help:{made.public_id}", body=to.pk, url=reverse("workplans:help"), text=made.text,
        subject=_("%(owner)s đề nghị hỗ trợ: %(task)s") % {"owner": task.body or task.establishment, "task": task},
    )  # fmt: skip
    return made


@action(needs=CHANGE, records="workplans:help_request:answered")
def answer_help(act: Act, *, request: HelpRequest, state: str, answer: str) -> HelpRequest:
    """Whoever was asked accepts or declines; who accepts works along from then on. `Conflict` when answered."""
    OWN.require(act.actor, CHANGE, Task(body_id=request.to_id))
    if state not in (State.ACCEPTED, State.DECLINED):
        raise Rejected([Problem("state", _("Chọn nhận hỗ trợ hoặc không."), column="state")])
    if not answer.strip():
        raise Rejected([Problem("answer_missing", _("Chưa ghi trả lời."), _("Ghi trả lời."), column="answer")])
    held = HelpRequest.objects.filter(pk=request.pk, state=State.ASKED)
    if not held.update(state=state, answer=answer.strip(), answered_at=act.at):
        raise Conflict(_("Đề nghị này đã được trả lời."))
    request.refresh_from_db()
    task = request.task
    tell(
        act, key=f"answer:{request.public_id}", body=task.body_id, establishment=task.establishment_id,
        url=reverse("workplans:task", args=[task.public_id]), text=request.answer,
        subject=_("%(body)s trả lời đề nghị hỗ trợ: %(task)s") % {"body": request.to, "task": task},
    )  # fmt: skip
    if state == State.ACCEPTED and request.to_id != request.task.body_id:
        TaskSupport.objects.get_or_create(task=request.task, body_id=request.to_id)
    return request


@action(needs=READ, records="workplans:remark:written")
def remark(act: Act, *, plan: WorkPlan, text: str, task: Task | None = None) -> Remark:
    """A comment of the standing body on a plan or one of its tasks, or the owner's answer to one."""
    _require_part(act, plan, task)
    if not text.strip():
        raise Rejected([Problem("text_missing", _("Chưa ghi góp ý."), _("Ghi nội dung."), column="text")])
    if task is not None and task.plan_id != plan.pk:
        raise Rejected([Problem("task", _("Nhiệm vụ không thuộc kế hoạch này."), column="task")])
    with transaction.atomic():
        WorkPlan.objects.select_for_update().get(pk=plan.pk)
        # Sent twice by a double click: the same words of the same person still waiting are one remark.
        held = plan.remarks.filter(task=task, text=text.strip(), said_by=act.actor.name, settled_at=None).first()
        return held or Remark.objects.create(plan=plan, task=task, at=act.at, said_by=act.actor.name, text=text.strip())


@action(needs=READ, records="workplans:remark:settled")
def settle_remark(act: Act, *, remark: Remark) -> Remark:
    """Mark a remark as dealt with; twice is once."""
    _require_part(act, remark.plan, remark.task)
    Remark.objects.filter(pk=remark.pk, settled_at=None).update(settled_at=act.at)
    remark.refresh_from_db()
    return remark


def _require_part(act: Act, plan: WorkPlan, task: Task | None) -> None:
    """Whoever oversees the plan, or whose it (or its task) is."""
    if PLANS.decide(act.actor, OVERSEE, plan) or OWN.decide(act.actor, CHANGE, task or plan):
        return
    raise Refused(_("Chỉ cơ quan theo dõi hoặc đơn vị chủ trì được ghi góp ý."))
