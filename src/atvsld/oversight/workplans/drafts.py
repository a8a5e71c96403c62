"""What people write about tasks, as plain values on the way into an action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as it was written. `clause` is an id within the plan's programme, empty for work beside it.

    `supports`: primary keys of the bodies that work along. `beyond`: the days may lie outside the plan's year.
    """

    title: str
    starts_on: date | None
    ends_on: date | None
    clause: str = ""
    detail: str = ""
    person: str = ""
    measure: str = ""
    aim: Decimal | None = None
    supports: tuple[int, ...] = ()
    beyond: bool = False

    def columns(self) -> dict[str, Any]:
        """The values as a task keeps them."""
        return {
            "clause": self.clause.strip(),
            "title": " ".join(self.title.split()),
            "detail": self.detail.strip(),
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "person": " ".join(self.person.split()),
            "measure": self.measure,
            "aim": self.aim,
        }


@dataclass(frozen=True, slots=True)
class Said:
    """One report on a task. `percent` of the work; `done_on` when it is done; `stopped_why` when it will not be."""

    state: str
    percent: int
    text: str
    difficulty: str = ""
    proposal: str = ""
    done_on: date | None = None
    stopped_why: str = ""


@dataclass(slots=True)
class Settled:
    """What a settling of owners did: tasks moved, by new body; tasks somebody must look at."""

    moved: int = 0
    unsure: int = 0
    by_body: Mapping[int, int] = field(default_factory=dict)
