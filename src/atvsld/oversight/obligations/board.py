"""The reporting-rate board: for a report and period how many owe, handed in, are late or silent, grouped; set-based."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from atvsld.kit.dated import NotInForce
from atvsld.law.reporting_duties import ReportingDuty, Term, open_periods
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations.house import house
from atvsld.oversight.obligations.populations import POPULATIONS
from atvsld.oversight.obligations.statement import Scope, Statement, rows

# The lists a number leads to, and what is in each, over the columns of a `Statement`.
LISTS: Mapping[str, str] = {
    "obliged": "owes",
    "in": "owes AND state IN ('submitted', 'submitted_late', 'returned', 'accepted')",
    "on_time": "owes AND state IN ('submitted', 'submitted_late', 'returned', 'accepted') AND NOT late",
    "late": "owes AND state IN ('submitted', 'submitted_late', 'returned', 'accepted') AND late",
    "returned": "owes AND state = 'returned'",
    "nil": "owes AND state IN ('submitted', 'submitted_late', 'returned', 'accepted') AND nil",
    "draft": "owes AND state = 'draft'",
    "waiting": "owes AND state IN ('not_due', 'due_soon')",
    "silent": "owes AND state = 'silent'",
    "cannot_tell": "owes IS NULL",
    "unexpected": "owes IS NOT TRUE AND state IN ('submitted', 'submitted_late', 'returned', 'accepted')",
    "not_owed": "NOT owes",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one line. `in_` = on time + late; obliged = in + draft + waiting + silent."""

    obliged: int = 0
    in_: int = 0
    on_time: int = 0
    late: int = 0
    returned: int = 0
    nil: int = 0
    draft: int = 0
    waiting: int = 0
    silent: int = 0
    cannot_tell: int = 0
    unexpected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def rate(self) -> float | None:
        """Share of the obliged that handed in, 0–1; None when nobody owes it."""
        return self.in_ / self.obliged if self.obliged else None


_COUNTED = [one.name for one in fields(Counts)]


def counts(term: Term, *, today: date, scope: Scope | None = None, group: str = "") -> dict[str, Counts]:
    """The numbers of a term by group (`commune`, `sector`, `size`, `body`; none: one line under an empty key)."""
    population = POPULATIONS[term.duty.reporter.register]
    key, needs = population.groups.get(group, ("''", ()))
    statement = Statement(term, today, scope or Scope(), columns=(f"{key} AS grouped",), needs=needs)
    inner, params = statement.build()
    figures = ", ".join(f"count(*) FILTER (WHERE {LISTS[name.rstrip('_')]}) AS {name}" for name in _COUNTED)
    sql = f"SELECT grouped, {figures} FROM ({inner}) x GROUP BY grouped"  # noqa: S608 — constants
    found = {}
    for row in rows(sql, params):
        found[row["grouped"] or ""] = Counts(*(row[name] for name in _COUNTED))
    return found


def total(term: Term, *, today: date, scope: Scope | None = None) -> Counts:
    """All of a term in one line."""
    return sum(counts(term, today=today, scope=scope).values(), Counts())


def listed_sql(
    term: Term,
    wanted: str,
    *,
    today: date,
    scope: Scope | None = None,
    group: str = "",
    keys: Collection[str] = (),
) -> tuple[str, dict[str, Any]]:
    """The ids behind one number of the board, of the groups named by `keys`. KeyError for no such list."""
    key, needs = POPULATIONS[term.duty.reporter.register].groups.get(group, ("''", ()))
    statement = Statement(term, today, scope or Scope(), columns=(f"{key} AS grouped",), needs=needs)
    inner, params = statement.build()
    sql = f"SELECT id FROM ({inner}) x WHERE {LISTS[wanted]}"  # noqa: S608 — constants
    if group:
        params["keys"] = list(keys)
        sql += " AND coalesce(grouped, '') = ANY(%(keys)s)"
    return sql, params


def on_board(duty: ReportingDuty) -> bool:
    """Whether the duty is chased: a report of its own whose reporters stand in a register."""
    return duty.counted and duty.reporter.register in POPULATIONS


def board_terms(year: int) -> list[Term]:
    """The terms a board of a year shows."""
    return [term for term in load_reporting_calendar().terms(year) if on_board(term.duty)]


def open_terms(today: date) -> list[Term]:
    """Terms that are open on a day: from some days before the last good day until some days after it (house policy)."""
    calendar, rule = load_reporting_calendar(), house()
    found = []
    for duty in calendar.duties.values():
        for year in (today.year - 1, today.year) if on_board(duty) else ():
            for period in open_periods(year, duty.periods):
                try:
                    term = calendar.term(duty.id, period)
                except NotInForce:
                    continue
                last = term.last_ok
                if last is None or not (
                    last - timedelta(days=rule.opens_days) <= today <= last + timedelta(days=rule.rounds_days)
                ):
                    continue
                found.append(term)
    return sorted(found, key=lambda term: (term.last_ok, term.duty.id))
