"""What hangs on a body when another takes over from it.

Apps that keep something per body (people's offices, open duties) say in their `following.py` what then happens:

    when_succeeded(20, Offices())
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body


@dataclass(frozen=True, slots=True)
class HandingOver:
    """`old` hands functions to `new` from a day on; `ends` when it keeps none and ends the day before."""

    old: Body
    new: Body
    on: date
    functions: tuple[str, ...]
    ends: bool


class Heir(Protocol):
    """One kind of thing that goes along."""

    def counted(self, body: Body, on: date) -> tuple[str, int]:
        """What it is called, and how many would go, shown before."""

    def take_over(self, act: Act, step: HandingOver) -> None:
        """Make it happen, within the transaction of the act."""


_HEIRS: dict[int, Heir] = {}


def when_succeeded(order: int, heir: Heir) -> None:
    """Register; lower orders go first."""
    _HEIRS[order] = heir


def heirs() -> list[Heir]:
    return [heir for _order, heir in sorted(_HEIRS.items())]
