"""Pages of tasks: one task, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.oversight.workplans import actions, clauses, queries, shown
from atvsld.oversight.workplans.models import (
    HelpRequest,
    Progress,
    Task,
    TaskEvidence,
    TaskHolding,
    TaskSupport,
    WorkPlan,
)
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS, READ
from atvsld.oversight.workplans.web import forms
from atvsld.oversight.workplans.web.fetching import (
    act_with_version,
    own_plan,
    own_task,
    plan_url,
    spoken_of,
    task_or_404,
    today,
)
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day
from atvsld.platform.ui.pages import Page, PageAction, act_of, requires
from atvsld.registers.bodies.models import Body


class TaskPage(Page):
    """One task: what it is, how it went, what proves it, who answered for it."""

    permission = READ
    template_name = "workplans/task.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task = task_or_404(self.request, self.kwargs["public_id"])
        mine = bool(OWN.decide(self.actor, CHANGE, task))
        oversees = bool(PLANS.decide(self.actor, OVERSEE, task))
        proofs = queries.laid([task.pk])[task.pk]
        editable = mine and task.plan.state != WorkPlan.State.SENT
        clause = clauses.of_task(task)
        programme = clauses.programme(task.plan.programme)
        labels = {word: shown.words(held.label) for word, held in clauses.words().evidence.items()}
        return super().get_context_data(
            title=task.title,
            task=task,
            plan_seen=queries.visible_plans(self.actor).filter(pk=task.plan_id).exists(),
            tone=shown.TASK_TONES[Task.State(task.state)],
            late=task.state in Task.OPEN and task.ends_on < today(self.request),
            claim=task.state in shown.CLAIMS and not any(one.stands for one in proofs),
            facts=_facts(task),
            clause=clause,
            clause_text=shown.words(clause.text) if clause else "",
            clause_place=shown.words(programme.place(clause)) if clause and programme else "",
            wanted=[labels.get(word, word) for word in clause.evidence] if clause else [],
            proofs=[(one, labels.get(one.row.kind, one.row.kind)) for one in proofs],
            removed=list(task.evidence.exclude(removed_at=None).order_by("-removed_at")),
            reports=list(task.progress.all()),
            holdings=list(task.holdings.select_related("body", "establishment")),
            help_requests=list(task.help_requests.select_related("to")),
            remarks=list(task.remarks.all()),
            mine=mine,
            may_edit=editable,
            may_hand=(mine or oversees) and task.body_id is not None and task.state in Task.OPEN,
            may_remark=mine or oversees,
            history=timeline(task, _parts(task)),
            page_actions=_actions(task, editable=editable) if mine else [],
            **kwargs,
        )


def _parts(task: Task) -> list[Any]:
    held = {"task_id": task.pk}
    return [
        (Progress, held, _("Báo tiến độ")), (TaskEvidence, held, _("Bằng chứng")),
        (TaskHolding, held, _("Đơn vị chịu trách nhiệm")), (TaskSupport, held, _("Cơ quan phối hợp")),
        (HelpRequest, held, _("Đề nghị hỗ trợ")),
    ]  # fmt: skip


def _actions(task: Task, *, editable: bool) -> list[PageAction]:
    key = [task.public_id]
    found = [PageAction(_("Nêu bằng chứng"), reverse("workplans:prove", args=key), "paperclip")]
    if editable:
        found.append(PageAction(_("Sửa"), reverse("workplans:change", args=key), "pencil"))
    return [*found, PageAction(_("Báo tiến độ"), reverse("workplans:report", args=key), "check", primary=True)]


def _facts(task: Task) -> list[tuple[str, Any]]:
    words = clauses.words().measures
    measure = shown.words(words[task.measure].label) if task.measure in words else ""
    supports = "; ".join(str(one.body) for one in task.supports.select_related("body"))
    return [
        (_("Chủ trì"), task.body or task.establishment),
        (_("Phối hợp"), supports or "–"),
        (_("Thời gian"), f"{format_date(task.starts_on)} – {format_date(task.ends_on)}"),
        (_("Người, phòng phụ trách"), task.person or "–"),
        (_("Thước đo"), f"{measure}: {task.aim.normalize():f}" if measure and task.aim is not None else measure or "–"),
        (_("Xong ngày"), day(task.done_on) if task.done_on else "–"),
    ]


@requires(CHANGE)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A further task of a plan."""
    plan = own_plan(request, public_id)
    agreed = plan.state == WorkPlan.State.AGREED
    form = forms.TaskForm(
        request.POST or None, plan=plan, today=today(request), reason=agreed,
        initial={"clause": request.GET.get("noi-dung", "")},
    )  # fmt: skip
    return act_with_version(
        request, form, plan,
        lambda version: actions.add_task(
            act_of(request, form.cleaned_data.get("reason", "")), plan=plan, version=version, draft=form.draft()
        ),
        title=_("Thêm nhiệm vụ"),
    )  # fmt: skip


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a task is, anew."""
    task = own_task(request, public_id)
    agreed = task.plan.state == WorkPlan.State.AGREED
    form = forms.TaskForm(
        request.POST or None, plan=task.plan, today=today(request), reason=agreed,
        initial=forms.TaskForm.stated_by(task),
    )  # fmt: skip
    return act_with_version(
        request, form, task,
        lambda version: actions.change_task(
            act_of(request, form.cleaned_data.get("reason", "")), task=task, version=version, draft=form.draft()
        ),
        title=_("Sửa nhiệm vụ"),
    )  # fmt: skip


@requires(CHANGE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a task out of a plan being made."""
    task = own_task(request, public_id)
    form = forms.WhyForm(request.POST or None)
    plan = task.plan
    return act_with_version(
        request, form, task,
        lambda version: actions.remove_task(act_of(request, form.cleaned_data["why"]), task=task, version=version),
        title=_("Bỏ nhiệm vụ: %(name)s") % {"name": task.title}, then=lambda: plan_url(plan),
    )  # fmt: skip


@requires(CHANGE)
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """How a task stands."""
    task = own_task(request, public_id)
    held = {"state": task.state, "percent": task.percent, "done_on": task.done_on, "stopped_why": task.stopped_why}
    form = forms.SaidForm(request.POST or None, initial=held)
    return act_with_version(
        request, form, task,
        lambda version: actions.report_progress(act_of(request), task=task, version=version, said=form.said()),
        title=_("Báo tiến độ: %(name)s") % {"name": task.title},
    )  # fmt: skip


@requires(CHANGE)
def ask_help(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask another body."""
    task = own_task(request, public_id)
    form = forms.HelpForm(request.POST or None, today=today(request), without=task.body_id)
    return act_with_version(
        request, form, task,
        lambda _version: actions.ask_help(
            act_of(request), task=task, to=Body.objects.get(pk=form.cleaned_data["to"]), text=form.cleaned_data["text"]
        ),
        title=_("Đề nghị hỗ trợ: %(name)s") % {"name": task.title},
    )  # fmt: skip


@requires(READ)
def hand(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a task to another body, or confirm the one that has it."""
    task = task_or_404(request, public_id)
    spoken_of(request, task)
    start = {"body": task.body_id, "on": today(request)} if request.method == "GET" else {}
    form = forms.HandForm(request.POST or None, today=today(request), initial=start)
    return act_with_version(
        request, form, task,
        lambda version: actions.hand_to(
            act_of(request), task=task, version=version, body=Body.objects.get(pk=form.cleaned_data["body"]),
            on=form.cleaned_data["on"], why=form.cleaned_data["why"],
        ),
        title=_("Giao lại nhiệm vụ: %(name)s") % {"name": task.title},
    )  # fmt: skip
