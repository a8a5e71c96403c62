"""Maps between versions of a code list: each edge lossless or lossy, and none where no source gives one.

Two versions are never joined by equal numbers: 1104 is soft drinks in the industries of 2018 and malt in those of 2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.law.reading import DataFolder, Node


@dataclass(frozen=True, slots=True)
class CodeEdge:
    """What an old code became. `lossless`: the whole of the old code is the new one, and nothing else came in."""

    old: str
    new: str
    lossless: bool
    status: Certainty
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeMap:
    """The edges from one version of a list to the next. `complete`: a code without an edge has no counterpart."""

    name: str
    old_version: str
    new_version: str
    complete: bool
    edges: tuple[CodeEdge, ...]
    citation: Citation
    status: Certainty
    note: str

    def joins(self, name: str, one: str, other: str) -> bool:
        """Whether it leads between two versions of a list, whichever is the older."""
        return self.name == name and {one, other} == {self.old_version, self.new_version}


@dataclass(frozen=True, slots=True)
class Conversion:
    """Where one code leads in another version.

    `exact` is the code there when the way is lossless, else None: a person decides among `edges`. Without edges
    there is no map for the code, which is not to say that it is unchanged.
    """

    code: str
    version: str
    to: str
    targets: tuple[str, ...]
    edges: tuple[CodeEdge, ...]
    citation: Citation | None

    @property
    def exact(self) -> str | None:
        return self.targets[0] if len(self.edges) == 1 and self.edges[0].lossless else None

    @property
    def status(self) -> Certainty | None:
        """The least certain of the edges; None without any."""
        return worst(edge.status for edge in self.edges) if self.edges else None


def convert(found: CodeMap | None, code: str, *, version: str, to: str) -> Conversion:
    """Follow a code along a map, forwards or backwards; no edges when the map is None or does not speak of it."""
    if found is None:
        return Conversion(code, version, to, (), (), None)
    forwards = found.old_version == version
    edges = tuple(edge for edge in found.edges if (edge.old if forwards else edge.new) == code)
    targets = tuple(edge.new if forwards else edge.old for edge in edges)
    return Conversion(code, version, to, targets, edges, found.citation)


def read_maps(folder: DataFolder) -> tuple[CodeMap, ...]:
    """Every map of the data files; that their codes exist is checked by `CodeLists`."""
    return tuple(_read(folder.read(file)) for file in folder.names("code_maps"))


def _read(root: Node) -> CodeMap:
    status = root.status()
    edges = tuple(edge for node in root.nodes("edges") for edge in _edges(node, status))
    if len({(edge.old, edge.new) for edge in edges}) != len(edges):
        raise root.fail("có cạnh ghi hai lần")
    for edge in edges:
        alone = sum(edge.old == other.old or edge.new == other.new for other in edges) == 1
        if edge.lossless and not alone:
            raise root.fail(f"{edge.old} → {edge.new} không thể là chuyển đổi nguyên vẹn: mã còn nối với mã khác")
    found: CodeMap = root.done(
        CodeMap(
            name=root.text("list"),
            old_version=root.text("from"),
            new_version=root.text("to"),
            complete=root.flag("complete", default=False),
            edges=edges,
            citation=root.citation(),
            status=status,
            note=root.text("note", ""),
        )
    )
    return found


def _edges(node: Node, status: Certainty) -> Iterator[CodeEdge]:
    old, targets = node.text("code"), node.texts("to")
    lossless, certain, note = node.flag("lossless", default=False), node.status(status), node.text("note", "")
    node.done(None)
    if not targets:
        raise node.fail("thiếu mã đích “to”")
    yield from (CodeEdge(old, new, lossless, certain, note) for new in targets)
