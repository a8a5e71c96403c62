"""Yearly plans of 2025 (before the reorganisation, handed on through it) and of 2026, with tasks, reports and proofs.

Most go as they should; some tasks are overdue, some claim what nothing proves, some plans were returned, some bodies
have none. What was laid as proof are records of the other rooms where there are any, else small files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from atvsld.law.programme import Assignment, Clause, Programme, assignments
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.workplans import facade
from atvsld.oversight.workplans.facade import Laid, Noted, PlanEntry, Said, TaskDraft, TaskEntry, Told
from atvsld.platform.acts import Act
from atvsld.project.demo.programme import workplan_words as wording
from atvsld.project.demo.programme.cast import PROGRAMME, TODAY, Cast
from atvsld.project.demo.programme.workplan_proofs import Pool, paper
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.models import Office

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# The day until which the year 2025 is told before its bodies are followed by others, and after.
SUMMER, YEAR_END = date(2025, 6, 20), date(2026, 1, 4)
MOST = 7
State = facade.Task.State


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many tasks were made."""
    plan = load_programmes()[PROGRAMME]
    pool = Pool(act, chance)
    before = cast.before[:8] if cast.small else cast.before
    played = frozenset(Office.objects.exclude(body=None).values_list("body_id", flat=True))
    held: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    for pk, name, start, end in BodyFunction.objects.values_list("body_id", "function", "valid_from", "valid_to"):
        held[pk].append((name, start, end))
    maker = Maker(plan, pool, chance, cast.standing, played, held)
    facade.enter_plans(act, entries=[maker.entry(body, 2025, date(2025, 1, 20), SUMMER) for body in before])
    facade.settle_owners(act, on=date(2025, 12, 31))
    facade.tell_many(act, told=maker.further(facade.Task.objects.filter(plan__year=2025, state__in=facade.Task.OPEN)))
    later = [maker.entry(body, 2025, date(2025, 7, 21), YEAR_END, few=True) for body in cast.communes]
    silent = {body.pk for body in cast.communes[5:80:11]}
    now = [maker.entry(body, 2026, date(2026, 1, 12), TODAY) for body in cast.after]
    now += [
        maker.entry(body, 2026, date(2026, 1, 26), TODAY, few=True) for body in cast.communes if body.pk not in silent
    ]
    now += [maker.entry(firm, 2026, date(2026, 1, 19), TODAY) for firm in cast.establishments]
    facade.enter_plans(act, entries=[*later, *now])
    _ask_for_help(act, cast)
    return facade.Task.objects.count()


@dataclass
class Maker:
    """Makes entries; every draw from its own chance."""

    plan: Programme
    pool: Pool
    chance: Random
    standing: Body
    # Bodies with an account to try: their plans have been taken in.
    played: frozenset[int]
    # By body, what it holds from when to when.
    held: dict[int, list[tuple[str, date, date | None]]]

    def entry(
        self, owner: Body | Establishment, year: int, opened: date, until: date, *, few: bool = False
    ) -> PlanEntry:
        """The plan of one owner as it stood on `until`."""
        chance = self.chance
        day = max(opened, owner.valid_from) if isinstance(owner, Body) else opened
        chosen = list(self._chosen(owner, day, few=few))
        tasks = tuple(self._task(owner, one.clause, year, day, until) for one in chosen)
        settled = isinstance(owner, Body) and owner.pk in self.played
        state, remarks = self._fate(day, until, settled=settled)
        sent = _at(day + timedelta(days=chance.randint(3, 20)), chance)
        named = owner.code.removeprefix("so-").split("-")[0].upper() if isinstance(owner, Body) else "KH"
        issued = day + timedelta(days=chance.randint(1, 3))
        drafted = state == facade.WorkPlan.State.DRAFT
        return PlanEntry(
            programme=PROGRAMME, year=year, opened_on=day, tasks=tasks,
            body=owner if isinstance(owner, Body) else None,
            establishment=None if isinstance(owner, Body) else owner,
            number="" if drafted else f"{chance.randint(12, 260)}/KH-{'UBND' if few else named}",
            issued_on=None if drafted else issued, state=state, sent_at=None if drafted else sent,
            decided_at=sent + timedelta(days=chance.randint(1, 9)) if state in ("agreed", "returned") else None,
            remarks=remarks,
        )  # fmt: skip

    def _chosen(self, owner: Body | Establishment, day: date, *, few: bool) -> Iterator[Assignment]:
        """The clauses a plan takes up: those given to the owner by name first."""
        words = load_programmes().words
        asked = ["employers"]
        if isinstance(owner, Body):
            held = {name for name, start, end in self.held[owner.pk] if start <= day and (end is None or day <= end)}
            asked = sorted(held & set(words.holders))
        bound = [
            one for one in assignments(self.plan, *asked, on=day, words=words) if one.leads and one.clause.due == ()
        ]
        named = [one for one in bound if one.clause.id.startswith("IV.") and not one.clause.id.startswith("IV.16")]
        if few:
            count = self.chance.randint(2, 3)
            return iter(sorted(self.chance.sample(named, min(count, len(named))), key=bound.index))
        count = self.chance.randint(4, MOST)
        others = [one for one in bound if one not in named and one.clause.id in wording.TITLES]
        kept = self.chance.sample(named, min(count, len(named)))
        kept += self.chance.sample(others, min(max(count - len(kept), 1), len(others)))
        return iter(sorted(kept, key=bound.index))

    def _task(self, owner: Body | Establishment, clause: Clause, year: int, day: date, until: date) -> TaskEntry:
        chance = self.chance
        last = date(year, 12, 31)
        start = min(day + timedelta(days=chance.choice((0, 14, 30, 60, 90, 120))), last - timedelta(days=40))
        end = min(start + timedelta(days=chance.choice((60, 90, 150, 210, 300, 365))), date(year, 12, 20))
        title = wording.TITLES.get(clause.id, clause.text.vi)
        draft = TaskDraft(
            title=title, starts_on=start, ends_on=end, clause=clause.id, detail=chance.choice(wording.WAYS),
            person=wording.office(owner, chance), measure=clause.measures[0] if clause.measures else "",
            supports=(self.standing.pk,) if chance.random() < 0.15 and owner.pk != self.standing.pk
            and day >= self.standing.valid_from else (),
        )  # fmt: skip
        told = tuple(self._told(owner, start, end, until))
        return TaskEntry(draft, told, tuple(self._laid(owner, clause, told, draft)))

    def _told(self, owner: Body | Establishment, start: date, end: date, until: date) -> Iterator[Told]:
        """Reports until a day: a first one when the work began, then how it went on, and what came of it."""
        chance = self.chance
        if start > until - timedelta(days=7) or chance.random() < 0.06:
            return
        by = wording.officer(owner)
        first = min(start + timedelta(days=chance.randint(5, 20)), until - timedelta(days=1))
        share = 20 + 5 * chance.randint(0, 6)
        yield Told(_at(first, chance), by, Said(State.DOING, share, chance.choice(wording.BEGUN), *self._trouble(0.15)))
        second = first + timedelta(days=max(20, (min(end, until) - first).days // 2))
        if second >= until:
            return
        fate = chance.random()
        over = end <= until
        if over and fate < 0.72:
            done = max(first, min(end - timedelta(days=chance.randint(0, 12)), until - timedelta(days=1)))
            said = Said(State.DONE, 100, chance.choice(wording.DONE), *self._trouble(0.3), done_on=done)
            yield Told(_at(max(done, second), chance), by, said)
        elif fate > 0.97:
            said = Said(
                State.STOPPED, share, "Dừng thực hiện.", *self._trouble(0.9), stopped_why=chance.choice(wording.STOPPED)
            )
            yield Told(_at(second, chance), by, said)
        elif fate < 0.9:
            more = min(95, share + 10 + 5 * chance.randint(0, 7))
            said = Said(State.DOING, more, chance.choice(wording.GOING), *self._trouble(0.3))
            yield Told(_at(second, chance), by, said)

    def _trouble(self, rate: float) -> tuple[str, str]:
        """A difficulty and a proposal, or neither."""
        chance = self.chance
        if chance.random() > rate:
            return "", ""
        return chance.choice(wording.TROUBLES), chance.choice(wording.WISHES) if chance.random() < 0.6 else ""

    def _laid(
        self, owner: Body | Establishment, clause: Clause, told: Sequence[Told], draft: TaskDraft
    ) -> Iterator[Laid]:
        """Proof of what was claimed: records of the registers the clause names, else a paper; sometimes nothing."""
        chance = self.chance
        if not told or chance.random() < (0.12 if told[-1].said.state == State.DONE else 0.3):
            return
        assert draft.starts_on is not None  # every draft here has its days
        leads = isinstance(owner, Body) and any(name == "osh_lead" for name, _start, _end in self.held[owner.pk])
        last, most = told[-1].at.date(), chance.randint(1, 3)
        found = self.pool.records(owner, clause.evidence, draft.starts_on, last, most=most, all_are=leads)
        for record in found:
            yield Laid(record.evidence, record.label, told[-1].at, key=record.key, day=record.day)
        if found and chance.random() < 0.85:
            return
        kind = next((word for word in clause.evidence if word.endswith("_paper")), "report_paper")
        name = f"{kind}-{clause.id}.docx"
        lines = (wording.PAPERS.get(kind, "Báo cáo kết quả"), draft.title, "Tệp mẫu của tỉnh dùng thử.")
        removed = chance.choice(wording.REMOVED) if chance.random() < 0.06 else ""
        yield Laid(
            kind, f"{wording.PAPERS.get(kind, 'Báo cáo kết quả')}: {draft.title}", told[-1].at,
            file=(name, paper(lines)), day=told[-1].at.date(), removed=removed,
        )  # fmt: skip

    def _fate(self, day: date, until: date, *, settled: bool) -> tuple[str, tuple[Noted, ...]]:
        """What became of a plan, with the remarks that go with it."""
        chance, states = self.chance, facade.WorkPlan.State
        draw, by = 0.3 if settled else chance.random(), f"Cán bộ {self.standing.name}"
        noted = min(day + timedelta(days=25), until)
        if draw < 0.06:
            return states.DRAFT, ()
        if draw < 0.13:
            return states.SENT, ()
        if draw < 0.2:
            return states.RETURNED, (Noted(_at(noted, chance), by, chance.choice(wording.RETURNS), returns=True),)
        if draw < 0.4:
            done = _at(noted + timedelta(days=9), chance)
            return states.AGREED, (Noted(_at(noted, chance), by, chance.choice(wording.REMARKS), settled_at=done),)
        return states.AGREED, ()

    def further(self, tasks: QuerySet[facade.Task]) -> Iterator[tuple[facade.Task, Sequence[Told], Sequence[Laid]]]:
        """How the open tasks of 2025 ended under whoever carried them on."""
        rows = tasks.select_related("plan", "body").order_by("pk")
        for task in rows:
            if self.chance.random() < 0.2 or task.body is None:
                continue
            done = min(max(task.ends_on, date(2025, 8, 1)), date(2025, 12, 20)) - timedelta(
                days=self.chance.randint(0, 9)
            )
            said = Said(State.DONE, 100, self.chance.choice(wording.DONE), *self._trouble(0.4), done_on=done)
            told = (Told(_at(done + timedelta(days=3), self.chance), wording.officer(task.body), said),)
            clause = self.plan.clause(task.clause)
            draft = TaskDraft(title=task.title, starts_on=task.starts_on, ends_on=task.ends_on)
            yield task, told, tuple(self._laid(task.body, clause, told, draft))


def _ask_for_help(act: Act, cast: Cast) -> None:
    """Some ask the health department or the standing body for help, one is answered."""
    tasks = facade.Task.objects.filter(plan__year=2026, state=State.DOING, body__in=cast.communes).order_by("pk")
    if not tasks:
        return
    health = [body for body in cast.after if "y tế" in body.name.lower()][:1] or [cast.standing]
    at = datetime.combine(date(2026, 10, 12), time(9, 30), VIETNAM)
    for number, task in enumerate(tasks[:3]):
        by = replace(act, at=at + timedelta(days=number))
        to = health[0] if number % 2 == 0 else cast.standing
        asked = facade.ask_help(by, task=task, to=to, text=wording.HELP[number % len(wording.HELP)])
        if number == 2:
            facade.answer_help(
                replace(act, at=at + timedelta(days=5)), request=asked, state="accepted", answer=wording.HELPED
            )


def _at(day: date, chance: Random) -> datetime:
    return datetime.combine(day, time(8 + chance.randint(0, 8), chance.choice((0, 10, 25, 40))), VIETNAM)
