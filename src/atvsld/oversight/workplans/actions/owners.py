"""Handing a task over: by hand, or because its body has ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.oversight.workplans.actions.stepping import step
from atvsld.oversight.workplans.drafts import Settled
from atvsld.oversight.workplans.models import Task, TaskHolding
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS, READ
from atvsld.oversight.workplans.settling import settle
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.acts.errors import Refused
from atvsld.registers.bodies.models import Body
from atvsld.registers.places.following import Journal


@action(needs=READ, records="workplans:task:handed")
def hand_to(act: Act, *, task: Task, version: int, body: Body, on: date, why: str) -> Task:
    """From `on`, another body answers for a task: by its owner or by the standing body, with the reason.

    Handing it to the body that has it confirms that body where it was unsure.
    """
    if not (PLANS.decide(act.actor, OVERSEE, task) or OWN.decide(act.actor, CHANGE, task)):
        raise Refused(_("Chỉ cơ quan theo dõi hoặc đơn vị chủ trì được giao lại nhiệm vụ."))
    if task.body_id is None:
        message = _("Nhiệm vụ của cơ sở không giao cho cơ quan.")
        raise Rejected([Problem("of_establishment", message, column="body")])
    held = task.holdings.get(until=None)
    if problems := _problems(held, body, on, why, act.day):
        raise Rejected(problems)
    step(task, version, body_id=body.pk, place_id=body.place_id, owner_unsure=False)
    if on == held.since:
        TaskHolding.objects.filter(pk=held.pk).update(body=body, why=why.strip())
    else:
        TaskHolding.objects.filter(pk=held.pk).update(until=on - timedelta(days=1))
        TaskHolding.objects.create(task=task, body=body, since=on, why=why.strip())
    task.supports.filter(body=body).delete()
    return task


@action(needs=READ, records="workplans:task:owner_confirmed")
def confirm_owner(act: Act, *, task: Task, version: int, why: str) -> Task:
    """Whoever has it now keeps it: the mark that somebody must look goes."""
    assert task.body is not None  # only tasks of bodies are ever unsure
    held = task.holdings.get(until=None)
    return hand_to(act, task=task, version=version, body=task.body, on=max(act.day, held.since), why=why)


def _problems(held: TaskHolding, body: Body, on: date, why: str, today: date) -> list[Problem]:
    found = []
    if not why.strip():
        found.append(Problem("why_missing", _("Chưa ghi vì sao giao."), _("Ghi căn cứ hoặc lý do."), column="why"))
    if on < held.since:
        message = _("Đơn vị hiện nay nhận nhiệm vụ từ %(day)s; ngày giao không thể trước ngày đó.")
        found.append(Problem("on_early", message % {"day": format_date(held.since)}, column="on"))
    elif on > max(today, held.since):
        message = _("Ngày giao còn ở phía trước.")
        found.append(Problem("on_ahead", message, _("Ghi khi đã giao thật."), column="on"))
    if body.valid_from > on or (body.valid_to is not None and body.valid_to < on):
        message = _("%(name)s không hoạt động vào ngày %(day)s.") % {"name": body.name, "day": format_date(on)}
        found.append(Problem("body_stands", message, _("Chọn cơ quan khác hoặc ngày khác."), column="body"))
    return found


@action(needs=OVERSEE, records="workplans:task:settled")
def settle_owners(act: Act, *, on: date) -> Settled:  # noqa: ARG001 - the act names the history
    """Every open task whose body ended before a day goes to whoever carries it on; done twice, nothing more happens."""
    # One settling at a time: two at once would each enter the same step.
    list(Task.objects.select_for_update().filter(state__in=Task.OPEN, body__valid_to__lt=on).values_list("pk"))
    return settle(on, Journal())
