"""Rooms that accept reports under a code: the register of frozen reports, and others that count in their own way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from atvsld.oversight.snapshots.differences import CellChange
from atvsld.platform.access.actor import Actor
from atvsld.platform.files import facade as files


class Accepted(Protocol):
    """An accepted report of any room, as far as its code, its page and the command tell of it."""

    @property
    def pk(self) -> Any: ...
    @property
    def code(self) -> str: ...
    @property
    def spelled_code(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def form_valid_from(self) -> date: ...
    @property
    def period(self) -> str: ...
    @property
    def subject_code(self) -> str: ...
    @property
    def subject_name(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def as_of(self) -> datetime: ...
    @property
    def accepted_at(self) -> datetime: ...
    @property
    def accepted_by_name(self) -> str: ...
    @property
    def law_version(self) -> str: ...
    @property
    def figures_digest(self) -> str: ...
    def get_state_display(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Store:
    """Whether the store itself still agrees: facts unchanged, figures recounted equal, file drawn again equal.

    `engine_moved`: other versions of the drawing libraries than at acceptance; then `redrawn` may fail without fault.
    """

    facts_unchanged: bool
    recounted: bool
    redrawn: bool
    engine_moved: bool
    cells: tuple[CellChange, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the figures stand; a new engine alone does not shake them."""
        return self.facts_unchanged and self.recounted and (self.redrawn or self.engine_moved)


class Room(ABC):
    """What a room must tell so that its accepted reports are found by code and verified like any other."""

    @abstractmethod
    def holds(self, report: Accepted) -> bool:
        """Whether the report is this room's."""

    @abstractmethod
    def by_codes(self, codes: Sequence[str]) -> Accepted | None:
        """The newest report bearing one of the codes."""

    @abstractmethod
    def by_digest(self, sha256: str, only: Accepted | None) -> tuple[Accepted, str] | None:
        """The report and the format of a kept file; `only` of one report."""

    @abstractmethod
    def kept_files(self, report: Accepted) -> list[tuple[str, Any]]:
        """Format and stored file of all that was kept."""

    @abstractmethod
    def check(self, report: Accepted, kind: str) -> Store:
        """Count once more from what was kept, draw the file of a format again, compare."""

    @abstractmethod
    def title(self, report: Accepted) -> str:
        """The name of the form as it was printed."""

    @abstractmethod
    def previous(self, report: Accepted) -> Accepted | None:
        """The number it stands for."""

    @abstractmethod
    def following(self, report: Accepted) -> Accepted | None:
        """The number that stands for it now."""

    @abstractmethod
    def overtaken(self, report: Accepted, at: datetime) -> str:
        """A sentence when the figures would now be others; empty when they hold. Tells no figure."""

    @abstractmethod
    def page(self, report: Accepted) -> str:
        """The address of the report for those who may read it."""

    @abstractmethod
    def may_open(self, actor: Actor, report: Accepted) -> bool:
        """Whether somebody may see the figures."""

    def file_bytes(self, report: Accepted, kind: str) -> bytes | None:
        """The kept file of a format; None when none was kept."""
        held = dict(self.kept_files(report)).get(kind)
        return None if held is None else files.open_bytes(held)


_ROOMS: list[Room] = []


def verify_also(room: Room) -> None:
    """Let a room answer for the codes of its accepted reports."""
    if all(type(known) is not type(room) for known in _ROOMS):
        _ROOMS.append(room)


def rooms() -> Sequence[Room]:
    """Every room that answers."""
    return tuple(_ROOMS)


def room_of(report: Accepted) -> Room:
    """The room of a report; LookupError when none of those known holds it."""
    for room in _ROOMS:
        if room.holds(report):
            return room
    raise LookupError(f"{report!r} belongs to no room of accepted reports")


def find(code: str) -> Accepted | None:
    """The accepted report that bears a code."""
    return next((found for room in _ROOMS if (found := room.by_codes([code])) is not None), None)
