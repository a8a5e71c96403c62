"""The graph of places held in memory: a province is a few hundred nodes, asked for thousands of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush

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
    kind: str = ""

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
        for edges in self._backward.values():
            # Among several predecessors the one that kept its code speaks for the unit when one must be chosen.
            edges.sort(key=lambda edge: self.nodes[edge.predecessor_id].code != self.nodes[edge.successor_id].code)
        self._communes = frozenset(pk for pk, node in self.nodes.items() if node.level == Place.Level.COMMUNE)
        self._grounds: dict[date, dict[int, frozenset[int]]] = {}

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
        found = self._walk(self.nodes[pk], day)
        return tuple(landing for _rank, landing in sorted(found, key=lambda pair: pair[0]))

    def _walk(self, start: Node, day: date) -> list[tuple[tuple[int, ...], Landing]]:
        """Each unit of the day reached once, with the sum of the shares over every way that leads to it.

        Units are taken in the order of their first days, so that all ways into one are known before it is left:
        the work grows with the number of units, not with the number of ways. The rank is the first way found,
        edge by edge; it keeps the order in which successions were entered.
        """
        later = start.valid_to is not None and day > start.valid_to
        sign, edges_of = (1, self._forward) if later else (-1, self._backward)
        reached: dict[int, tuple[tuple[int, ...], Landing]] = {
            start.pk: ((), Landing(start, Decimal(1), estimate=False, basis=""))
        }
        waiting = [(sign * start.valid_from.toordinal(), start.pk)]
        found = []
        while waiting:
            _, pk = heappop(waiting)
            rank, landing = reached[pk]
            if landing.node.exists_on(day):
                found.append((rank, landing))
                continue
            for number, edge in enumerate(edges_of.get(pk, ())):
                # Backwards a unit is all of its predecessors; a share says how much of each came in.
                node = self.nodes[edge.successor_id if later else edge.predecessor_id]
                step = Landing(
                    node,
                    landing.share * edge.share,
                    estimate=landing.estimate or (edge.share < 1 and edge.share_is_estimate),
                    basis=edge.legal_basis or landing.basis,
                )
                if node.pk not in reached:
                    heappush(waiting, (sign * node.valid_from.toordinal(), node.pk))
                reached[node.pk] = _joined(reached.get(node.pk), ((*rank, number), step))
        return found

    def unit_on(self, pk: int, day: date) -> Node | None:
        """The single unit a record of this place counts under on a day: the largest share when split.

        Backwards, where a unit was joined from several, the one that kept its code: a choice, so that every
        record counts exactly once.
        """
        landings = self.trace(pk, day)
        return max(landings, key=lambda landing: landing.share).node if landings else None

    def territory(self, pk: int, day: date | None = None) -> frozenset[int]:
        """Ids of all places, of any date, whose ground counts under a place by the boundaries of `day`.

        Without a day, the latest boundaries under which the place exists. This is what "within" means for
        records that keep the unit of their own date. Empty when the place does not exist on `day`.
        """
        return self._ground(day or self.nodes[pk].valid_to or date.max).get(pk, frozenset())

    def has_communes(self, pk: int) -> bool:
        """Whether any commune ever belonged to a unit: provinces known by name alone have none."""
        links = self._children.get(pk, ())
        return any(self.nodes[link.place_id].level == Place.Level.COMMUNE for link in links) or any(
            self.has_communes(link.place_id) for link in links
        )

    def covers_everything(self, pk: int) -> bool:
        """Whether a place takes in every commune the system knows, so that no filter is needed."""
        return self._communes <= self.territory(pk)

    def within(self, pk: int, day: date) -> tuple[Node, ...]:
        """The units directly below a place on a day, by code."""
        found = [
            self.nodes[link.place_id]
            for link in self._children.get(pk, ())
            if link.valid_from <= day and (link.valid_to is None or day <= link.valid_to)
        ]
        return tuple(sorted(found, key=lambda node: node.code))

    def links(self) -> list[PlaceParent]:
        """Every link of a place to its parent."""
        return [link for links in self._parents.values() for link in links]

    def edges(self) -> list[PlaceSuccession]:
        """Every edge of succession, in the order of entry for each predecessor."""
        return [edge for edges in self._forward.values() for edge in edges]

    def origins(self, pk: int) -> tuple[PlaceSuccession, ...]:
        """The edges that led to a place."""
        return tuple(self._backward.get(pk, ()))

    def outcomes(self, pk: int) -> tuple[PlaceSuccession, ...]:
        """The edges that led on from a place."""
        return tuple(self._forward.get(pk, ()))

    def _standing(self, pk: int, day: date) -> Node | None:
        """The unit of a day that a place counts under; that of its parent when it ended without a successor."""
        unit = self.unit_on(pk, day)
        if unit is not None:
            return unit
        node = self.nodes[pk]
        edge_day = node.valid_to if node.valid_to is not None and day > node.valid_to else node.valid_from
        parent = self.parent(pk, edge_day)
        return None if parent is None else self._standing(parent.pk, day)

    def _ground(self, day: date) -> dict[int, frozenset[int]]:
        """For every place of a day, the ids whose ground counts under it; worked out once a day asked for."""
        if (held := self._grounds.get(day)) is not None:
            return held
        inside: dict[int, set[int]] = defaultdict(set)
        for pk in self.nodes:
            unit = self._standing(pk, day)
            if unit is not None:
                for top in (unit, *self.ancestors(unit.pk, day)):
                    inside[top.pk].add(pk)
        ground = {top: frozenset(pks) for top, pks in inside.items()}
        if len(self._grounds) >= _DAYS_HELD:
            self._grounds.clear()
        self._grounds[day] = ground
        return ground


def _joined(
    held: tuple[tuple[int, ...], Landing] | None, other: tuple[tuple[int, ...], Landing]
) -> tuple[tuple[int, ...], Landing]:
    """Two ways into one unit as one: a divided unit that came together again is whole, and no estimate."""
    if held is None:
        return other
    first, second = (held, other) if held[0] <= other[0] else (other, held)
    share = first[1].share + second[1].share
    estimate = share != 1 and (first[1].estimate or second[1].estimate)
    return first[0], Landing(first[1].node, share, estimate, first[1].basis)


# Boundary dates kept ready; each is a few hundred small sets.
_DAYS_HELD = 64
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
    rows = Place.objects.values_list("pk", "code", "name", "level", "valid_from", "valid_to", "kind")
    return PlaceTree(
        (Node(*row) for row in rows.order_by("pk")),
        PlaceParent.objects.order_by("pk"),
        # The order of entry decides between equal shares.
        PlaceSuccession.objects.order_by("pk"),
    )
