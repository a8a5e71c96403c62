"""The board: clause × body × state, and what is missing altogether: plans nobody sent, duties nobody took up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.law.programme import Clause, Programme, Programmes, Section, is_part
from atvsld.oversight.programme import holding, known
from atvsld.oversight.programme.holding import Held
from atvsld.oversight.programme.standing import Tally, TaskLine, by_clause, tally, tasks_of
from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.workplans.facade import WorkPlan
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body

# Columns that stand for many at once.
COMMUNES, FIRMS = "xa", "co-so"


@dataclass(frozen=True, slots=True)
class Column:
    """One body, or many of a kind together; `bodies` are primary keys, `count` how many answer."""

    key: str
    label: str | Promise
    bodies: frozenset[int]
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The tasks of a clause in a column. `leads`: that many answer for it, `idle` of them have no task yet."""

    column: Column
    tasks: tuple[TaskLine, ...]
    leads: int
    idle: int
    supports: bool

    @property
    def tally(self) -> Tally:
        return tally(self.tasks)


@dataclass(frozen=True, slots=True)
class Line:
    """A clause with its cells, one a column, in the columns' order."""

    section: Section
    clause: Clause
    cells: tuple[Cell, ...]

    @property
    def told(self) -> tuple[Cell, ...]:
        """The cells that say something: for a narrow screen."""
        return tuple(cell for cell in self.cells if cell.tasks or cell.leads)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the board is asked for."""

    section: str = ""
    body: int | None = None
    overdue: bool = False
    unproven: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """`whole` counts every task of the year within reach, whatever was filtered."""

    programme: Programme
    year: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    whole: Tally
    beside: tuple[TaskLine, ...] = field(default_factory=tuple)


def board(actor: Actor, programme: Programme, year: int, *, today: date, asked: Filter | None = None) -> Board:
    """The board of a plan's year as far as the actor may follow it."""
    asked = asked or Filter()
    day = holding.day_in(year, today)
    programmes = known.known(day)
    held = holding.held_on(actor, day)
    tasks = tasks_of(actor, programme.id, year, today=today)
    shown = [one for one in tasks if _asked_for(one, asked)]
    clauses = [
        (section, clause)
        for section in programme.sections
        for clause in section.clauses
        if clause.binds and clause.holds_on(day) and (not asked.section or is_part(clause.id, asked.section))
    ]
    duties = {clause.id: holding.duties(clause, held, day, programmes) for _section, clause in clauses}
    columns = _columns(programmes, held, duties, shown, asked)
    held_tasks = by_clause(shown)
    narrowed = asked.overdue or asked.unproven
    lines = []
    for section, clause in clauses:
        line = _line(section, clause, columns, held_tasks.get(clause.id, []), duties[clause.id])
        if line.told and not (narrowed and not any(cell.tasks for cell in line.cells)):
            lines.append(line)
    known_ids = {clause.id for clause in programme.clauses}
    beside = tuple(one for one in shown if one.clause not in known_ids)
    return Board(programme, year, tuple(columns), tuple(lines), tally(tasks), beside)


def _asked_for(one: TaskLine, asked: Filter) -> bool:
    if asked.body is not None and one.body != asked.body:
        return False
    if asked.overdue or asked.unproven:
        return (asked.overdue and one.overdue) or (asked.unproven and one.unproven)
    return True


def _columns(
    programmes: Programmes, held: Held, duties: Mapping[str, Mapping[int, bool]], tasks: list[TaskLine], asked: Filter
) -> list[Column]:  # fmt: skip
    reached = {body for found in duties.values() for body in found} | {one.body for one in tasks if one.body}
    if asked.body is not None:
        reached &= {asked.body}
    many = reached & held.many if asked.body is None else set()
    if len(many) == 1:
        many = set()  # one alone bears its own name
    names = {one.body: one.owner for one in tasks if one.body}
    alone = [held.bodies[pk] for pk in reached - many if pk in held.bodies]
    ended = [pk for pk in reached - many if pk not in held.bodies]
    found = [_alone(body) for body in holding.ordered(alone, held, programmes)]
    found += [Column(str(pk), names.get(pk, ""), frozenset({pk}), 1) for pk in sorted(ended)]
    if many:
        found.append(Column(COMMUNES, _("Cấp xã"), frozenset(many), len(many)))
    if asked.body is None and any(one.establishment for one in tasks):
        firms = {one.establishment for one in tasks if one.establishment}
        found.append(Column(FIRMS, _("Cơ sở"), frozenset(), len(firms)))
    return found


def _alone(body: Body) -> Column:
    return Column(str(body.pk), body.short_name or body.name, frozenset({body.pk}), 1)


def _line(
    section: Section, clause: Clause, columns: list[Column], tasks: list[TaskLine], reached: Mapping[int, bool]
) -> Line:
    by_body: dict[int | None, list[TaskLine]] = defaultdict(list)
    for one in tasks:
        by_body[one.body].append(one)
    cells = []
    for column in columns:
        own = by_body[None] if column.key == FIRMS else [one for pk in column.bodies for one in by_body.get(pk, ())]
        leads = {pk for pk in column.bodies if reached.get(pk)}
        busy = {one.body for one in own}
        supports = any(pk in reached and not reached[pk] for pk in column.bodies)
        cells.append(Cell(column, tuple(own), len(leads), len(leads - busy), supports))
    return Line(section, clause, tuple(cells))


@dataclass(frozen=True, slots=True)
class NoPlan:
    """A body that leads something of a programme and has no plan for the year, or one that was not sent."""

    body: Body
    clauses: int
    plan: WorkPlan | None


def without_plan(actor: Actor, programme: Programme, year: int, *, today: date) -> list[NoPlan]:
    """Bodies that lead clauses on the day and whose plan is not there, is a draft, or was sent back."""
    day = holding.day_in(year, today)
    programmes = known.known(day)
    held = holding.held_on(actor, day)
    leads: dict[int, int] = defaultdict(int)
    for clause in programme.clauses:
        if clause.binds and clause.holds_on(day):
            for body, does in holding.duties(clause, held, day, programmes).items():
                leads[body] += does
    plans = workplans.visible_plans(actor).filter(programme=programme.id, year=year, body__isnull=False)
    own = {plan.body_id: plan for plan in plans}
    done = (WorkPlan.State.SENT, WorkPlan.State.AGREED)
    bodies = [held.bodies[pk] for pk, count in leads.items() if count]
    return [
        NoPlan(body, leads[body.pk], own.get(body.pk))
        for body in holding.ordered(bodies, held, programmes)
        if body.pk not in own or own[body.pk].state not in done
    ]
