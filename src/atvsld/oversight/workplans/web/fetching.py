"""Records of a page, found where the person may see them; acts run with the version the page was drawn from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS
from atvsld.oversight.workplans.queries import visible_plans, visible_tasks
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, actor_of

TEMPLATE = "workplans/form.html"


def plan_or_404(request: HttpRequest, public_id: str) -> WorkPlan:
    """The plan, if it exists for this person."""
    return get_object_or_404(visible_plans(actor_of(request)), public_id=public_id.replace("\x00", ""))


def task_or_404(request: HttpRequest, public_id: str) -> Task:
    """The task, if it exists for this person."""
    return get_object_or_404(visible_tasks(actor_of(request)), public_id=public_id.replace("\x00", ""))


def own_plan(request: HttpRequest, public_id: str) -> WorkPlan:
    """The plan of whoever asks; `Refused` for the plan of others."""
    plan = plan_or_404(request, public_id)
    OWN.require(actor_of(request), CHANGE, plan)
    return plan


def own_task(request: HttpRequest, public_id: str) -> Task:
    """A task whoever asks answers for; `Refused` for the task of others."""
    task = task_or_404(request, public_id)
    OWN.require(actor_of(request), CHANGE, task)
    return task


def spoken_of(request: HttpRequest, record: WorkPlan | Task) -> None:
    """`Refused` unless whoever asks oversees the record or answers for it."""
    if not PLANS.decide(actor_of(request), OVERSEE, record):
        OWN.require(actor_of(request), CHANGE, record)


def plan_url(plan: WorkPlan) -> str:
    return reverse("workplans:plan", args=[plan.public_id])


def task_url(task: Task) -> str:
    return reverse("workplans:task", args=[task.public_id])


def today(request: HttpRequest) -> date:
    return clock.local_day(request.now)  # type: ignore[attr-defined]


def act_with_version(
    request: HttpRequest, form: Any, record: WorkPlan | Task, run: Callable[[int], Any], *, title: str, **shown: Any
) -> HttpResponse:
    """Run one action with the version the page was drawn from."""
    version = request.POST.get("version") or str(record.version)
    back = shown.pop("back", None) or (plan_url(record) if isinstance(record, WorkPlan) else task_url(record))
    return act_by_form(
        request, form, lambda: run(int(version) if version.isdecimal() else 0), title=title, back=back,
        template=TEMPLATE, version=version, record=record, multipart=form.is_multipart(), **shown,
    )  # fmt: skip
