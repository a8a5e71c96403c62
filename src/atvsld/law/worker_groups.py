"""Groups of workers the law protects: who belongs to one, from which day to which.

Sex and birth date tell women, minors and the elderly; the labour relation tells apprentices, people on probation,
leased workers, workers abroad and those without a contract; the rest is recorded with its days. What is not known
is not concluded: without a birth date nobody is a minor or elderly.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.instruments import Instrument, read_instruments
from atvsld.law.reading import DataFolder, Label, Node

Sex = Literal["male", "female"]


class WorkerGroup(StrEnum):
    """A group of workers under rules of its own."""

    WOMEN = "women"
    MINOR = "minor"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    DOMESTIC = "domestic"
    APPRENTICE = "apprentice"
    PROBATION = "probation"
    LEASED = "leased"
    ABROAD = "abroad"
    NO_CONTRACT = "no_contract"


class Span(NamedTuple):
    """Days from `since` to `until`, both inclusive; None where not known or not over."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Membership:
    """A worker's belonging to a group during some days; `how` is sex_age, relation or stated."""

    group: WorkerGroup
    span: Span
    how: str
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class RetirementPath:
    """Age of retirement in months: `first` in `from_year`, `step` more each year, at most `last` (Decree 135/2020)."""

    from_year: int
    first: int
    step: int
    last: int

    def months(self, year: int) -> int:
        """The age asked for in a year, in months; ValueError before the path begins."""
        if year < self.from_year:
            raise ValueError(f"Lộ trình tuổi nghỉ hưu bắt đầu từ năm {self.from_year}.")
        return min(self.first + self.step * (year - self.from_year), self.last)

    def reached_on(self, birth: date) -> date | None:
        """The day the age is reached; None when it was before the path began, under earlier law."""
        if _add_months(birth, self.first).year < self.from_year:
            return None
        year = self.from_year
        while (day := _add_months(birth, self.months(year))).year > year:
            year += 1
        return day

    def youngest_on(self, day: date) -> date:
        """The latest birth date of those who have reached the age on a day, for a search by date."""
        birth = _add_months(day, -self.months(max(day.year, self.from_year)))
        while not self._reached_by(birth, day):
            birth -= timedelta(days=1)
        while self._reached_by(birth + timedelta(days=1), day):
            birth += timedelta(days=1)
        return birth

    def _reached_by(self, birth: date, day: date) -> bool:
        return (self.reached_on(birth) or date(self.from_year, 1, 1)) <= day


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How one group is told, its source and what follows from it (`note`)."""

    group: WorkerGroup
    label: Label
    how: str
    below_years: int | None
    retirement: Mapping[str, RetirementPath]
    relations: frozenset[str]
    citation: Citation
    status: Certainty
    note: str


class GroupRules:
    """The rules on groups of workers, read once."""

    def __init__(self, rules: dict[WorkerGroup, GroupRule], instruments: dict[str, Instrument]) -> None:
        self.rules = rules
        self.instruments = instruments

    def memberships(
        self,
        *,
        sex: str | None,
        birth: date | None,
        relations: Iterable[tuple[str, Span]] = (),
        stated: Iterable[tuple[WorkerGroup, Span]] = (),
    ) -> list[Membership]:
        """Every group a worker belongs or belonged to, with its days, in the order of the rules."""
        relations, stated = list(relations), list(stated)
        found: list[Membership] = []
        for rule in self.rules.values():
            spans: list[tuple[Span, str]] = [(span, "sex_age") for span in _by_sex_age(rule, sex, birth)]
            spans += [(span, "relation") for code, span in relations if code in rule.relations]
            spans += [(span, "stated") for group, span in stated if group is rule.group]
            found += [Membership(rule.group, span, how, rule.citation, rule.status) for span, how in spans]
        return found

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation, note of everything, for the list of what is not confirmed."""
        for rule in self.rules.values():
            yield "worker_group", rule.group.value, rule.label.vi, rule.status, str(rule.citation), rule.note


def _by_sex_age(rule: GroupRule, sex: str | None, birth: date | None) -> Iterator[Span]:
    if rule.group is WorkerGroup.WOMEN and sex == "female":
        yield Span()
    if birth is None:
        return
    if rule.below_years is not None:
        yield Span(birth, _add_months(birth, rule.below_years * 12) - timedelta(days=1))
    if sex and (path := rule.retirement.get(sex)):
        # Reached before the path began: elderly since then at the latest.
        yield Span(path.reached_on(birth) or date(path.from_year, 1, 1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4)
def load_group_rules(root: Traversable | None = None) -> GroupRules:
    """The rules from the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "people" if root is None else root)
    instruments = read_instruments(folder)
    file = folder.read("groups.yaml")
    file.day("checked_on")
    rules = {}
    for node in file.nodes("groups"):
        rule = _rule(node, instruments)
        rules[rule.group] = rule
    if missing := sorted(set(WorkerGroup) - set(rules)):
        raise file.fail(f"thiếu nhóm {', '.join(missing)}")
    file.done(None)
    return GroupRules(rules, instruments)


def _rule(node: Node, instruments: dict[str, Instrument]) -> GroupRule:
    citation = node.citation()
    if citation.instrument not in instruments:
        raise node.fail(f"trích dẫn văn bản chưa khai báo {citation.instrument}")
    return node.done(
        GroupRule(
            group=WorkerGroup(node.one_of("id", [group.value for group in WorkerGroup])),
            label=node.label("label"),
            how=node.one_of("how", ["sex_age", "relation", "stated"]),
            below_years=node.maybe_number("below_years"),
            retirement=_retirement(node),
            relations=frozenset(node.texts("relations")),
            citation=citation,
            status=node.status(),
            note=node.text("note", ""),
        )
    )


def _retirement(node: Node) -> dict[str, RetirementPath]:
    path = node.maybe_node("retirement")
    if path is None:
        return {}
    start = path.number("from_year")
    path.citation()
    found = {}
    for sex in ("male", "female"):
        item = path.node(sex)
        found[sex] = item.done(RetirementPath(start, item.number("first"), item.number("step"), item.number("last")))
    return path.done(found)
