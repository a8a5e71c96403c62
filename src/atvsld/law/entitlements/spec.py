"""What the law says about money owed to a victim, as read from the data files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import DatedSeries
from atvsld.kit.explain import Explanation
from atvsld.law.errors import UnknownEntry
from atvsld.law.instruments import Instrument
from atvsld.law.reading import Label


class EntitlementKind(StrEnum):
    """The sums of Luật ATVSLĐ: two by the employer, three by the fund, one by the school."""

    COMPENSATION = "compensation"
    ALLOWANCE = "allowance"
    ONE_TIME = "one_time"
    MONTHLY = "monthly"
    DEATH = "death"
    STUDENT = "student"


class Base(StrEnum):
    """The amount that a multiple is taken of."""

    SALARY = "salary"
    BASE_SALARY = "base_salary"
    INSURED_SALARY = "insured_salary"


class Assessment(StrEnum):
    """Which medical assessment the impairment comes from.

    `again` = the same injury assessed anew (giám định lại), `combined` = several accidents or diseases
    assessed together (giám định tổng hợp).
    """

    FIRST = "first"
    AGAIN = "again"
    COMBINED = "combined"


class NotEntitled(ValueError):
    """The law grants no such sum in this case; `explanation` says why and by which provision."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(explanation.text)
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Step:
    """The multiple for an impairment from `first` to `last` per cent: fixed + (impairment − beyond) × each."""

    first: int
    last: int
    fixed: Decimal
    beyond: int
    each: Decimal
    status: Certainty | None = None
    note: str = ""

    def multiple(self, impairment: int) -> Decimal:
        return self.fixed + (impairment - self.beyond) * self.each if self.each else self.fixed


@dataclass(frozen=True, slots=True)
class Share:
    """A rule that is a part of another one."""

    of: EntitlementKind
    factor: Decimal


@dataclass(frozen=True, slots=True)
class YearsScale:
    """Multiple of the insured salary: `first` for one year or less, `each` for every further whole year."""

    first: Decimal
    each: Decimal

    def multiple(self, years: int) -> Decimal:
        return self.first + max(years - 1, 0) * self.each


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one entitlement. `minimum`: the law says "at least"; `day`: what day decides."""

    kind: EntitlementKind
    label: Label
    payer: str
    pays: str
    minimum: bool
    base: Base
    letter: str
    day: str
    steps: tuple[Step, ...]
    death: Decimal | None
    share: Share | None
    years: YearsScale | None
    citations: tuple[Citation, ...]
    status: Certainty
    note: str

    def step(self, impairment: int) -> Step | None:
        return next((step for step in self.steps if step.first <= impairment <= step.last), None)


@dataclass(frozen=True, slots=True)
class Band:
    """A multiple for a span of impairment in per cent."""

    first: int
    last: int
    multiple: Decimal


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule beside the main formulas: a number, a table, or only a sentence of law."""

    id: str
    label: Label
    value: Decimal | None
    bands: tuple[Band, ...]
    citation: Citation
    status: Certainty
    note: str

    @property
    def number(self) -> Decimal:
        """The value; `TypeError` when the rule has none."""
        if self.value is None:
            raise TypeError(f"Quy định “{self.id}” không có giá trị số.")
        return self.value

    def band(self, impairment: int) -> Band | None:
        return next((band for band in self.bands if band.first <= impairment <= band.last), None)

    def explain(self) -> Explanation:
        text = f"{self.label.vi}. {self.note}".strip() if self.note else f"{self.label.vi}."
        return Explanation(f"entitlement.{self.id}", text, self.citation, self.status)


@dataclass(frozen=True, slots=True)
class EntitlementRules:
    """All entitlement data, read once by `load_rules`."""

    rules: dict[EntitlementKind, DatedSeries[Rule]]
    provisions: dict[str, DatedSeries[Provision]]
    instruments: dict[str, Instrument]

    def at(self, kind: EntitlementKind, day: date) -> Rule:
        """The rule in force on a day (`NotInForce` outside its days)."""
        return self.rules[kind].at(day).value

    def provision(self, provision_id: str, day: date) -> Provision:
        """A rule beside the main formulas, as of a day."""
        if provision_id not in self.provisions:
            raise UnknownEntry(f"Dữ liệu chế độ không có quy định “{provision_id}”.")
        return self.provisions[provision_id].at(day).value

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Every dated entry as (kind, id, label, status, citation, note), for lists of what is not confirmed."""
        for kind, series in self.rules.items():
            for entry in series:
                rule = entry.value
                yield "entitlement", kind.value, rule.label.vi, rule.status, str(entry.citation), rule.note
                for step in rule.steps:
                    if step.status is not None:
                        span = f"{rule.label.vi} ({step.first}–{step.last} %)"
                        yield "entitlement", kind.value, span, step.status, str(entry.citation), step.note
        for name, provisions in self.provisions.items():
            for item in provisions:
                provision = item.value
                source = str(item.citation)
                yield "entitlement_rule", name, provision.label.vi, provision.status, source, provision.note
        for instrument in self.instruments.values():
            yield "instrument", instrument.id, instrument.title, instrument.status, instrument.number, instrument.note

    def citations(self) -> Iterator[Citation]:
        """Every place that the data points at."""
        for series in self.rules.values():
            for entry in series:
                yield from entry.value.citations
        for provisions in self.provisions.values():
            yield from (entry.citation for entry in provisions)
