"""Who owes which report for which period: the reporting calendar as data, and the three-valued question whether a
reporter owes a report.

Dates come from the deadline rules of the same ids; here stands whom a duty binds, by plain facts. A fact that is not
known never becomes a silent yes or no: the answer is then “cannot tell”, and says which fact is missing. Sources: the
articles cited by the deadline rules; the day of reckoning is the last day of the period (this product's reading).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Literal

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.kit.dated import NotInForce
from atvsld.kit.explain import Words
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law.book import LawBook
from atvsld.law.deadlines import Deadline, DeadlineRule, Unit, due
from atvsld.law.errors import UnknownEntry
from atvsld.law.reading import Label

Value = bool | int | str | frozenset[str] | None
Register = Literal["establishments", "providers", "bodies", "none"]


class FactKind(StrEnum):
    """What a fact's value is."""

    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Fact:
    """A plain fact with its sentences. `stated`: no register holds it, somebody says it."""

    id: str
    kind: FactKind
    label: Label
    yes: Label
    no: Label
    unknown: Label
    stated: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a fact: its value, None when not known, and in words where it comes from."""

    value: Value = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of one fact. Exactly one of the wanted values is given, as the fact's kind asks."""

    fact: str
    flag: bool | None = None
    least: int | None = None
    member: str = ""
    starts: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    citation: Citation | None = None
    status: Certainty = Certainty.OFFICIAL

    def holds(self, value: Value) -> bool | None:
        """Whether it holds of a value; None when the value is not known or does not decide."""
        if value is None or value == "":
            return None
        if self.flag is not None:
            return value is self.flag
        if self.least is not None:
            return isinstance(value, int) and value >= self.least
        if self.member:
            return isinstance(value, frozenset) and self.member in value
        return self._of_code(str(value))

    def _of_code(self, code: str) -> bool | None:
        if code.startswith(self.starts):
            return True
        broader = any(prefix.startswith(code) for prefix in (*self.starts, *self.perhaps))
        return None if broader or (self.perhaps and code.startswith(self.perhaps)) else False


@dataclass(frozen=True, slots=True)
class Reporter:
    """A class of reporters: the register they stand in and what makes somebody one of them."""

    word: str
    register: Register
    functions: tuple[str, ...]
    binds: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class CutOff:
    """Up to which day data count."""

    id: str
    label: Label
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """One row of the calendar. `binds` holds the conditions of its class first, then its own."""

    id: str
    row: str
    label: Label
    reporter: Reporter
    periods: tuple[str, ...]
    binds: tuple[Condition, ...]
    also: tuple[str, ...]
    chain: tuple[str, ...]
    cut_off: CutOff
    local: bool
    publishes: bool
    part_of: str | None

    def has_period(self, period: Period) -> bool:
        return _period_word(period) in self.periods

    @property
    def counted(self) -> bool:
        """Whether it is a report of its own that an authority waits for."""
        return not self.publishes and self.part_of is None and bool(self.periods)


@dataclass(frozen=True, slots=True)
class LocalDate:
    """An earlier date a locality set for one report and period."""

    duty: str
    period: str
    before: date
    basis: str


@dataclass(frozen=True, slots=True)
class Term:
    """When a report of a period is due. `due_before` is the date named (strictly before it), `last_ok` the last day in
    time; both None when the law names no date. `local`: an earlier date set locally, which then is `due_before`;
    `lawful_last_ok` stays the law's own.
    """

    duty: ReportingDuty
    period: Period
    deadline: Deadline
    due_before: date | None
    last_ok: date | None
    lawful_last_ok: date | None
    local: LocalDate | None

    @property
    def as_of(self) -> date:
        """The day whose facts decide who owes it: the end of the period, or the last day in time if that is sooner."""
        return min(self.period.end, self.lawful_last_ok or self.period.end)

    @property
    def rule(self) -> DeadlineRule:
        return self.deadline.rule

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.rule.recipient, *self.duty.also)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that bears on the answer: what is known of it, whether the condition holds, and the sentence."""

    fact: str
    value: Value
    holds: bool | None
    said: Words
    citation: Citation
    status: Certainty

    def to_json(self) -> dict[str, Any]:
        value = sorted(self.value) if isinstance(self.value, frozenset) else self.value
        return {
            "fact": self.fact,
            "value": value,
            "holds": self.holds,
            "sentence": self.said.vi,
            "sentence_en": self.said.en,
            "citation": str(self.citation),
            "status": self.status.value,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reporter owes a report: True, False, or None when a fact that decides is not known."""

    owes: bool | None
    why: tuple[Reason, ...]
    status: Certainty

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """What the answer rests on: all of it when owed, what speaks against when not, what is missing otherwise."""
        return tuple(reason for reason in self.why if reason.holds is self.owes)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts without which the answer cannot be given."""
        return tuple(reason.fact for reason in self.why if reason.holds is None) if self.owes is None else ()


def bind(calendar: ReportingCalendar, term: Term, facts: Mapping[str, Known]) -> Verdict:
    """Whether the duty of a term binds a reporter of these facts. A fact left out is a fact not known."""
    reasons = tuple(_reason(calendar, term, one, facts.get(one.fact, Known())) for one in term.duty.binds)
    held = [reason.holds for reason in reasons]
    owes = False if False in held else None if None in held else True
    resting = [reason.status for reason in reasons if reason.holds is owes]
    return Verdict(owes, reasons, worst([term.rule.status, *resting]))


def _reason(calendar: ReportingCalendar, term: Term, condition: Condition, known: Known) -> Reason:
    fact = calendar.facts[condition.fact]
    holds = condition.holds(known.value)
    sentence = {True: fact.yes, False: fact.no, None: fact.unknown}[holds]
    return Reason(
        condition.fact,
        known.value,
        holds,
        Words(_filled(sentence.vi, known, "chưa ghi"), _filled(sentence.en or sentence.vi, known, "not recorded")),
        condition.citation or term.rule.citation,
        condition.status,
    )


def _filled(template: str, known: Known, nothing: str) -> str:
    shown = ", ".join(sorted(known.value)) if isinstance(known.value, frozenset) else known.value
    value = nothing if shown is None or shown == "" else str(shown)
    return template.format(value=value, detail=known.detail or nothing)


@dataclass(frozen=True, slots=True)
class ReportingCalendar:
    """Every reporting duty, the facts they speak of, and the local dates in force."""

    book: LawBook
    facts: Mapping[str, Fact]
    reporters: Mapping[str, Reporter]
    duties: Mapping[str, ReportingDuty]
    local: Mapping[tuple[str, str], LocalDate] = field(default_factory=dict)

    def __getitem__(self, duty_id: str) -> ReportingDuty:
        if duty_id not in self.duties:
            raise UnknownEntry(f"Không có nghĩa vụ báo cáo “{duty_id}”.")
        return self.duties[duty_id]

    def term(self, duty_id: str, period: Period) -> Term:
        """When the report of a period is due (`UnknownEntry`; `NotInForce`: no such duty or period then)."""
        duty = self[duty_id]
        if not duty.has_period(period):
            raise NotInForce(f"“{duty.label.vi}” không có kỳ {period.label_vi}.")
        found = due(self.book, duty.id, period=period)
        lawful_due, lawful = _day(found.due), _day(found.last_ok)
        local = self.local.get((duty.id, period.code))
        if local is None:
            return Term(duty, period, found, lawful_due, lawful, lawful, None)
        return Term(duty, period, found, local.before, local.before - timedelta(days=1), lawful, local)

    def terms(self, year: int, *, register: str = "") -> list[Term]:
        """Terms of a year: reports about it, and reports of the year before that fall due in it; by last good day.

        Those without a date come last. `register` narrows to reporters of one register.
        """
        found = []
        for duty in self.duties.values():
            if register and duty.reporter.register != register:
                continue
            for period in _around(year, duty.periods):
                try:
                    term = self.term(duty.id, period)
                except NotInForce:
                    continue
                if period.year == year or (term.last_ok and term.last_ok.year == year):
                    found.append(term)
        return sorted(found, key=lambda term: (term.last_ok is None, term.last_ok or date.max, term.duty.id))

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, certainty, source and note of what stands here beside the deadline rules."""
        seen = set()
        for duty in self.duties.values():
            cut = duty.cut_off
            if cut.id not in seen:
                seen.add(cut.id)
                yield "report_cut_off", cut.id, cut.label.vi, cut.status, str(cut.citation), ""
        for reporter in self.reporters.values():
            for one in reporter.binds:
                if one.status is not Certainty.OFFICIAL:
                    label = f"{reporter.word}: {self.facts[one.fact].label.vi}"
                    yield (
                        "reporter_class",
                        f"{reporter.word}.{one.fact}",
                        label,
                        one.status,
                        str(one.citation or ""),
                        "",
                    )


def open_periods(term_year: int, periods: tuple[str, ...]) -> list[Period]:
    """The periods of a duty within one year."""
    every = {"H1": Period(term_year, PeriodKind.HALF, 1), "year": Period(term_year, PeriodKind.YEAR)}
    return [every[word] for word in periods]


def _around(year: int, periods: tuple[str, ...]) -> list[Period]:
    return [period for near in (year - 1, year) for period in open_periods(near, periods)]


def _period_word(period: Period) -> str:
    if period.kind is PeriodKind.YEAR:
        return "year"
    return f"H{period.index}" if period.kind is PeriodKind.HALF else ""


def _day(value: Any) -> date | None:
    return value if type(value) is date else None


def dated(rule: DeadlineRule) -> bool:
    """Whether the rule names a date."""
    return rule.unit is Unit.DATE
