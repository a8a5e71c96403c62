"""The shape of navigation; what stands in it is assembled by a portal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation, shown to those who hold `needs` somewhere."""

    label: str | Promise
    url: str
    icon: str
    needs: str = ""

    def is_current(self, path: str) -> bool:
        return path == self.url if self.url == "/" else path.startswith(self.url)


@dataclass(frozen=True, slots=True)
class Section:
    """Links that belong together, under a heading (empty for the first)."""

    label: str | Promise
    entries: tuple[Entry, ...]


def visible(sections: Iterable[Section], actor: Actor) -> tuple[Section, ...]:
    """The sections with only those links that lead the actor somewhere."""
    kept = (
        Section(section.label, tuple(entry for entry in section.entries if not entry.needs or actor.may(entry.needs)))
        for section in sections
    )
    return tuple(section for section in kept if section.entries)


def current(sections: Iterable[Section], path: str) -> Entry | None:
    """The link of the page that is open: the one with the longest address that fits."""
    fitting = [entry for section in sections for entry in section.entries if entry.is_current(path)]
    return max(fitting, key=lambda entry: len(entry.url), default=None)
