"""For which period a clause is told, and by when in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law.book import LawBook
from atvsld.law.deadlines import Deadline, due
from atvsld.law.programme import Clause, ClauseKind, Programme


@dataclass(frozen=True, slots=True)
class Term:
    """A period a clause is told for. Without a deadline no text names a day: only the plan's yearly report binds."""

    clause: Clause
    period: Period
    deadline: Deadline | None


def terms(book: LawBook, programme: Programme, clause: Clause, year: int) -> list[Term]:
    """The terms of a clause for a reporting year, earliest first; none for context or outside the clause's days.

    A standing or yearly clause has one for the year, or one for every period its rules name within it; a single task
    has one in the year it ends (that of the plan when the clause has no end of its own, else every year).
    """
    whole = Period(year, PeriodKind.YEAR)
    if not _told(programme, clause, whole):
        return []
    halves = whole.parts(PeriodKind.HALF)
    found = [
        Term(clause, period, deadline)
        for rule in clause.due
        for period in (halves[0], whole)
        if (deadline := _due(book, rule, period)) is not None
    ]
    found.sort(key=lambda term: (str(term.deadline.last_ok) if term.deadline else "", term.period.code))
    return found or [Term(clause, whole, None)]


def _told(programme: Programme, clause: Clause, year: Period) -> bool:
    if not clause.binds:
        return False
    starts = [day for day in (programme.valid_from, clause.valid_from) if day is not None]
    ends = [day for day in (programme.valid_to, clause.valid_to) if day is not None]
    if max(starts) > year.end or (ends and min(ends) < year.start):
        return False
    return clause.kind is not ClauseKind.ONCE or not ends or year.contains(min(ends))


def _due(book: LawBook, rule: str, period: Period) -> Deadline | None:
    """The deadline of a rule for a period, None when it has none then; a rule without a day is told of the year."""
    try:
        found = due(book, rule, period=period)
    except NotInForce:
        return None
    return found if found.due is not None or period.kind is PeriodKind.YEAR else None


def calendar(book: LawBook, programme: Programme, clauses: Iterable[Clause], year: int) -> list[Term]:
    """The dated terms of several clauses in a year, earliest first."""
    found = [term for clause in clauses for term in terms(book, programme, clause, year) if term.deadline is not None]
    return sorted(found, key=lambda term: (str(term.deadline.last_ok) if term.deadline else "", term.clause.id))
