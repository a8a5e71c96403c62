"""Taking in the tasks of a plan from a spreadsheet: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans import clauses, rules, sheet
from atvsld.oversight.workplans.actions.stepping import must_be_open, step
from atvsld.oversight.workplans.actions.tasks import append, owner_of, support
from atvsld.oversight.workplans.drafts import TaskDraft
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Rejected, action


@dataclass(frozen=True, slots=True)
class ReadIn:
    """How many tasks were added and changed, and how many rows said what stands already."""

    added: int
    changed: int
    same: int


@action(needs=CHANGE, records="workplans:tasks:read_in")
def read_tasks(act: Act, *, plan: WorkPlan, version: int, rows: Iterator[tuple[int, Any]]) -> ReadIn:
    """Add the rows without a key, change those with one; a row missing from the file leaves its task as it is.

    `Rejected` with every mistake by row and column, and nothing written. Read in twice, the second time the rows that
    were added lie there twice only if the file was not fetched anew: `version` is then no longer current.
    """
    OWN.require(act.actor, CHANGE, plan)
    must_be_open(plan, act.reason)
    lines, problems = sheet.read(rows, plan, act.day)
    held = {task.public_id: task for task in plan.tasks.select_related("plan").prefetch_related("supports")}
    whole = clauses.programme(plan.programme)
    there = frozenset(one.id for one in whole.clauses) if whole is not None else frozenset()
    for line in lines:
        found = rules.blocking(rules.check_task(line.draft, year=plan.year, clauses=there, bound=there))
        named = (replace(one, row=line.row, column=sheet.COLUMNS.get(one.column or "", one.column)) for one in found)
        problems.extend(one for one in named if not _told(problems, one))
        if line.key and line.key not in held:
            message = _("Kế hoạch này không có nhiệm vụ mang mã “%(key)s”.") % {"key": line.key}
            remedy = _("Xóa mã để thêm mới, hoặc tải lại bảng.")
            problems.append(Problem("key_unknown", message, remedy, row=line.row, column=sheet.KEY))
    if not lines and not problems:
        problems.append(Problem("empty", _("Bảng không có nhiệm vụ nào."), _("Điền ít nhất một dòng.")))
    if problems:
        raise Rejected(sorted(problems, key=lambda one: one.row or 0))
    step(plan, version)
    added = changed = 0
    for line in lines:
        if not line.key:
            append(act, plan, line.draft, owner_of(act, plan))
            added += 1
        elif _differs(held[line.key], line.draft):
            _change(act, held[line.key], line.draft)
            changed += 1
    return ReadIn(added, changed, len(lines) - added - changed)


def _told(problems: list[Problem], one: Problem) -> bool:
    """Whether a cell was complained of already: one sentence a cell is enough."""
    return any((held.row, held.column) == (one.row, one.column) for held in problems)


def _differs(task: Task, draft: TaskDraft) -> bool:
    if any(getattr(task, name) != value for name, value in draft.columns().items()):
        return True
    return {one.body_id for one in task.supports.all()} != set(draft.supports)


def _change(act: Act, task: Task, draft: TaskDraft) -> None:
    OWN.require(act.actor, CHANGE, task)
    Task.objects.filter(pk=task.pk).update(version=F("version") + 1, **draft.columns())
    task.supports.exclude(body_id__in=draft.supports).delete()
    support(task, set(draft.supports) - {one.body_id for one in task.supports.all()})
