"""What a report is drafted from, gathered beforehand: plain facts, each figure with where it was counted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Fig:
    """A figure as counted. `source`, `word`, `key` and `asked` are enough to count it again; `value` None: `why`."""

    source: str
    word: str
    key: str
    label: str
    value: Decimal | None
    unit: str = ""
    asked: Mapping[str, object] = field(default_factory=dict)
    url: str = ""
    why: str = ""
    decimals: int = 0
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure with that of the year before and what was aimed at, where there are any."""

    now: Fig
    before: Fig | None = None
    aim: Fig | None = None
    # The register that counts, by its name.
    register: str = ""


@dataclass(frozen=True, slots=True)
class TaskSaid:
    """A task and what was last said of it. `said`: somebody's words; they enter only when they tell no number."""

    pk: int
    public_id: str
    title: str
    state: str
    percent: int
    owner: str
    url: str
    said: str = ""
    done_on: date | None = None
    ends_on: date | None = None
    stopped_why: str = ""
    proven: bool = False
    # Its owner is one of the communes: told of together.
    local: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What is told under one heading: a clause of a body's report, a section of the plan in everybody's.

    `counts` are the figures of its tasks by key: all, done, doing, planned, stopped, proven, owners.
    """

    id: str
    heading: str
    tasks: tuple[TaskSaid, ...] = ()
    figures: tuple[Compared, ...] = ()
    counts: Mapping[str, Fig] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetSaid:
    """A target of the plan: its figures by key (actual, low, high, before, baseline, path), the verdict in words."""

    id: str
    label: str
    figures: Mapping[str, Fig]
    verdict: str
    reason: str
    when: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A difficulty or proposal with who says it: provincial bodies by name, communes counted.

    `figures`: those its words hold, by mark.
    """

    key: str
    text: str
    names: tuple[str, ...]
    local: Fig | None = None
    figures: Mapping[str, Fig] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """The yearly plan itself: its document, when it has one."""

    issued: bool
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class FilingSaid:
    """Who reported: figures by key (expected, sent, late), and by name who did not at the moment."""

    counts: Mapping[str, Fig]
    missing: tuple[str, ...]
    missing_local: Fig | None
    moment: str


@dataclass(frozen=True, slots=True)
class Material:
    """All of it. `whole`: it tells of everybody's work."""

    whole: bool
    owner: str
    programme: str
    year: int
    period: str
    plan: PlanSaid
    counts: Mapping[str, Fig]
    groups: tuple[Group, ...]
    targets: tuple[TargetSaid, ...] = ()
    money: tuple[Compared, ...] = ()
    difficulties: tuple[Gathered, ...] = ()
    proposals: tuple[Gathered, ...] = ()
    filing: FilingSaid | None = None
    # Headings of what the owner leads and nothing is known of.
    gaps: tuple[str, ...] = ()
    plans: Mapping[str, Fig] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence: text with marks f1 … for its figures in order, the tasks it claims, and what it is known by."""

    section: str
    kind: str
    key: str
    text: str
    clause: str = ""
    figures: tuple[Fig, ...] = ()
    tasks: tuple[int, ...] = ()
