"""Duties past their term by who owes them, and reports that did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min
from django.utils.translation import get_language

from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.obligations.policy import READ as READ_OBLIGATIONS
from atvsld.oversight.obligations.policy import reach
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.duties import queries as duties
from atvsld.registers.duties.owners import owner_name
from atvsld.registers.duties.policy import READ as READ_DUTIES

MOST = 5
# Reports the head of the province asks about: those of employers, communes and the bodies of the plan.
REPORTS = ("R1", "R8", "OH_EMPLOYER", "R2", "R12")


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who is late with how many duties, the oldest since when."""

    name: str
    count: int
    since: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Late:
    """Duties past their term; `others` counts those of debtors not printed."""

    total: int
    shown: tuple[Debtor, ...]
    others: int
    url: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A report that fell due: how many owe it, handed it in, and did not."""

    label: str
    period: str
    due: date
    obliged: int
    came: int
    missing: int
    url: str


def late_duties(actor: Actor, at: datetime) -> Late | None:
    """Bodies by name; establishments and others by what kind of debtor they are."""
    if not actor.may(READ_DUTIES):
        return None
    rows = (
        duties.visible(actor)
        .filter(duties.overdue(at))
        .order_by()
        .values("body__code", "body__name", "owner")
        .annotate(number=Count("pk"), oldest=Min("due_at"))
    )
    where = "/viec/?whose=all&when=overdue"
    found: dict[str, Debtor] = {}
    for row in rows:
        name = row["body__name"] or str(owner_name(row["owner"]))
        narrow = f"&body={row['body__code']}" if row["body__code"] else f"&owner={row['owner']}"
        held = found.get(narrow)
        since = clock.local_day(row["oldest"])
        found[narrow] = Debtor(
            name, row["number"] + (held.count if held else 0), min(since, held.since or since) if held else since,
            where + narrow,
        )  # fmt: skip
    every = sorted(found.values(), key=lambda one: (-one.count, one.since or date.max, one.name))
    total = sum(one.count for one in every)
    shown = tuple(every[:MOST])
    return Late(total, shown, total - sum(one.count for one in shown), where)


def missing_reports(actor: Actor, at: datetime) -> list[Missing] | None:
    """The newest term of each report that fell due within a year; None for those who may not see who owes what."""
    if not actor.may(READ_OBLIGATIONS):
        return None
    today = clock.local_day(at)
    newest: dict[str, Term] = {}
    for term in (*obligations.board_terms(today.year - 1), *obligations.board_terms(today.year)):
        last = term.last_ok
        if term.duty.id in REPORTS and last and today - timedelta(days=366) <= last < today:
            held = newest.get(term.duty.id)
            if held is None or (held.last_ok or last) < last:
                newest[term.duty.id] = term
    return [_missing(actor, newest[report], today) for report in REPORTS if report in newest]


def _missing(actor: Actor, term: Term, today: date) -> Missing:
    scope = obligations.Scope(ids=reach(actor, READ_OBLIGATIONS, term.duty.reporter.register))
    counts = obligations.total(term, today=today, scope=scope)
    label = term.rule.label.en if get_language() == "en" and term.rule.label.en else term.rule.label.vi
    assert term.last_ok is not None  # only terms that fell due come here
    return Missing(
        label, term.period.code, term.last_ok, counts.obliged, counts.in_, counts.silent,
        f"/nghia-vu/don-vi/{term.duty.id}/{term.period.code}/?ds=silent",
    )  # fmt: skip
