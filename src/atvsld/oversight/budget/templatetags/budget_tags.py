"""The money of a task, for the page of the task: `{% load budget_tags %}{% task_money task %}`."""

from __future__ import annotations

from typing import Any

from django import template

from atvsld.oversight.budget import facade
from atvsld.oversight.budget.policy import READ
from atvsld.oversight.workplans.facade import Task

register = template.Library()


@register.inclusion_tag("budget/parts/task_money.html", takes_context=True)
def task_money(context: dict[str, Any], task: Task) -> dict[str, Any]:
    """Lines of a task with where each stands; nothing for who may not read money."""
    actor = context["request"].actor
    if not actor.may(READ):
        return {"shown": False}
    lines = facade.task_money(actor, task)
    counted = [held.position for held in lines if held.counts]
    total = {
        name: sum(getattr(one, name) for one in counted) for name in ("estimate", "allocated", "committed", "spent")
    }
    return {"shown": True, "task": task, "lines": lines, "total": total, "may_add": facade.may_add(actor, task)}
