"""Counts of records by unit, given by the apps that keep them: places know nothing of what is counted.

An app states its own in a module `tallies.py`:

    tally(Tally("accidents", _("Vụ tai nạn"), source))

`source(actor)` answers how many records within the actor's reach stand at each place (primary key), or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor
from atvsld.registers.places.tree import Node, PlaceTree


@dataclass(frozen=True, slots=True)
class Tally:
    """Something counted by place. `url(node)` leads to the records on the ground of a unit."""

    name: str
    label: str | Promise
    source: Callable[[Actor], dict[int, int] | None]
    url: Callable[[Node], str]


_TALLIES: dict[str, Tally] = {}


def tally(stated: Tally) -> None:
    """Let an app's counts be shown by unit."""
    _TALLIES[stated.name] = stated


def first(actor: Actor) -> tuple[Tally, dict[int, int]] | None:
    """The first tally the actor may see, with its counts by place of record."""
    for stated in _TALLIES.values():
        if (counts := stated.source(actor)) is not None:
            return stated, counts
    return None


def by_unit(places: PlaceTree, counts: dict[int, int], day: date) -> dict[int, int]:
    """The counts under the boundaries of a day: every unit of that day with what stands on its ground.

    Each record counts once among the units of one level, so the sum over the provinces is the sum of all records.
    """
    units = [node.pk for node in places.nodes.values() if node.exists_on(day)]
    held = set(counts)
    return {pk: sum(counts[one] for one in places.territory(pk, day) & held) for pk in units}


def total(places: PlaceTree, counts: dict[int, int], day: date) -> int:
    """All records, added up over the topmost units of a day."""
    found = by_unit(places, counts, day)
    return sum(found[pk] for pk in found if places.parent(pk, day) is None)
