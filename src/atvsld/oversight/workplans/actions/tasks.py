"""Adding, changing and removing the tasks of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans import clauses, rules
from atvsld.oversight.workplans.actions.stepping import must_be_open, step
from atvsld.oversight.workplans.drafts import TaskDraft
from atvsld.oversight.workplans.models import Task, TaskHolding, TaskSupport, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import heirs


@action(needs=CHANGE, records="workplans:task:added")
def add_task(act: Act, *, plan: WorkPlan, version: int, draft: TaskDraft) -> Task:
    """Add a task; `version` is that of the plan. `Rejected` with the problems; a warning does not stop it."""
    OWN.require(act.actor, CHANGE, plan)
    must_be_open(plan, act.reason)
    require_sound(act, plan, draft)
    step(plan, version)
    return append(act, plan, draft, owner_of(act, plan))


@action(needs=CHANGE, records="workplans:task:changed")
def change_task(act: Act, *, task: Task, version: int, draft: TaskDraft) -> Task:
    """Change what a task is. Its progress is reported, not changed here."""
    OWN.require(act.actor, CHANGE, task)
    must_be_open(task.plan, act.reason)
    require_sound(act, task.plan, draft)
    step(task, version, **draft.columns())
    kept = set(draft.supports)
    task.supports.exclude(body_id__in=kept).delete()
    support(task, kept - set(task.supports.values_list("body_id", flat=True)))
    return task


@action(needs=CHANGE, records="workplans:task:removed")
def remove_task(act: Act, *, task: Task, version: int) -> None:
    """Take a task out of a plan that is still being made and of which nothing was told; else it is stopped."""
    OWN.require(act.actor, CHANGE, task)
    if task.plan.state not in (WorkPlan.State.DRAFT, WorkPlan.State.RETURNED):
        message = _("Chỉ bỏ được nhiệm vụ của kế hoạch đang lập hoặc bị trả lại.")
        raise Rejected([Problem("not_draft", message, _("Báo tiến độ “Dừng, không làm” kèm lý do."))])
    if task.progress.exists() or task.evidence.exists():
        message = _("Nhiệm vụ đã có tiến độ hoặc bằng chứng.")
        raise Rejected([Problem("told", message, _("Báo tiến độ “Dừng, không làm” kèm lý do."))])
    step(task, version)
    try:
        with transaction.atomic():
            task.delete()
    except ProtectedError as error:
        message = _("Nhiệm vụ đã có dòng kinh phí hoặc được nêu trong báo cáo.")
        raise Rejected([Problem("in_use", message, _("Báo tiến độ “Dừng, không làm” kèm lý do."))]) from error


def require_sound(act: Act, plan: WorkPlan, draft: TaskDraft) -> None:
    """`Rejected` with what stops a draft; also a body working along that is unknown."""
    whole = clauses.programme(plan.programme)
    there = frozenset(one.id for one in whole.clauses) if whole is not None else frozenset()
    bound = frozenset(one.clause.id for one in clauses.bound(plan, act.day))
    problems = rules.blocking(rules.check_task(draft, year=plan.year, clauses=there, bound=bound))
    if draft.measure and draft.measure not in clauses.words().measures:
        problems.append(Problem("measure_unknown", _("Không có thước đo này."), _("Chọn lại."), column="measure"))
    if Body.objects.filter(pk__in=draft.supports).count() != len(set(draft.supports)):
        problems.append(Problem("body_unknown", _("Không có cơ quan phối hợp này."), _("Chọn lại."), column="supports"))
    if problems:
        raise Rejected(problems)


def append(act: Act, plan: WorkPlan, draft: TaskDraft, owner: Body | None) -> Task:
    """Write a sound draft as the last task of a plan, held by its owner from the first of its days on."""
    last = plan.tasks.aggregate(last=Max("number"))["last"] or 0
    task = Task(plan=plan, number=last + 1, place_id=owner.place_id if owner else plan.place_id, **draft.columns())
    if owner is not None:
        task.body = owner
    else:
        task.establishment = plan.establishment
    task.save(force_insert=True)
    since = act.day
    TaskHolding.objects.create(task=task, body=owner, establishment=task.establishment, since=since)
    support(task, draft.supports)
    return task


def owner_of(act: Act, plan: WorkPlan) -> Body | None:
    """Who answers for a new task of a plan: its body, or the one that carries that on. None for an establishment."""
    if plan.body is None:
        return None
    found = heirs(plan.body.pk, act.day)
    if len(found) == 1:
        return found[0]
    own = {scope.root for scope in act.actor.scopes(CHANGE) if scope.dimension == "body"}
    for body in found:
        if body.pk in own:
            return body
    return plan.body


def support(task: Task, bodies: Iterable[int]) -> None:
    """Bodies that work along from now on."""
    TaskSupport.objects.bulk_create(
        TaskSupport(task=task, body_id=pk) for pk in dict.fromkeys(bodies) if pk != task.body_id
    )
