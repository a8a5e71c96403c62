"""How plans and tasks look: tones of states, the word for a claim that nothing proves, rows of a plan's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atvsld.kit.certainty import Certainty
from atvsld.law.programme import Clause, Programme
from atvsld.law.reading import Label
from atvsld.oversight.workplans import clauses
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.oversight.workplans.queries import StandingEvidence
from atvsld.platform.ui.templatetags import ui

PLAN_TONES = {
    WorkPlan.State.DRAFT: "outline",
    WorkPlan.State.SENT: "info",
    WorkPlan.State.RETURNED: "warning",
    WorkPlan.State.AGREED: "success",
}
TASK_TONES = {
    Task.State.PLANNED: "outline",
    Task.State.DOING: "info",
    Task.State.DONE: "success",
    Task.State.STOPPED: "secondary",
}
CLAIMS = (Task.State.DOING, Task.State.DONE)


def proof(task: Task, count: int) -> Any:
    """How many proofs stand; red for a claim without any."""
    if count:
        return ui.badge(ngettext("%(n)s bằng chứng", "%(n)s bằng chứng", count) % {"n": count}, "success")
    if task.state in CLAIMS:
        return ui.badge(_("chưa có bằng chứng"), "danger")
    return "–"


def words(label: Label) -> str:
    """A label of the law book in the language of the page."""
    from django.utils.translation import get_language

    return (label.en if get_language() == "en" and label.en else label.vi) or ""


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a plan's table."""

    task: Task
    proofs: list[StandingEvidence]
    late: bool
    cost: Decimal | None

    @property
    def proof(self) -> Any:
        return proof(self.task, sum(one.stands for one in self.proofs))

    @property
    def claim(self) -> bool:
        """Said to be at work or done, and nothing proves it."""
        return self.task.state in CLAIMS and not any(one.stands for one in self.proofs)

    @property
    def tone(self) -> str:
        return TASK_TONES[Task.State(self.task.state)]


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks for one clause; `clause` None for work beside the programme."""

    id: str
    text: str
    place: str
    status: str
    leads: bool | None
    rows: list[Row]


def groups(
    plan: WorkPlan, tasks: Sequence[Task], proofs: Mapping[int, list[StandingEvidence]],
    costs: Mapping[int, Decimal] | None, today: date,
) -> list[Group]:  # fmt: skip
    """The tasks of a plan by clause, in the order of the programme, work beside it last."""
    whole = clauses.programme(plan.programme)
    order = {clause.id: number for number, clause in enumerate(whole.clauses)} if whole else {}
    reached = {one.clause.id: one.leads for one in clauses.bound(plan, today)}
    by_clause: dict[str, list[Row]] = {}
    for task in tasks:
        row = Row(
            task, proofs.get(task.pk, []), task.state in Task.OPEN and task.ends_on < today,
            None if costs is None else costs.get(task.pk, Decimal(0)),
        )  # fmt: skip
        by_clause.setdefault(task.clause, []).append(row)
    found = []
    for clause_id in sorted(by_clause, key=lambda one: (not one, order.get(one, len(order)), one)):
        clause = clauses.clause_of(whole, clause_id)
        found.append(_group(whole, clause, clause_id, reached.get(clause_id), by_clause[clause_id]))
    return found


def _group(
    whole: Programme | None, clause: Clause | None, clause_id: str, leads: bool | None, rows: list[Row]
) -> Group:
    if clause is None or whole is None:
        text = _("Nội dung %(id)s không còn trong chương trình") % {"id": clause_id} if clause_id else _("Việc khác")
        return Group(clause_id, text, "", "", None, rows)
    status = "" if clause.status is Certainty.OFFICIAL else clause.status.value
    return Group(clause.id, words(clause.text), words(whole.place(clause)), status, leads, rows)
