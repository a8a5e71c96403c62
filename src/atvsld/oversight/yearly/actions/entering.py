"""Many reports at once, with the rows of reports begun and sent one by one: a year that was reported elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from atvsld.oversight.workplans.facade import Progress, Task, WorkPlan
from atvsld.oversight.yearly import sources
from atvsld.oversight.yearly.actions.drafting import STEP, figures_of
from atvsld.oversight.yearly.actions.opening import prepare
from atvsld.oversight.yearly.addressing import Address
from atvsld.oversight.yearly.drafting.sentences import drafted
from atvsld.oversight.yearly.gathering import Given, material_of, said_of
from atvsld.oversight.yearly.models import ReportRemark, ReportSentence, SentenceFigure, SentenceProof, YearReport
from atvsld.oversight.yearly.policy import CHANGE, OWN
from atvsld.platform.acts import Act, action, clock
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.establishments.models import Establishment

State, Kind = YearReport.State, YearReport.Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One report as it was sent. `returned`: why it was sent back; `sent_at` None: still being written."""

    programme: str
    year: int
    owner: Body | Establishment
    drafted_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    number: str = ""
    signer_title: str = ""
    signer_name: str = ""
    returned: str = ""


@action(needs=CHANGE, records="yearly:year_report:opened")
def enter_reports(act: Act, *, entries: Sequence[Entry]) -> list[YearReport]:
    """Write the reports of many owners from their tasks, each with its state; figures of the registers are left out."""
    years = {one.year for one in entries}
    rows = list(Task.objects.filter(plan__year__in=years).select_related("plan", "body", "establishment"))
    proven, said = sources.proven_of(rows), said_of(rows)
    plans = list(WorkPlan.objects.filter(year__in=years))
    made: list[tuple[YearReport, Entry]] = []
    known: dict[tuple[str, int, date], Address] = {}
    for one in entries:
        report = _report(one)
        OWN.require(act.actor, CHANGE, report)
        prepare(report, clock.local_day(one.sent_at or one.drafted_at), known)
        _sent(report, one)
        made.append((report, one))
    YearReport.objects.bulk_create([report for report, _one in made], batch_size=200)
    _write(act, made, [(task, proven.get(task.pk, False)) for task in rows], said, plans)
    ReportRemark.objects.bulk_create(
        ReportRemark(report=report, at=one.decided_at, said_by=act.actor.name[:200], text=one.returned, returns=True)
        for report, one in made
        if one.returned and one.decided_at
    )
    return [report for report, _one in made]


def _report(one: Entry) -> YearReport:
    named: dict[str, Any] = {"body": one.owner} if isinstance(one.owner, Body) else {"establishment": one.owner}
    return YearReport(
        programme=one.programme, year=one.year, kind=Kind.BODY if "body" in named else Kind.ESTABLISHMENT,
        place_id=one.owner.place_id, start=date(one.year, 1, 1), end=date(one.year, 12, 31), drafted_at=one.drafted_at,
        **named,
    )  # fmt: skip


def _sent(report: YearReport, one: Entry) -> None:
    if one.sent_at is None:
        return
    report.state = State.RETURNED if one.returned else State.ACCEPTED if one.decided_at else State.SENT
    report.first_sent_at = report.sent_at = one.sent_at
    report.late = report.due_before is not None and clock.local_day(one.sent_at) >= report.due_before
    report.decided_at, report.number, report.issued_on = one.decided_at, one.number, clock.local_day(one.sent_at)
    report.signer_title, report.signer_name = one.signer_title, one.signer_name
    report.version = 2


def _write(
    act: Act, made: Sequence[tuple[YearReport, Entry]], rows: Sequence[tuple[Task, bool]], said: Mapping[int, Progress],
    plans: Sequence[WorkPlan],
) -> None:  # fmt: skip
    """All sentences of all reports, with figures and claims."""
    before: dict[int, list[int]] = {}
    for old, new in BodySuccession.objects.values_list("predecessor_id", "successor_id"):
        before.setdefault(new, []).append(old)
    sentences, figures, proofs = [], [], []
    for report, one in made:
        own_body = isinstance(one.owner, Body)
        names = _line(one.owner.pk, before) if own_body else frozenset({one.owner.pk})
        mine = [(task, good) for task, good in rows if task.plan.year == one.year and _owner(one.owner, task) in names]
        plan = next((held for held in plans if held.year == one.year and _owner(one.owner, held) in names), None)
        given = Given(
            [task for task, _good in mine], {task.pk: good for task, good in mine},
            {task.pk: said[task.pk] for task, _good in mine if task.pk in said}, plan, names if own_body else None,
        )  # fmt: skip
        then = Act(act.actor, act.channel, one.drafted_at, act.reason, act.request_id)
        for place, line in enumerate(drafted(material_of(report, one.drafted_at, given)), start=1):
            sentence = ReportSentence(
                report=report, section=line.section, position=place * STEP, clause=line.clause, kind=line.kind,
                key=line.key, text=line.text, drafted=line.text,
            )  # fmt: skip
            if one.sent_at and line.tasks:
                sentence.proven = all(given.proven[pk] for pk in line.tasks)
            sentences.append(sentence)
            figures += figures_of(sentence, {f"f{n}": figure for n, figure in enumerate(line.figures, 1)}, then)
            proofs += [SentenceProof(sentence=sentence, task_id=pk) for pk in line.tasks]
    ReportSentence.objects.bulk_create(sentences, batch_size=500)
    SentenceFigure.objects.bulk_create(figures, batch_size=500)
    SentenceProof.objects.bulk_create(proofs, batch_size=500)


def _line(body: int, before: Mapping[int, list[int]]) -> frozenset[int]:
    """A body and all it took over from, as `lineage` tells one by one."""
    found, asked = {body}, [body]
    while asked:
        asked = [old for one in asked for old in before.get(one, ()) if old not in found]
        found.update(asked)
    return frozenset(found)


def _owner(owner: Body | Establishment, held: Task | WorkPlan) -> int | None:
    """Who answers for a task now, or made a plan, among owners of the same kind."""
    return held.body_id if isinstance(owner, Body) else held.establishment_id
