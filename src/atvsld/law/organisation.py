"""An employer's OSH organisation against the legal minimum for its size and branch.

Sources: Articles 36–38 of Decree 39/2016/NĐ-CP, Articles 72–74 of Law 84/2015/QH13, Articles 8–9 of Circular
07/2016/TT-BLĐTBXH. The three lists of branches serve three purposes and are kept apart. The articles name branches
in words: which industry codes they cover is this product's reading, marked provisional, and an officer's own
finding for one establishment goes before it. Better qualified people meet a lower requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.reading import DataFolder, Label, Node

FILE = "osh_organisation.yaml"
# Better grades first, within each kind of staff.
GRADES: Mapping[str, tuple[str, ...]] = {
    "officers": ("full_time", "part_time"),
    "medical": ("doctor", "assistant_doctor", "medical_worker"),
    "council": (),
}


class Membership(StrEnum):
    """Whether an establishment's branch stands in a list."""

    LISTED = "listed"
    NOT_LISTED = "not_listed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch as the article names it, with the beginnings of industry codes read into it."""

    id: str
    label: str
    certain: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchList:
    """One of the three lists. `mapping_status` is the certainty of the codes, `status` that of the list itself."""

    id: str
    label: Label
    use: Label
    citation: Citation
    status: Certainty
    mapping_status: Certainty
    mapping_note: str
    branches: tuple[Branch, ...]

    def membership(self, code: str) -> tuple[Membership, Branch | None]:
        """Whether an industry code stands in the list, and under which branch. Letters of sections do not decide."""
        if not code or not code[:2].isdigit():
            return Membership.UNDECIDED, None
        for branch in self.branches:
            if code.startswith(branch.certain):
                return Membership.LISTED, branch
        for branch in self.branches:
            broader = any(prefix.startswith(code) for prefix in (*branch.certain, *branch.possible))
            if broader or code.startswith(branch.possible):
                return Membership.UNDECIDED, branch
        return Membership.NOT_LISTED, None


@dataclass(frozen=True, slots=True)
class Need:
    """At least so many people of a grade or a better one; `per_shift` counts them for every shift."""

    grade: str
    least: int
    per_shift: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What one point of an article asks of a size: `least` ≤ workers < `below`. `unit` alone meets it as well."""

    listed: bool
    least: int
    below: int | None
    needs: tuple[Need, ...]
    unit: str
    citation: Citation
    status: Certainty
    note: str

    def holds(self, workers: int) -> bool:
        return self.least <= workers and (self.below is None or workers < self.below)

    @property
    def asks(self) -> tuple[tuple[Need, ...], str]:
        """What is asked, without where it is written."""
        return self.needs, self.unit


@dataclass(frozen=True, slots=True)
class Instead:
    """A contract by which an employer without own people meets the norm."""

    by: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Norm:
    """The bands of one kind of staff or body, in force from a day."""

    id: str
    label: Label
    list_id: str
    valid_from: date
    valid_to: date | None
    bands: tuple[Band, ...]
    instead: Instead | None
    state_group: Band | None

    def band(self, workers: int, *, listed: bool) -> Band:
        """The band of a size; every size has exactly one (checked when the data is read)."""
        return next(band for band in self.bands if band.listed is listed and band.holds(workers))


@dataclass(frozen=True, slots=True)
class Interval:
    """How often an employer checks itself, and whether risk assessment is mandatory."""

    months_establishment: int
    months_workshop: int
    risk_assessment: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class NetworkNorm:
    """OSH representatives: at least `per_team` in each production team."""

    label: Label
    valid_from: date
    per_team: int
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class OrganisationNorms:
    """Everything the law asks of an OSH organisation."""

    checked_on: date
    lists: Mapping[str, BranchList]
    norms: tuple[Norm, ...]
    network: NetworkNorm
    self_check_list: str
    self_checks: Mapping[bool, Interval] = field(default_factory=dict)

    def norm(self, norm_id: str, day: date) -> Norm:
        """A norm in force on a day (`UnknownEntry`, `NotInForce`)."""
        found = [norm for norm in self.norms if norm.id == norm_id]
        if not found:
            raise UnknownEntry(f"Bộ pháp luật không có định mức “{norm_id}”.")
        for norm in found:
            if norm.valid_from <= day and (norm.valid_to is None or day <= norm.valid_to):
                return norm
        raise NotInForce(f"Định mức “{norm_id}” không có hiệu lực vào ngày {day:%d/%m/%Y}.")

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, certainty, source and note of each part, for the list of what is unconfirmed."""
        for branches in self.lists.values():
            source = str(branches.citation)
            yield (
                "branch_mapping",
                branches.id,
                branches.label.vi,
                branches.mapping_status,
                source,
                branches.mapping_note,
            )
        for norm in self.norms:
            for band in norm.bands:
                yield "staff_norm", norm.id, norm.label.vi, band.status, str(band.citation), band.note


@lru_cache(maxsize=4)
def load_norms(root: Traversable | None = None) -> OrganisationNorms:
    """The norms from the package's data (or another folder), read and checked once."""
    return read_norms(DataFolder(files("atvsld.law") / "data" if root is None else root))


def read_norms(folder: DataFolder) -> OrganisationNorms:
    """The norms of a data folder; `LawDataError` names the entry that is wrong."""
    root = folder.read(FILE)
    lists = {node.text("id"): _list(node) for node in root.nodes("lists")}
    norms = tuple(_norm(node, lists) for node in root.nodes("norms"))
    check = root.node("self_check")
    intervals = {listed: _interval(check.node(name)) for listed, name in ((True, "listed"), (False, "unlisted"))}
    check.day("from")
    found = OrganisationNorms(
        checked_on=root.day("checked_on"),
        lists=lists,
        norms=norms,
        network=_network(root.node("network")),
        self_check_list=check.one_of("list", list(lists)),
        self_checks=intervals,
    )
    check.done(None)
    return root.done(found)


def _list(node: Node) -> BranchList:
    return node.done(
        BranchList(
            id=node.text("id"),
            label=node.label("label"),
            use=node.label("use"),
            citation=node.citation(),
            status=node.status(),
            mapping_status=Certainty(node.one_of("mapping_status", [item.value for item in Certainty])),
            mapping_note=node.text("mapping_note", ""),
            branches=tuple(
                item.done(Branch(item.text("id"), item.text("label"), item.texts("certain"), item.texts("possible")))
                for item in node.nodes("branches")
            ),
        )
    )


def _norm(node: Node, lists: Mapping[str, BranchList]) -> Norm:
    norm_id = node.one_of("id", list(GRADES))
    bands = tuple(_band(item, norm_id) for item in node.nodes("bands"))
    for listed in (True, False):
        _require_whole(node, [band for band in bands if band.listed is listed])
    instead = node.maybe_node("instead")
    group = node.maybe_node("state_group")
    return node.done(
        Norm(
            id=norm_id,
            label=node.label("label"),
            list_id=node.one_of("list", list(lists)),
            valid_from=node.day("from"),
            valid_to=node.maybe_day("to"),
            bands=bands,
            instead=None if instead is None else _instead(instead),
            state_group=None if group is None else _group(group),
        )
    )


def _band(node: Node, norm_id: str) -> Band:
    needs = tuple(
        item.done(Need(item.one_of("grade", GRADES[norm_id]), item.number("least"), item.flag("per_shift", False)))
        for item in node.nodes("needs")
    )
    return node.done(
        Band(
            listed=node.flag("listed", False),
            least=node.number("from"),
            below=node.maybe_number("below"),
            needs=needs,
            unit=node.text("or_unit", ""),
            citation=node.citation(),
            status=node.status(),
            note=node.text("note", ""),
        )
    )


def _require_whole(node: Node, bands: Iterable[Band]) -> None:
    """The bands of one side cover every size once."""
    end: int | None = 0
    for band in bands:
        if band.least != end:
            raise LawDataError(FILE, node.path, f"các khoảng lao động không nối nhau ở {band.least}")
        end = band.below
    if end is not None:
        raise LawDataError(FILE, node.path, "các khoảng lao động không phủ hết mọi quy mô")


def _instead(node: Node) -> Instead:
    return node.done(Instead(node.text("by"), node.text("text"), node.citation()))


def _group(node: Node) -> Band:
    return node.done(Band(True, 0, None, (), node.text("unit"), node.citation(), node.status(), ""))


def _interval(node: Node) -> Interval:
    return node.done(
        Interval(
            node.number("months_establishment"),
            node.number("months_workshop"),
            node.flag("risk_assessment", False),
            node.citation(),
        )
    )


def _network(node: Node) -> NetworkNorm:
    return node.done(
        NetworkNorm(node.label("label"), node.day("from"), node.number("per_team"), node.citation(), node.status())
    )
