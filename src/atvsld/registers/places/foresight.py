"""The graph of places as it will be once a plan is carried out, without writing anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from atvsld.registers.places.models import PlaceParent, PlaceSuccession
from atvsld.registers.places.planning import Plan, Target
from atvsld.registers.places.tree import Node, PlaceTree


def grown(places: PlaceTree, plan: Plan) -> PlaceTree:
    """A new graph with the plan carried out; new units take the numbers after the highest. The old one is unchanged."""
    first = max(places.nodes, default=0) + 1
    keys = {code: first + number for number, code in enumerate(plan.new)}

    def key(target: Target) -> int:
        return keys[target] if isinstance(target, str) else target

    nodes = [replace(node, valid_to=plan.last_day) if pk in plan.ended else node for pk, node in places.nodes.items()]
    nodes += [
        Node(keys[unit.code], unit.code, unit.name, unit.level, plan.day, None, unit.kind) for unit in plan.new.values()
    ]
    closing = set(plan.ended) | set(plan.moves)
    parents = [
        PlaceParent(
            place_id=link.place_id, parent_id=link.parent_id, valid_from=link.valid_from, valid_to=plan.last_day
        )
        if link.place_id in closing and link.valid_to is None
        else link
        for link in places.links()
    ]
    under = [(keys[unit.code], unit.parent) for unit in plan.new.values() if unit.parent is not None]
    parents += [
        PlaceParent(place_id=pk, parent_id=key(target), valid_from=plan.day)
        for pk, target in (*under, *plan.moves.items())
    ]
    edges = [
        PlaceSuccession(
            predecessor_id=edge.predecessor,
            successor_id=keys[edge.successor],
            share=edge.share,
            share_is_estimate=edge.estimate,
            effective_on=plan.day,
            legal_basis=plan.draft.legal_basis,
        )
        for edge in plan.edges
    ]
    return PlaceTree(nodes, parents, [*places.edges(), *edges])


def counts(places: PlaceTree, plan: Plan) -> list[tuple[str, int, int]]:
    """Units of each level on the last day before and on the day itself."""
    after = grown(places, plan)

    def count(graph: PlaceTree, day: object) -> Counter[str]:
        return Counter(node.level for node in graph.nodes.values() if node.exists_on(day))  # type: ignore[arg-type]

    before, then = count(places, plan.last_day), count(after, plan.day)
    return [(level, before[level], then[level]) for level in ("province", "district", "commune")]
