"""Where an address stands when its unit was divided: named by the new unit itself, or by a village or street of a part.

Nothing is guessed: an address that names none or several of the parts decides nothing, and the stated share answers.
"""

from __future__ import annotations

import re
from datetime import date

from atvsld.kit.text import fold
from atvsld.registers.places.models import PlaceSuccession
from atvsld.registers.places.tree import Node, PlaceTree

_KINDS = ("phuong", "xa", "thi tran", "dac khu", "quan", "huyen", "thi xa", "thanh pho", "tinh")
# Words after which a name is that of something else: a district of before, a street, an industrial park.
_OTHERS = frozenset(
    {"quan", "q", "huyen", "h", "tx", "tp", "duong", "pho", "kcn", "ccn", "nghiep", "cau", "cho", "ga", "song"}
)
_PAIRS = frozenset({("thi", "xa"), ("thanh", "pho")})


def words(text: str) -> list[str]:
    """The folded words of a text, punctuation dropped."""
    return re.findall(r"[^\W_]+", fold(text))


def names_unit(address: list[str], name: str) -> bool:
    """Whether an address names a unit: with its kind, or its proper name after no word for something else.

    A proper name of one word, as "Xã Liên", counts only with its kind.
    """
    whole = words(name)
    size = next((len(kind.split()) for kind in _KINDS if whole[: len(kind.split())] == kind.split()), 0)
    kind, proper = whole[:size], whole[size:] or whole
    for start in range(len(address) - len(proper) + 1):
        if address[start : start + len(proper)] != proper:
            continue
        before = address[max(start - 2, 0) : start]
        if kind and before[-len(kind) :] == kind:
            return True
        if len(proper) > 1 and not (before and (before[-1] in _OTHERS or tuple(before) in _PAIRS)):
            return True
    return False


def names_locality(address: list[str], localities: str) -> bool:
    """Whether an address holds one of the villages or streets listed."""
    line = f" {' '.join(address)} "
    listed = (" ".join(words(one)) for one in re.split(r"[;\n]", localities))
    return any(one and f" {one} " in line for one in listed)


def located(places: PlaceTree, pk: int, day: date, address: str) -> Node | None:
    """The one unit of a day in which an address of the unit stands; None when the address does not say."""
    said = words(address)
    if not said:
        return None
    named = [landing.node for landing in places.trace(pk, day) if names_unit(said, landing.node.name)]
    if len(named) == 1:
        return named[0]
    return _walk(places, pk, day, said)


def _walk(places: PlaceTree, pk: int, day: date, said: list[str]) -> Node | None:
    """Follow the successions, taking at each fork the one part that the address names."""
    node = places.nodes[pk]
    if node.exists_on(day):
        return node
    later = node.valid_to is not None and day > node.valid_to
    edges = places.outcomes(pk) if later else places.origins(pk)
    if len(edges) > 1:
        edges = tuple(edge for edge in edges if _meant(places, edge, said, later=later))
    if len(edges) != 1:
        return None
    return _walk(places, edges[0].successor_id if later else edges[0].predecessor_id, day, said)


def _meant(places: PlaceTree, edge: PlaceSuccession, said: list[str], *, later: bool) -> bool:
    other = places.nodes[edge.successor_id if later else edge.predecessor_id]
    return names_locality(said, edge.localities) or names_unit(said, other.name)
