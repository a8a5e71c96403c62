"""What one reporter owes in a year, each with its answer explained and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from atvsld.kit.dated import NotInForce
from atvsld.law.reporting_duties import Known, Term, Verdict, bind
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.obligations.answers import answers, relation_of
from atvsld.oversight.obligations.populations import POPULATIONS
from atvsld.oversight.obligations.statement import Scope, Statement, rows
from atvsld.oversight.obligations.states import Filed, ReportState, state_of

NOTHING = Filed()


@dataclass(frozen=True, slots=True)
class Expected:
    """One report of one reporter. `state` only when it is owed, or was filed all the same."""

    term: Term
    verdict: Verdict
    filed: Filed
    state: ReportState | None

    @property
    def days_late(self) -> int | None:
        """Days between the last good day and the first submission; None when not filed, 0 when in time."""
        if self.filed.day is None or self.term.last_ok is None:
            return None
        return max(0, (self.filed.day - self.term.last_ok).days)

    def to_json(self) -> dict[str, Any]:
        term, rule = self.term, self.term.rule
        reasons = [reason.to_json() for reason in self.verdict.why]
        book = load_reporting_calendar().book
        day = term.last_ok or term.period.end
        return {
            "report": term.duty.id,
            "label": rule.label.vi,
            "label_en": rule.label.en,
            "period": term.period.code,
            "due_before": _iso(term.due_before),
            "last_ok": _iso(term.last_ok),
            "lawful_last_ok": _iso(term.lawful_last_ok),
            "recipient": rule.recipient or None,
            "recipients": [book.name_of(key, on=day) for key in term.recipients],
            "bound": rule.bound.value,
            "form": rule.form,
            "owes": self.verdict.owes,
            "why" if self.verdict.owes else "why_not": reasons,
            "missing": list(self.verdict.missing),
            "as_of": term.as_of.isoformat(),
            "cut_off": {"text": term.duty.cut_off.label.vi, "status": term.duty.cut_off.status.value},
            "part_of": term.duty.part_of,
            "publishes": term.duty.publishes,
            "citation": str(rule.citation),
            "status": self.verdict.status.value,
            "note": rule.note,
            "state": self.state.value if self.state else None,
            "nil": self.filed.nil,
            "filing": self.filed.public_id or None,
            "submitted_at": self.filed.submitted_at.isoformat() if self.filed.submitted_at else None,
            "days_late": self.days_late,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def of_reporter(register: str, pk: int, year: int, *, today: date) -> list[Expected]:
    """Every report of a year that the register's members may owe, answered for one of them, in order of its date."""
    terms = load_reporting_calendar().terms(year, register=register)
    return answered(register, pk, terms, today=today)


def answered(register: str, pk: int, terms: Sequence[Term], *, today: date) -> list[Expected]:
    """The given terms answered for one reporter; a member of the register is presumed."""
    calendar = load_reporting_calendar()
    filed = _filed(register, pk, terms)
    facts = _facts(register, pk, terms, today)
    found = []
    for term in terms:
        verdict = bind(calendar, term, facts[_seen(term)])
        one = filed.get((term.duty.id, term.period.code), NOTHING)
        counts = term.duty.counted and (verdict.owes or one.state)
        found.append(Expected(term, verdict, one, state_of(term, one, today) if counts else None))
    return found


def explained(term: Term, ids: Iterable[int], *, today: date) -> dict[int, Verdict]:
    """One term answered for many reporters, by primary key."""
    calendar = load_reporting_calendar()
    names = tuple(dict.fromkeys(one.fact for one in term.duty.binds))
    statement = Statement(term, today, Scope(only=list(ids)), facts=names, filed=False)
    found = rows(*statement.build())
    return {row["id"]: bind(calendar, term, statement.population.known(row, names)) for row in found}


def reporter_of(record: Model) -> tuple[str, int]:
    """Register and primary key of an establishment, body or provider."""
    by_label = {
        "establishments.establishment": "establishments",
        "bodies.body": "bodies",
        "providers.serviceprovider": "providers",
    }
    return by_label[record._meta.label_lower], record.pk  # noqa: SLF001 — Django's documented interface


def punctuality(register: str, pk: int, years: Sequence[int], *, today: date) -> list[Expected]:
    """Reports about the given years that fell due by now, in order: what is known of a reporter's punctuality."""
    terms = []
    for duty in load_reporting_calendar().duties.values():
        if duty.reporter.register != register or not duty.counted:
            continue
        terms += [term for term in _of_years(duty.id, years) if term.lawful_last_ok and term.lawful_last_ok < today]
    terms.sort(key=lambda term: (term.lawful_last_ok, term.duty.id))
    found = answered(register, pk, terms, today=today)
    return [one for one in found if one.verdict.owes is not False or one.filed.state]


def _of_years(duty_id: str, years: Sequence[int]) -> list[Term]:
    from atvsld.law.reporting_duties import open_periods

    calendar = load_reporting_calendar()
    found = []
    for year in years:
        for period in open_periods(year, calendar[duty_id].periods):
            try:
                found.append(calendar.term(duty_id, period))
            except NotInForce:
                continue
    return found


def _seen(term: Term) -> tuple[Any, ...]:
    """Terms that see the same facts: of one day of reckoning, period and class of reporters."""
    return (term.as_of, term.period.start, term.period.year, term.duty.reporter.functions)


def _facts(register: str, pk: int, terms: Sequence[Term], today: date) -> dict[tuple[Any, ...], dict[str, Known]]:
    """The facts of a reporter for each way of seeing, one statement each."""
    together: dict[tuple[Any, ...], list[Term]] = defaultdict(list)
    for term in terms:
        together[_seen(term)].append(term)
    found: dict[tuple[Any, ...], dict[str, Known]] = {}
    population = POPULATIONS[register]
    for key, group in together.items():
        names = tuple(dict.fromkeys(one.fact for term in group for one in term.duty.binds))
        held = rows(*Statement(group[0], today, Scope(only=[pk]), facts=names, filed=False).build())
        found[key] = population.known(held[0], names) if held else {}
    return found


def _filed(register: str, pk: int, terms: Sequence[Term]) -> dict[tuple[str, str], Filed]:
    column = POPULATIONS[register].column
    periods = {term.period.code for term in terms}
    held = Filing.objects.filter(**{f"{column}_id": pk}, period__in=periods)
    found = {
        (one.report, one.period): Filed(one.public_id, one.state, one.submitted_at, one.late, one.nil) for one in held
    }
    for report in sorted({term.duty.id for term in terms} & set(answers())):
        sql = (
            "SELECT period, public_id, state, submitted_at, late, nil"  # noqa: S608 — constants
            f" FROM {relation_of(report)} f WHERE report = %(report)s AND {column}_id = %(pk)s AND period = ANY(%(of)s)"
        )
        for row in rows(sql, {"report": report, "pk": pk, "of": sorted(periods)}):
            found[report, row["period"]] = Filed(
                row["public_id"], row["state"], row["submitted_at"], row["late"], row["nil"]
            )
    return found
