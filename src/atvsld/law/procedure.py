"""The procedure of an accident as data: levels, stages, steps and clocks, and the pure rules over them.

The law is Điều 34, 35 Luật 84/2015/QH13 and Điều 9–23 Nghị định 39/2016/NĐ-CP with what followed; the sequence stands
in `data/procedures/`. Nothing here knows a record: callers hand over `FileFacts` and get steps and clocks back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import Dated, DatedSeries
from atvsld.law.errors import UnknownEntry
from atvsld.law.reading import Label


class Level(StrEnum):
    """Who deals with a file (Điều 35 Luật ATVSLĐ)."""

    ESTABLISHMENT = "establishment"
    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"
    SPECIAL = "special"


# How high a level stands; the special field stands beside the ladder.
RANK = {Level.COMMUNE: 0, Level.ESTABLISHMENT: 0, Level.PROVINCE: 1, Level.CENTRAL: 2}
SAME, ENTRY, BACK = "same", "entry", "back"


class Office(StrEnum):
    """The kinds of people who take steps."""

    EMPLOYER = "employer"
    COMMUNE = "commune"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a step or level stands in the law during some days, with what is open about it."""

    note: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a file; `kind` is open, suspended, track or ended."""

    id: str
    label: Label
    kind: str


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper a level has to make; `form` is its code in the law book, if it has one."""

    label: Label
    form: str | None
    citation: Citation
    status: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class ActNeed:
    """A step without which a file of the level does not close."""

    step: str
    when: frozenset[str]
    unless: frozenset[str]
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One level: who is competent, its first stage, the instant from which its time counts, and what it must do."""

    id: Level
    label: Label
    who: Label
    entry: str
    received: str
    offices: frozenset[Office]
    provisions: DatedSeries[Provision]
    acts: tuple[ActNeed, ...]
    papers: tuple[PaperNeed, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `to` is a stage, or `same`, `entry`, `back`; `also` widens the offices, `only` then narrows them."""

    id: str
    label: Label
    sources: frozenset[str]
    to: str
    levels: frozenset[Level]
    also: frozenset[Office]
    only: frozenset[Office]
    after: tuple[str, ...]
    when: frozenset[str]
    unless: frozenset[str]
    facts: tuple[str, ...]
    marks: str
    reason: bool
    once: bool
    raises: bool
    provisions: DatedSeries[Provision]

    def provision(self, on: date) -> Dated[Provision]:
        """The provision in force on a day (`NotInForce` where the step does not exist that day)."""
        return self.provisions.at(on)

    def exists_on(self, day: date) -> bool:
        return any(entry.holds_on(day) for entry in self.provisions)


@dataclass(frozen=True, slots=True)
class SpecialField:
    """A field with its own investigators (Điều 34 khoản 1 điểm c Luật, Điều 21 Nghị định 39/2016)."""

    id: str
    label: Label
    authority: Label
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class ProofPaper:
    """One paper that confirms something; `id` names it among the papers of a file."""

    id: str
    label: Label
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Before the step `before`, files that meet `when` hold one of these papers."""

    id: str
    label: Label
    before: str
    when: frozenset[str]
    citation: Citation
    status: Certainty
    any_of: tuple[ProofPaper, ...]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A deadline rule with the files, stages and facts for which it runs. A `window` obliges nobody."""

    rule: str
    levels: frozenset[Level]
    stages: frozenset[str]
    when: frozenset[str]
    unless: frozenset[str]
    since: str
    until: tuple[str, ...]
    window: bool

    @property
    def investigates(self) -> bool:
        """Whether it is the time limit of the investigation itself."""
        return self.since == "investigation_since"

    def met_by(self, step: str, by: str = "") -> bool:
        """Whether a step, taken by an office, does what the rule asks."""
        return any(
            name == step and (not who or not by or who == by) for name, _, who in (u.partition(":") for u in self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the rules need to know of a file. `done` are the steps of this round; `before` those of earlier rounds."""

    level: Level | None
    stage: str
    fatal: int = 0
    severe: int = 0
    contract: bool = False
    informal: bool = False
    abroad: bool = False
    traffic: bool = False
    expertise: bool = False
    upgraded: bool = False
    done: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """The words of the data that hold of this file."""
        grave = self.fatal > 0 or self.severe > 1
        said = {
            "fatal": self.fatal > 0,
            "two_severe": not self.fatal and self.severe > 1,
            "one_severe": not self.fatal and self.severe == 1,
            "minor": not self.fatal and not self.severe,
            "grave": grave,
            "contract": self.contract,
            "informal": self.informal,
            "abroad": self.abroad,
            "traffic": self.traffic,
            "expertise": self.expertise,
            "upgraded": self.upgraded,
        }
        return frozenset(word for word, holds in said.items() if holds)


WORDS = frozenset(
    {"fatal", "two_severe", "one_severe", "minor", "grave", "contract", "informal", "abroad", "traffic"}
    | {"expertise", "upgraded"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clock that ought to run: the rule and the moment from which it counts."""

    clock: ClockRule
    since: datetime


class Procedure:
    """The procedure of accidents, read once."""

    def __init__(
        self,
        *,
        levels: dict[Level, LevelRule],
        stages: dict[str, Stage],
        steps: dict[str, Step],
        clocks: tuple[ClockRule, ...],
        paths: dict[Level, tuple[str, ...]],
        special_fields: dict[str, SpecialField],
        confirmations: tuple[Confirmation, ...] = (),
    ) -> None:
        self.levels = levels
        self.stages = stages
        self.steps = steps
        self.clocks = clocks
        self.paths = paths
        self.special_fields = special_fields
        self.confirmations = confirmations

    def step(self, step_id: str) -> Step:
        """A step by its slug (`UnknownEntry`)."""
        if step_id not in self.steps:
            raise UnknownEntry(f"Trình tự giải quyết không có bước “{step_id}”.")
        return self.steps[step_id]

    def possible(self, facts: FileFacts, *, on: date) -> list[Step]:
        """The steps that may follow the present stage of a file, in the order of the data."""
        return [step for step in self.steps.values() if self.fits(step, facts, on=on)]

    def fits(self, step: Step, facts: FileFacts, *, on: date) -> bool:
        """Whether a step belongs to the file's stage, level and kind; what it still lacks is another question."""
        words = facts.words
        return (
            facts.stage in step.sources
            and (not step.levels or facts.level in step.levels)
            and step.when <= words
            and not step.unless & words
            and not (step.once and step.id in facts.done)
            and step.exists_on(on)
        )

    def lacks_before(self, step: Step, facts: FileFacts) -> list[Step]:
        """The earlier steps of this round without which a step may not be taken."""
        return [self.steps[name] for name in step.after if name not in facts.done]

    def target(self, step: Step, *, level: Level, stage: str, before: str) -> str:
        """The stage a step leads to, for the level the file has after it."""
        if step.to == SAME:
            return stage
        if step.to == ENTRY:
            return self.levels[level].entry
        if step.to == BACK:
            return before
        return step.to

    def raised(self, level: Level) -> Level:
        """The level that investigates again what a level concluded (Điều 35 khoản 2, 3 Luật)."""
        return Level.CENTRAL if level in (Level.PROVINCE, Level.CENTRAL) else Level.PROVINCE

    def may(self, office: Office, step: Step, level: Level | None) -> bool:
        """Whether people of an office take a step on files of a level; before triage all who may open a file do."""
        if step.only and office not in step.only:
            return False
        if office in step.also or level is None:
            return True
        return office in self.levels[level].offices

    def confirming(self, facts: FileFacts, step: str = "") -> list[Confirmation]:
        """What must be confirmed by a paper on a file of this kind, before a step or at all."""
        words = facts.words
        return [one for one in self.confirmations if one.when <= words and step in ("", one.before)]

    def acts(self, facts: FileFacts, *, on: date) -> list[Step]:
        """The steps a file of this level and kind must have seen before it closes."""
        if facts.level is None:
            return []
        words = facts.words
        return [
            self.steps[need.step]
            for need in self.levels[facts.level].acts
            if need.when <= words
            and not need.unless & words
            and (need.valid_to is None or on <= need.valid_to)
        ]  # fmt: skip

    def undone(self, facts: FileFacts, *, on: date) -> list[Step]:
        """Those of `acts` that were never taken."""
        return [step for step in self.acts(facts, on=on) if step.id not in facts.done | facts.before]

    def wanted(self, facts: FileFacts, instants: Mapping[str, datetime | None]) -> Iterator[Wanted]:
        """The clocks that run for a file in its present state, each from the moment it counts from.

        A clock whose moment is not recorded does not run. An investigation's clock stands still in the stages that
        are not counted (police, prosecution) and after publication.
        """
        if facts.level is None or self.stages[facts.stage].id == "out_of_scope":
            return
        words = facts.words
        for clock in self.clocks:
            moment = instants.get(clock.since)
            if moment is None or facts.level not in clock.levels:
                continue
            if clock.stages and facts.stage not in clock.stages:
                continue
            if clock.when <= words and not clock.unless & words:
                yield Wanted(clock, moment)

    def met(self, step: str, by: str = "") -> frozenset[str]:
        """The deadline rules that a step discharges."""
        return frozenset(clock.rule for clock in self.clocks if clock.met_by(step, by))

    def windows(self) -> Collection[str]:
        """Rules that open a window to somebody rather than oblige anyone."""
        return {clock.rule for clock in self.clocks if clock.window}

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation, note of everything, for the list of what is not confirmed."""
        for level in self.levels.values():
            for entry in level.provisions:
                yield "procedure_level", level.id, level.label.vi, entry.status, str(entry.citation), entry.value.note
            for paper in level.papers:
                yield "procedure_paper", level.id, paper.label.vi, paper.status, str(paper.citation), paper.note
        for field in self.special_fields.values():
            yield "special_field", field.id, field.label.vi, field.status, str(field.citation), ""
        for need in self.confirmations:
            for proof in need.any_of:
                yield "procedure_confirmation", proof.id, proof.label.vi, proof.status, str(proof.citation), ""
        for step in self.steps.values():
            for entry in step.provisions:
                yield "procedure_step", step.id, step.label.vi, entry.status, str(entry.citation), entry.value.note
