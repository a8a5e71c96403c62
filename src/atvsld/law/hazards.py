"""Catalogues of what endangers people at work: factors, strict-safety equipment, classes of arduous work.

They name what an establishment states of itself. None is whole: where the law's list was not read, the catalogue says
so and a free description stands beside it. The three lists of high-risk branches are another matter and stand in
`organisation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.errors import LawDataError
from atvsld.law.instruments import Instrument, read_instruments
from atvsld.law.reading import DataFolder, Label, Node

FILE = "hazards.yaml"


class HazardKind(StrEnum):
    """What sort of hazard a fact states."""

    DANGEROUS_FACTOR = "dangerous_factor"
    HARMFUL_FACTOR = "harmful_factor"
    STRICT_SAFETY_EQUIPMENT = "strict_safety_equipment"
    ARDUOUS_WORK = "arduous_work"


@dataclass(frozen=True, slots=True)
class HazardItem:
    """One entry of a catalogue."""

    code: str
    label: Label


@dataclass(frozen=True)
class Catalogue:
    """The entries of one kind; `counts` names what a number beside an entry counts."""

    kind: HazardKind
    label: Label
    counts: Label
    citation: Citation
    status: Certainty
    complete: bool
    note: str
    valid_from: date
    items: Mapping[str, HazardItem]


@dataclass(frozen=True)
class Hazards:
    """Every catalogue, with the instruments they cite."""

    catalogues: Mapping[HazardKind, Catalogue]
    instruments: Mapping[str, Instrument]

    def __getitem__(self, kind: str) -> Catalogue:
        """The catalogue of a kind; ValueError for what is no kind."""
        return self.catalogues[HazardKind(kind)]


@lru_cache(maxsize=4)
def load_hazards(root: Traversable | None = None) -> Hazards:
    """The catalogues from the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "hazards" if root is None else root)
    instruments = read_instruments(folder)
    document = folder.read(FILE)
    found = {}
    whole = document.node("catalogues")
    for kind in HazardKind:
        found[kind] = _catalogue(whole.node(kind.value), kind)
        if found[kind].citation.instrument not in instruments:
            raise LawDataError(FILE, kind.value, f"không có văn bản {found[kind].citation.instrument}")
    whole.done(None)
    return document.done(Hazards(found, instruments))


def _catalogue(node: Node, kind: HazardKind) -> Catalogue:
    items = {
        item.text("code"): item.done(HazardItem(item.text("code"), item.label("label"))) for item in node.nodes("items")
    }
    return node.done(
        Catalogue(
            kind=kind,
            label=node.label("label"),
            counts=node.label("counts"),
            citation=node.citation(),
            status=node.status(),
            complete=node.flag("complete", False),
            note=node.text("note", ""),
            valid_from=node.day("from"),
            items=items,
        )
    )
