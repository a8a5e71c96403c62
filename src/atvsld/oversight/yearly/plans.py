"""The programme a report tells of: its clauses under the headings of a report, its terms, who is bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Assignment, Programme, assignments, is_part, split_reference
from atvsld.law.programme_reading import load_programmes
from atvsld.law.programme_words import Vocabulary
from atvsld.oversight.programme import facade as programmes
from atvsld.registers.bodies.models import BodyFunction
from atvsld.registers.bodies.queries import in_force

# The plan of the province: what is reported on unless another is named.
USUAL = "province-2024"
BODIES_RULE, STANDING_RULE = "R12", "R12_STANDING"


def words() -> Vocabulary:
    """The words every programme speaks."""
    return load_programmes().words


def plan_of(programme: str, on: date) -> Programme | None:
    """A programme by id: of the law book, or one entered here; None when it is not known."""
    shipped = load_programmes().by_id.get(programme)
    if shipped is not None:
        return shipped
    try:
        return programmes.plan(programme, on)
    except UnknownEntry:
        return None


def rule_of(programme: Programme | None, *, standing: bool) -> str:
    """The rule of the reporting calendar by which its yearly report is owed; empty when it names none."""
    rule = STANDING_RULE if standing else BODIES_RULE
    named = programme is not None and any(rule in clause.due for clause in programme.clauses)
    return rule if named else ""


def functions_of(bodies: Iterable[int], on: date) -> list[str]:
    """The functions bodies hold on a day."""
    rows = BodyFunction.objects.filter(in_force(on), body_id__in=list(bodies))
    return sorted(set(rows.values_list("function", flat=True)))


def led_by(programme: Programme, bodies: Iterable[int], on: date) -> list[Assignment]:
    """What bodies lead on a day, in the plan's order."""
    known = words()
    asked = [word for word in functions_of(bodies, on) if word in known.holders]
    found = assignments(programme, *asked, on=on, words=known) if asked else []
    return [one for one in found if one.leads]


def heading_of(programme: Programme, clause_id: str) -> str:
    """The heading of everybody's report under which a clause is told: the section of what it carries out.

    The plan gives tasks to bodies in its fourth part, which carry out the tasks of its third; told by task, the work of
    several bodies for one of them stands together. Empty for what is no clause.
    """
    try:
        clause = programme.clause(clause_id)
    except UnknownEntry:
        return ""
    if clause.section.startswith("IV"):
        for reference in clause.carries:
            where, carried = split_reference(reference, programme.id)
            if where == programme.id and carried.startswith("III"):
                return heading_of(programme, carried) or clause.section
    return clause.section


def within(programme: Programme | None, clause_id: str, wanted: Sequence[str]) -> bool:
    """Whether a clause lies under one of the ids asked for, by its place or by the heading it is told under."""
    if not wanted:
        return True
    heading = heading_of(programme, clause_id) if programme else ""
    return any(one == heading or (clause_id and is_part(clause_id, one)) for one in wanted)


def clauses_under(programme: Programme, heading: str) -> frozenset[str]:
    """The clauses told under a heading of everybody's report."""
    return frozenset(clause.id for clause in programme.clauses if heading_of(programme, clause.id) == heading)
