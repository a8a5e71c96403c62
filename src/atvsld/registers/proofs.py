"""What can prove that something was done: records of every room, found and counted the same way.

The words are those of the programmes (`law/data/programmes/words.yaml`). A room states what it holds in a module
`proofs.py`, loaded with the apps:

    prove(Evidence("outreach_event", find=…, search=…))
    measure(Measure("outreach", figures=…, records=…))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: records of days `start` to `end` of some bodies, establishments or places.

    None asks for all of a kind. Bodies are primary keys with those they took over from; so are places.
    """

    start: date
    end: date
    bodies: frozenset[int] | None = None
    establishments: frozenset[int] | None = None
    places: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """A record that may be laid beside a claim. `key` is its public id; `label` never names a person."""

    evidence: str
    key: str
    label: str
    url: str
    day: date | None = None
    body: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of a register, with the address of the list that shows just the records counted.

    `key` names it within its measure. `value` None: cannot be told, and `why` says why, for the reader.
    """

    key: str
    label: str | Promise
    value: Decimal | None
    unit: str | Promise = ""
    url: str = ""
    why: str | Promise = ""


Find = Callable[[str], ProofRecord | None]
Search = Callable[[Actor, str, Asked, int], Iterable[ProofRecord]]
FindMany = Callable[[Collection[str]], Mapping[str, ProofRecord]]
Figures = Callable[[Asked], Iterable[Figure]]
Records = Callable[[Asked, str], Iterable[ProofRecord]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence. `find` gives a record that still stands, None when it is not there or was withdrawn.

    `search` gives the latest first, at most so many, of those the actor may read. `many` finds several at once, by
    key, leaving out those that do not stand; without it each is found by itself.
    """

    word: str
    find: Find
    search: Search
    many: FindMany | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of progress: its figures, and for the key of a figure the very records it counted."""

    word: str
    figures: Figures
    records: Records


_EVIDENCE: dict[str, Evidence] = {}
_MEASURES: dict[str, Measure] = {}


def prove(source: Evidence) -> None:
    """State that this system holds a kind of evidence. ValueError for a second source of one word."""
    if _EVIDENCE.setdefault(source.word, source) is not source:
        raise ValueError(f"{source.word} is proven by two rooms")


def measure(source: Measure) -> None:
    """State that this system counts a measure. ValueError for a second source of one word."""
    if _MEASURES.setdefault(source.word, source) is not source:
        raise ValueError(f"{source.word} is counted by two rooms")


def evidence_of(word: str) -> Evidence | None:
    """Who holds a kind of evidence; None when no register here does."""
    return _EVIDENCE.get(word)


def measure_of(word: str) -> Measure | None:
    """Who counts a measure; None when no register here does."""
    return _MEASURES.get(word)


def find(word: str, key: str) -> ProofRecord | None:
    """A record laid as evidence, None when it no longer stands."""
    source = _EVIDENCE.get(word)
    return source.find(key) if source else None


def find_many(word: str, keys: Collection[str]) -> Mapping[str, ProofRecord]:
    """By key, those of some records laid as evidence that still stand."""
    source = _EVIDENCE.get(word)
    if source is None:
        return {}
    if source.many is not None:
        return source.many(keys)
    return {key: record for key in keys if (record := source.find(key)) is not None}


# More than any register takes in on one day; a record without a day is sought among all.
_MOST = 20_000


def readable(actor: Actor, record: ProofRecord) -> bool:
    """Whether somebody may read a record, by the search of its own room, which is scoped to the reader."""
    source = _EVIDENCE.get(record.evidence)
    if source is None:
        return False
    spans = [Asked(date(1900, 1, 1), date(2199, 12, 31))]
    if record.day is not None:
        spans.insert(0, Asked(record.day, record.day))
    return any(any(one.key == record.key for one in source.search(actor, "", asked, _MOST)) for asked in spans)


def provable() -> frozenset[str]:
    """The words of evidence some register here holds."""
    return frozenset(_EVIDENCE)


def counted() -> frozenset[str]:
    """The words of measures some register here counts."""
    return frozenset(_MEASURES)
