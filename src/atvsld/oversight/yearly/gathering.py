"""What a report is drafted from, asked of the other rooms and of the registers, as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from atvsld.kit.text import format_date
from atvsld.law.programme import Programme
from atvsld.oversight.workplans.facade import Progress, Task, WorkPlan
from atvsld.oversight.yearly import filings, plans, sources, targets, voices
from atvsld.oversight.yearly.counting import AIM, Counter
from atvsld.oversight.yearly.drafting.line import plain
from atvsld.oversight.yearly.drafting.material import (
    Compared,
    Fig,
    FilingSaid,
    Group,
    Material,
    PlanSaid,
    TargetSaid,
    TaskSaid,
)
from atvsld.oversight.yearly.models import SentenceFigure, YearReport
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.proofs import Asked, Figure

Source = SentenceFigure.Source
# Figures of one measure told in a report; all of them are in the register.
MOST_FIGURES = 5
# Contents of which nothing is known that are told in words; more are told by their place in the plan.
MOST_GAPS = 6
# Told by the counts of tasks, and in parts of their own.
_ELSEWHERE = frozenset({"", "money", "tasks_proven", "plans_issued"})
OTHER = "Nhiệm vụ khác của đơn vị"


@dataclass(slots=True)
class Gathering:
    """One report being gathered for, and what was asked already."""

    report: YearReport
    at: datetime
    programme: Programme | None
    asked: dict[str, Any]
    counter: Counter
    told: set[str] = field(default_factory=set)
    said: Mapping[int, Progress] = field(default_factory=dict)
    # Registers are not asked.
    silent: bool = False

    @property
    def before(self) -> dict[str, Any]:
        """The same span a year earlier."""
        moved = dict(self.asked)
        for name in ("start", "end"):
            moved[name] = _year_earlier(date.fromisoformat(self.asked[name])).isoformat()
        return moved

    def fig(self, source: str, word: str, one: Figure, asked: Mapping[str, Any]) -> Fig:
        return Fig(
            source, word, one.key, str(one.label)[:300], None if one.value is None else round(Decimal(one.value), 4),
            str(one.unit)[:60], asked, one.url[:500], str(one.why)[:500], decimals=_decimals(one.value),
        )  # fmt: skip

    def task_counts(self, word: str, rows: list[Task], proven: Mapping[int, bool]) -> dict[str, Fig]:
        found = sources.counted(rows, proven, url=sources.task_list_url(sources.asked_of(self.asked)))
        return {one.key: self.fig(Source.TASKS, word, one, self.asked) for one in found}

    def measured(self, word: str, tasks: Iterable[Task] = ()) -> list[Compared]:
        """The figures of a measure that tell something, beside those of the year before; each measure once a report."""
        if self.silent or word in self.told:
            return []
        self.told.add(word)
        now = self.counter.figures(Source.MEASURE, word, self.asked)
        before = self.counter.figures(Source.MEASURE, word, self.before)
        found: list[Compared] = []
        for key, one in now.items():
            earlier = before.get(key)
            if one.value is None or (not one.value and not (earlier and earlier.value)):
                continue
            aim = self._aim(word, one, tasks) if not found else None
            found.append(
                Compared(
                    self.fig(Source.MEASURE, word, one, self.asked),
                    self.fig(Source.MEASURE, word, earlier, self.before) if earlier else None,
                    aim,
                    register_of(word),
                )
            )
        return found[:MOST_FIGURES]

    def _aim(self, word: str, one: Figure, tasks: Iterable[Task]) -> Fig | None:
        held = [task for task in tasks if task.measure == word and task.aim is not None and task.state != "stopped"]
        total = sum((task.aim or Decimal(0) for task in held), Decimal(0))
        if not held or not total:
            return None
        of = sources.task_word(self.report.programme)
        label = f"Mức đề ra trong kế hoạch năm: {one.label}"[:300]
        url = sources.task_list_url(sources.asked_of(self.asked))
        return Fig(Source.STATED, f"{AIM}|{of}"[:60], word, label, total, str(one.unit)[:60], self.asked, url)


@dataclass(frozen=True, slots=True)
class Given:
    """What was asked once for many reports: their tasks, which are proven, what was said of them.

    Figures of the registers are then left out; drafting anew brings them in.
    """

    rows: Sequence[Task]
    proven: Mapping[int, bool]
    said: Mapping[int, Progress]
    plan: WorkPlan | None
    # The body with those it took over from; None for an establishment.
    bodies: frozenset[int] | None


def material_of(report: YearReport, at: datetime, given: Given | None = None) -> Material:
    """Everything, as of a moment. Papers are Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        return _material(report, at, given)


def asked_by(report: YearReport) -> Asked:
    """Whose records and which days a report tells of; everybody's for the report of all."""
    bodies = establishments = None
    if report.whole:
        if report.bodies:
            bodies = frozenset(pk for one in report.bodies for pk in lineage(int(one)))
    elif report.body_id is not None:
        bodies = lineage(report.body_id)
    else:
        establishments = frozenset({report.establishment_id or 0})
    return Asked(report.start, report.end, bodies, establishments)


def _material(report: YearReport, at: datetime, given: Given | None) -> Material:
    programme = plans.plan_of(report.programme, report.end)
    if given is None:
        asked = asked_by(report)
    else:
        firms = None if given.bodies is not None else frozenset({report.establishment_id or 0})
        asked = Asked(report.start, report.end, given.bodies, firms)
    found = Gathering(report, at, programme, sources.kept(asked), Counter(at))
    if given is None:
        all_rows = sources.tasks_of(report.programme, sources.asked_of(found.asked))
        rows = [one for one in all_rows if plans.within(programme, one.clause, report.clauses)]
        proven, plan = sources.proven_of(rows), _plan(report)
        found.said = said_of(rows)
    else:
        rows, proven, plan = list(given.rows), dict(given.proven), _plan_said(given.plan)
        found.said = given.said
        found.silent = True
    groups, gaps = _groups(found, rows, proven)
    whole = report.whole
    return Material(
        whole=whole,
        owner=str(report.owner),
        programme=programme.title.vi if programme else report.programme,
        year=report.year,
        period=f"từ {format_date(report.start)} đến {format_date(report.end)}",
        plan=plan,
        counts=found.task_counts(sources.task_word(report.programme), rows, proven),
        groups=tuple(groups),
        targets=tuple(_targets(found)) if whole and not report.bodies else (),
        money=tuple(found.measured("money")),
        difficulties=tuple(voices.heard(report, found.said, "difficulty")),
        proposals=tuple(voices.heard(report, found.said, "proposal")),
        filing=_filing(found) if report.kind == YearReport.Kind.STANDING else None,
        gaps=tuple(gaps),
        plans=_plans(found) if whole and not report.bodies else {},
    )


def _groups(found: Gathering, rows: list[Task], proven: Mapping[int, bool]) -> tuple[list[Group], list[str]]:
    programme, report = found.programme, found.report
    if programme is None:
        return [_group(found, ("", OTHER), rows, proven, ())], []
    by: dict[str, list[Task]] = {}
    for task in rows:
        by.setdefault(plans.heading_of(programme, task.clause) if report.whole else task.clause, []).append(task)
    groups: list[Group] = []
    gaps: list[tuple[str, str]] = []
    for key, heading, measures in _headings(found, programme, set(by)):
        group = _group(found, (key, heading), by.pop(key, []), proven, measures)
        if group.tasks or group.figures:
            groups.append(group)
        elif not report.whole:
            gaps.append((key, plain(heading) or f"Mục {key}"))
    for key, rest in by.items():
        groups.append(_group(found, (key, OTHER), rest, proven, ()))
    # What the plan gives by name; what it asks of everybody is told by the rest.
    named = [one for one in gaps if one[0].startswith("IV")]
    if len(named) > MOST_GAPS:
        return groups, [f"Mục {key}" for key, _heading in named]
    return groups, [heading for _key, heading in named]


def _headings(found: Gathering, programme: Programme, held: set[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Id, words and measures of what a report may tell, in the plan's order."""
    report = found.report
    if report.whole:
        listed = []
        for section in programme.sections:
            clauses = plans.clauses_under(programme, section.id)
            clauses = frozenset(one for one in clauses if plans.within(programme, one, report.clauses))
            if not clauses or not section.id.startswith(("III", "IV")):
                continue
            words = dict.fromkeys(word for one in programme.clauses if one.id in clauses for word in one.measures)
            listed.append((section.id, section.title.vi, tuple(words)))
        return listed
    bodies = found.asked["bodies"] or ()
    led = {
        one.clause.id for one in plans.led_by(programme, bodies, min(report.end, timezone.localtime(found.at).date()))
    }
    return [
        (clause.id, clause.text.vi, clause.measures if clause.id in led else ())
        for clause in programme.clauses
        if clause.id in led | held and clause.section.startswith(("III", "IV"))
    ]


def _group(
    found: Gathering, where: tuple[str, str], rows: list[Task], proven: Mapping[int, bool], measures: Iterable[str]
) -> Group:
    key, heading = where
    whole = found.report.whole
    words = [one for one in dict.fromkeys([*measures, *(task.measure for task in rows)]) if one not in _ELSEWHERE]
    said = found.said
    local = voices.together([one.body_id for one in rows]) if whole else frozenset()
    word = sources.task_word(found.report.programme, key, whole=whole)
    return Group(
        id=key,
        heading=heading,
        tasks=tuple(_task(one, said.get(one.pk), proven, local) for one in rows),
        figures=tuple(figure for one in words for figure in found.measured(one, rows)),
        counts=found.task_counts(word, rows, proven) if whole and not found.report.clauses else {},
    )


def _task(task: Task, said: Progress | None, proven: Mapping[int, bool], local: frozenset[int]) -> TaskSaid:
    owner = task.body or task.establishment
    return TaskSaid(
        task.pk, task.public_id, task.title, task.state, task.percent, str(owner), sources.task_url(task),
        said.text if said else "", task.done_on, task.ends_on, task.stopped_why, proven.get(task.pk, False),
        task.body_id in local or task.body_id is None,
    )  # fmt: skip


def said_of(rows: Sequence[Task]) -> dict[int, Progress]:
    """The latest report of progress of each task."""
    held = Progress.objects.filter(task__in=[one.pk for one in rows]).order_by("task_id", "-pk").distinct("task_id")
    return {one.task_id: one for one in held}


def _plan(report: YearReport) -> PlanSaid:
    held = WorkPlan.objects.filter(programme=report.programme, year=report.year)
    if report.body_id:
        held = held.filter(body_id__in=lineage(report.body_id))
    else:
        held = held.filter(establishment_id=report.establishment_id or 0)
    return _plan_said(held.order_by("-number", "-pk").first())


def _plan_said(plan: WorkPlan | None) -> PlanSaid:
    return PlanSaid(plan is not None, plan.number if plan else "", plan.issued_on if plan else None)


def _plans(found: Gathering) -> dict[str, Fig]:
    """How many bodies have a plan, from the room of plans."""
    told = [one for one in found.counter.figures(Source.MEASURE, "plans_issued", found.asked).values() if one.value]
    found.told.add("plans_issued")
    return {"issued": found.fig(Source.MEASURE, "plans_issued", told[0], found.asked)} if told else {}


def _targets(found: Gathering) -> Iterable[TargetSaid]:
    year = found.report.year
    for one in targets.told(year, found.at):
        held = {
            figure.key: found.fig(Source.TARGET, one.id, figure, found.asked)
            for figure in targets.figures_of(one, year)
        }
        verdict = one.verdict_label if one.year == year else "chưa kết luận được"
        yield TargetSaid(one.id, one.label, held, verdict, targets.reason_of(one, year), " ".join(one.when), one.url)


def _filing(found: Gathering) -> FilingSaid | None:
    programme, year = found.report.programme, found.report.year
    if filings.term_of(programme, year) is None:
        return None
    day = timezone.localtime(found.at)
    asked = sources.asked_of(found.asked)
    counts = {
        one.key: found.fig(Source.FILING, programme, one, found.asked)
        for one in filings.figures(programme, asked, today=day.date())
    }
    waiting = filings.missing(programme, year, found.at)
    together = filings.local(waiting, found.report.end)
    names = tuple(one.name for one in waiting if one.pk not in together)
    moment = f"lúc {day:%H:%M} ngày {format_date(day.date())}"
    return FilingSaid(counts, names, counts["missing_local"], moment)


def register_of(word: str) -> str:
    """The name of the register that counts a measure; empty for none."""
    words = plans.words()
    measure = words.measures.get(word)
    register = words.registers.get(measure.register) if measure and measure.register else None
    return register.label.vi if register else ""


def _year_earlier(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - 1, day.month, last)


def _decimals(value: Decimal | None) -> int:
    if value is None or value == value.to_integral_value():
        return 0
    return min(4, max(0, -int(Decimal(value).normalize().as_tuple().exponent)))
