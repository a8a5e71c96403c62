"""What waits for a decision: a registry of matters, each asked of the room that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Matter:
    """How many records wait, since when the oldest does, and the list that shows just these."""

    count: int
    url: str
    since: date | None = None


# None: the actor may not see it.
Find = Callable[[Actor, datetime], Matter | None]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of matter. `urgent` ones have passed a term."""

    key: str
    label: str | Promise
    find: Find
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of matter of which some wait."""

    source: Source
    matter: Matter


_SOURCES: dict[str, Source] = {}


def waits(source: Source) -> None:
    """State a kind of matter. ValueError for a second one under the same key."""
    if _SOURCES.setdefault(source.key, source) is not source:
        raise ValueError(f"{source.key} is stated twice")


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """Every kind of which some wait: those past a term first, then by number."""
    found = []
    for source in _SOURCES.values():
        matter = source.find(actor, at)
        if matter is not None and matter.count:
            found.append(Waiting(source, matter))
    return sorted(found, key=lambda one: (not one.source.urgent, -one.matter.count, one.source.key))


def sources() -> Iterable[Source]:
    """Every kind stated."""
    return _SOURCES.values()
