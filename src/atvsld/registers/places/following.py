# ruff: noqa: SLF001 — `_meta` and `_default_manager` are Django's own way to ask a model about itself.
"""How what hangs on a place follows it through a reorganisation.

Apps that keep something per place (bodies, people's offices) say in a module `following.py` how it follows:

    follow(10, Follower())

Everything written is entered in the journal, so that the whole can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.db.models import Model, QuerySet

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict
from atvsld.registers.places.models import Place
from atvsld.registers.places.planning import Plan
from atvsld.registers.places.tree import PlaceTree


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence, shown before anything is done. `attention`: somebody should look at these afterwards."""

    label: str
    count: int
    lines: tuple[str, ...] = ()
    attention: bool = False
    problem: Problem | None = None

    def to_json(self) -> dict[str, Any]:
        return {"label": self.label, "count": self.count, "lines": list(self.lines), "attention": self.attention}


@dataclass(slots=True)
class Journal:
    """Every row a reorganisation made or changed, with the values before and after, as JSON keeps it."""

    made: list[list[Any]] = field(default_factory=list)
    changed: list[list[Any]] = field(default_factory=list)

    def create(self, rows: Iterable[Model]) -> None:
        """Insert rows of one model and remember them."""
        listed = list(rows)
        if listed:
            type(listed[0])._default_manager.bulk_create(listed)
            self.made += [[row._meta.label_lower, row.pk] for row in listed]

    def update(self, rows: QuerySet[Any], **values: Any) -> None:
        """Set columns (named as attributes: `place_id`) of rows and remember what stood there."""
        for held in rows.values("pk", *values):
            pk = held.pop("pk")
            pairs = {name: [_plain(held[name]), _plain(values[name])] for name in values}
            self.changed.append([rows.model._meta.label_lower, pk, pairs])
        rows.update(**values)

    def take_back(self) -> None:
        """Remove what was made and restore what was changed, last first. `Conflict` when a row is no longer as left."""
        for label, pk, pairs in reversed(self.changed):
            model = apps.get_model(label)
            as_left = {
                name if new is not None else f"{name}__isnull": new or new is None for name, (_, new) in pairs.items()
            }
            before = {name: old for name, (old, _) in pairs.items()}
            if not model._default_manager.filter(pk=pk, **as_left).update(**before):
                raise Conflict(f"{model._meta.verbose_name} {pk}")
        for label, pk in reversed(self.made):
            apps.get_model(label)._default_manager.filter(pk=pk).delete()

    def to_json(self) -> dict[str, Any]:
        return {"made": self.made, "changed": self.changed}

    def keys(self) -> dict[str, set[int]]:
        """Primary keys of all rows made or changed, by model label."""
        found: dict[str, set[int]] = {}
        for label, pk, *_ in (*self.made, *self.changed):
            found.setdefault(label, set()).add(pk)
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan carried out on the places themselves: the new units by code, and the graph as it was before."""

    plan: Plan
    units: dict[str, Place]
    before: PlaceTree

    def heir(self, pk: int) -> int | None:
        """The unit that takes over from a unit, by primary key."""
        target = self.plan.heir(pk)
        return self.units[target].pk if isinstance(target, str) else target


class Follower(Protocol):
    # Labels of the models whose rows it moves itself; all others keep the unit of their own date.
    moves: frozenset[str]

    def foresee(self, plan: Plan, places: PlaceTree) -> list[Effect]:
        """What would happen."""

    def follow(self, act: Act, outcome: Outcome, journal: Journal) -> None:
        """Make it happen, through the journal only."""


_FOLLOWERS: dict[int, Follower] = {}


def follow(order: int, follower: Follower) -> None:
    """Register a follower; lower orders go first (what an office refers to must have moved before it)."""
    _FOLLOWERS[order] = follower


def followers() -> list[Follower]:
    return [follower for _order, follower in sorted(_FOLLOWERS.items())]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
