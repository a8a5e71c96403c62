"""The graph of places held in memory: a province is a few hundred nodes, asked for thousands of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db import connection

from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession


@dataclass(frozen=True, slots=True)
class Node:
    """One place as the graph needs it."""

    pk: int
    code: str
    name: str
    level: str
    valid_from: date
    valid_to: date | None

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a place, or a share of it, stands on another day."""

    node: Node
    share: Decimal
    estimate: bool
    basis: str


class PlaceTree:
    """Answers about belonging and succession. Built whole from the database, then never changed."""

    def __init__(
        self, nodes: Iterable[Node], parents: Iterable[PlaceParent], successions: Iterable[PlaceSuccession]
    ) -> None:
        self.nodes = {node.pk: node for node in nodes}
        self._by_code: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            self._by_code[node.code].append(node)
        self._parents: dict[int, list[PlaceParent]] = defaultdict(list)
        self._children: dict[int, list[PlaceParent]] = defaultdict(list)
        for link in parents:
            self._parents[link.place_id].append(link)
            self._children[link.parent_id].append(link)
        self._forward: dict[int, list[PlaceSuccession]] = defaultdict(list)
        self._backward: dict[int, list[PlaceSuccession]] = defaultdict(list)
        for edge in successions:
            self._forward[edge.predecessor_id].append(edge)
            self._backward[edge.successor_id].append(edge)

    def at(self, code: str, day: date, level: str | None = None) -> Node | None:
        """The unit that bore a code on a day; codes return with another meaning, so the day decides."""
        for node in self._by_code.get(code, ()):
            if node.exists_on(day) and level in (None, node.level):
                return node
        return None

    def with_code(self, code: str) -> tuple[Node, ...]:
        """Every unit that ever bore a code, oldest first."""
        return tuple(sorted(self._by_code.get(code, ()), key=lambda node: node.valid_from))

    def parent(self, pk: int, day: date) -> Node | None:
        """The unit a place belonged to on a day."""
        for link in self._parents.get(pk, ()):
            if link.valid_from <= day and (link.valid_to is None or day <= link.valid_to):
                return self.nodes[link.parent_id]
        return None

    def ancestors(self, pk: int, day: date) -> tuple[Node, ...]:
        """From the parent up to the province, on a day."""
        found: list[Node] = []
        while (node := self.parent(pk, day)) is not None:
            found.append(node)
            pk = node.pk
        return tuple(found)

    def trace(self, pk: int, day: date) -> tuple[Landing, ...]:
        """Where the ground of a place stands on a day, forwards or backwards; several when it was split."""
        return self._walk(Landing(self.nodes[pk], Decimal(1), estimate=False, basis=""), day)

    def _walk(self, landing: Landing, day: date) -> tuple[Landing, ...]:
        node = landing.node
        if node.exists_on(day):
            return (landing,)
        later = node.valid_to is not None and day > node.valid_to
        edges = self._forward.get(node.pk, ()) if later else self._backward.get(node.pk, ())
        found: list[Landing] = []
        for edge in edges:
            target = self.nodes[edge.successor_id if later else edge.predecessor_id]
            # Backwards a unit is all of its predecessors; a share says how much of each came in.
            step = Landing(
                target,
                landing.share * edge.share,
                estimate=landing.estimate or (edge.share < 1 and edge.share_is_estimate),
                basis=edge.legal_basis or landing.basis,
            )
            found.extend(self._walk(step, day))
        return tuple(found)

    def unit_on(self, pk: int, day: date) -> Node | None:
        """The single unit a record of this place counts under on a day: the largest share when split."""
        landings = self.trace(pk, day)
        return max(landings, key=lambda landing: landing.share).node if landings else None

    def territory(self, pk: int, day: date | None = None) -> frozenset[int]:
        """Ids of all places, of any date, whose ground counts under a place by the boundaries of `day`.

        Without a day, the latest boundaries under which the place exists. This is what "within" means for
        records that keep the unit of their own date.
        """
        top = self.nodes[pk]
        return _territory(self, pk, day or top.valid_to or date.max)

    def covers_everything(self, pk: int) -> bool:
        """Whether a place takes in every commune the system knows, so that no filter is needed."""
        communes = {node.pk for node in self.nodes.values() if node.level == Place.Level.COMMUNE}
        return communes <= self.territory(pk)

    def _territory(self, pk: int, day: date) -> frozenset[int]:
        inside: set[int] = set()
        for node in self.nodes.values():
            unit = self.unit_on(node.pk, day)
            if unit is not None and (unit.pk == pk or any(up.pk == pk for up in self.ancestors(unit.pk, day))):
                inside.add(node.pk)
        return frozenset(inside)


@lru_cache(maxsize=512)
def _territory(graph: PlaceTree, pk: int, day: date) -> frozenset[int]:
    return graph._territory(pk, day)  # noqa: SLF001


_held: tuple[str, PlaceTree] | None = None


def current() -> PlaceTree:
    """The graph as the database now holds it; rebuilt when any place, parent or edge changed."""
    global _held  # noqa: PLW0603
    stamp = _stamp()
    if _held is None or _held[0] != stamp:
        _held = (stamp, _load())
    return _held[1]


def _stamp() -> str:
    """A mark that moves with every change, because each change leaves a row of history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select concat(current_database(), ':', (select coalesce(max(pgh_id), 0) from places_placeevent), ':',"
            " (select coalesce(max(pgh_id), 0) from places_placeparentevent), ':',"
            " (select coalesce(max(pgh_id), 0) from places_placesuccessionevent))"
        )
        return str(cursor.fetchone()[0])


def _load() -> PlaceTree:
    rows = Place.objects.values_list("pk", "code", "name", "level", "valid_from", "valid_to")
    return PlaceTree((Node(*row) for row in rows), PlaceParent.objects.all(), PlaceSuccession.objects.all())
