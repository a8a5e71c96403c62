"""Whole plans entered at once, with what was told and laid since: the same rows as the single actions make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans import clauses, rules
from atvsld.oversight.workplans.drafts import Said, TaskDraft
from atvsld.oversight.workplans.models import (
    Progress,
    Remark,
    Task,
    TaskEvidence,
    TaskHolding,
    TaskSupport,
    WorkPlan,
)
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.acts.clock import local_day
from atvsld.platform.files.facade import StoredFile, keep
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment


@dataclass(frozen=True, slots=True)
class Told:
    """One report on a task, when and by whom."""

    at: datetime
    by: str
    said: Said


@dataclass(frozen=True, slots=True)
class Laid:
    """One proof: a record (`key`) or a file (name, content). `removed`: why it was taken away again."""

    kind: str
    label: str
    at: datetime
    key: str = ""
    file: tuple[str, bytes] | None = None
    day: date | None = None
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One remark on a plan."""

    at: datetime
    by: str
    text: str
    returns: bool = False
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task with its reports (oldest first) and proofs."""

    draft: TaskDraft
    told: tuple[Told, ...] = ()
    laid: tuple[Laid, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan of one body or establishment with its tasks, in order."""

    programme: str
    year: int
    opened_on: date
    tasks: tuple[TaskEntry, ...]
    body: Body | None = None
    establishment: Establishment | None = None
    number: str = ""
    issued_on: date | None = None
    state: str = WorkPlan.State.DRAFT
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    remarks: tuple[Noted, ...] = ()

    @property
    def owner(self) -> Body | Establishment:
        found = self.body or self.establishment
        assert found is not None  # stated by whoever made the entry
        return found


@action(needs=CHANGE, records="workplans:work_plan:opened")
def enter_plans(act: Act, *, entries: Sequence[PlanEntry]) -> list[WorkPlan]:
    """Enter plans with their tasks. `Rejected` with every problem, and nothing entered; a plan there is once."""
    plans = [
        WorkPlan(
            programme=one.programme, year=one.year, body=one.body, establishment=one.establishment,
            place_id=one.owner.place_id, number=one.number, issued_on=one.issued_on, state=one.state,
            sent_at=one.sent_at, decided_at=one.decided_at, version=1 + len(one.tasks),
        )
        for one in entries
    ]  # fmt: skip
    for plan in plans:
        OWN.require(act.actor, CHANGE, plan)
    if problems := [problem for one in entries for problem in _problems(one, act.day)]:
        raise Rejected(problems)
    WorkPlan.objects.bulk_create(plans)
    pairs = [
        (_task(plan, number, one, entry), entry)
        for plan, one in zip(plans, entries, strict=True)
        for number, entry in enumerate(one.tasks, start=1)
    ]
    Task.objects.bulk_create(task for task, _entry in pairs)
    opened = {plan.pk: one.opened_on for plan, one in zip(plans, entries, strict=True)}
    TaskHolding.objects.bulk_create(
        TaskHolding(task=task, body=task.body, establishment=task.establishment, since=opened[task.plan_id])
        for task, _entry in pairs
    )
    TaskSupport.objects.bulk_create(
        TaskSupport(task=task, body_id=body)
        for task, entry in pairs
        for body in dict.fromkeys(entry.draft.supports)
        if body != task.body_id
    )
    Progress.objects.bulk_create(_progress(task, told) for task, entry in pairs for told in entry.told)
    files = _Files(act)
    _lay(_evidence(files, task, laid) for task, entry in pairs for laid in entry.laid)
    Remark.objects.bulk_create(
        Remark(plan=plan, at=note.at, said_by=note.by, text=note.text, returns=note.returns, settled_at=note.settled_at)
        for plan, one in zip(plans, entries, strict=True)
        for note in one.remarks
    )
    return plans


@action(needs=CHANGE, records="workplans:task:reported")
def tell_many(act: Act, *, told: Iterable[tuple[Task, Sequence[Told], Sequence[Laid]]]) -> int:
    """Further reports and proofs of tasks that stand already; how many tasks. `Rejected` with every problem."""
    listed = list(told)
    for task, _reports, _proofs in listed:
        OWN.require(act.actor, CHANGE, task)
    problems = [
        problem
        for task, reports, _proofs in listed
        for one in reports
        for problem in rules.blocking(rules.check_said(one.said, year=task.plan.year, today=act.day))
    ]
    if problems:
        raise Rejected(problems)
    for task, reports, _proofs in listed:
        for one in reports:
            _say(task, one)
    Task.objects.bulk_update(
        [task for task, reports, _proofs in listed if reports], ["state", "percent", "done_on", "stopped_why"]
    )
    Task.objects.filter(pk__in=[task.pk for task, reports, _proofs in listed if reports]).update(
        version=F("version") + 1
    )
    Progress.objects.bulk_create(_progress(task, one) for task, reports, _proofs in listed for one in reports)
    files = _Files(act)
    _lay(_evidence(files, task, one) for task, _reports, proofs in listed for one in proofs)
    return len(listed)


def _problems(one: PlanEntry, today: date) -> Iterator[Problem]:
    whole = clauses.programme(one.programme)
    if whole is None:
        yield Problem("programme_unknown", _("Không có chương trình, kế hoạch này."), value=one.programme)
        return
    there = frozenset(clause.id for clause in whole.clauses)
    for entry in one.tasks:
        yield from rules.blocking(rules.check_task(entry.draft, year=one.year, clauses=there, bound=there))
        for told in entry.told:
            yield from rules.blocking(rules.check_said(told.said, year=one.year, today=min(today, local_day(told.at))))


def _task(plan: WorkPlan, number: int, one: PlanEntry, entry: TaskEntry) -> Task:
    task = Task(
        plan=plan, number=number, body=one.body, establishment=one.establishment, place_id=plan.place_id,
        version=1 + len(entry.told), **entry.draft.columns(),
    )  # fmt: skip
    for told in entry.told:
        _say(task, told)
    return task


def _say(task: Task, told: Told) -> None:
    said = told.said
    task.state, task.percent = said.state, said.percent
    task.done_on = said.done_on if said.state == Task.State.DONE else None
    task.stopped_why = said.stopped_why if said.state == Task.State.STOPPED else ""


def _progress(task: Task, told: Told) -> Progress:
    said = told.said
    return Progress(
        task=task, at=told.at, said_by=told.by, state=said.state, percent=said.percent, text=said.text,
        difficulty=said.difficulty, proposal=said.proposal,
    )  # fmt: skip


def _lay(rows: Iterable[TaskEvidence]) -> None:
    """Laid twice is laid once."""
    TaskEvidence.objects.bulk_create(rows, ignore_conflicts=True)


class _Files:
    """Files of one entering: the same content is kept once, however many tasks it proves."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._held: dict[bytes, StoredFile] = {}

    def kept(self, name: str, content: bytes) -> StoredFile:
        if content not in self._held:
            purpose = f"workplans:evidence:{self._act.request_id}"
            self._held[content] = keep(self._act, name=name, content=content, purpose=purpose)
        return self._held[content]


def _evidence(files: _Files, task: Task, laid: Laid) -> TaskEvidence:
    row = TaskEvidence(
        task=task, kind=laid.kind, key=laid.key, label=laid.label[:300], day=laid.day, added_at=laid.at,
        removed_at=laid.at if laid.removed else None, removed_why=laid.removed,
    )  # fmt: skip
    if laid.file is not None:
        row.file = files.kept(*laid.file)
    return row
