"""The procedures as the law states them: steps, papers, who decides, in what time, how surely.

Data in `data/procedures.yaml`. Times hold from day to day; a day outside every version has no time to answer with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import Dated, DatedSeries, NotInForce
from atvsld.law import load_book
from atvsld.law.book import Unconfirmed
from atvsld.law.errors import UnknownEntry
from atvsld.law.instruments import Instrument, read_instruments
from atvsld.law.reading import DataFolder, Label, Node

CENTRAL = "central"
UNITS = ("calendar", "working")


@dataclass(frozen=True, slots=True)
class Term:
    """The time given for one stage. `span` None: the article read names no time. `unit` is calendar or working days."""

    span: int | None
    unit: str
    citation: Citation
    status: Certainty
    note: str

    def said(self) -> Label:
        """`5 ngày làm việc`."""
        if self.span is None:
            return Label("Chưa đọc thấy thời hạn", "No time was read")
        if self.unit == "working":
            return Label(f"{self.span:02d} ngày làm việc", f"{self.span} working days")
        return Label(f"{self.span:02d} ngày", f"{self.span} days")


@dataclass(frozen=True, slots=True)
class Following:
    """What another body does after the decision, in its own time."""

    label: Label
    by: str
    term: Term


@dataclass(frozen=True, slots=True)
class Version:
    """What holds of a procedure over some days."""

    term: Term
    then: Following | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the dossier; `form` names the official form it is written on."""

    label: str
    form: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure and who takes it."""

    label: str
    by: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure. `decides` is a function of bodies, or `central` for a ministry. `fee` None: none was read of."""

    id: str
    label: Label
    field: str
    decides: str
    filing: str
    filing_citation: Citation | None
    who: Label | None
    fee: Label | None
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    versions: DatedSeries[Version]

    @property
    def local(self) -> bool:
        """Whether a body of the province decides."""
        return self.decides != CENTRAL

    def at(self, day: date) -> Version | None:
        """What holds on a day, None when nothing was read to hold then."""
        try:
            return self.versions.at(day).value
        except NotInForce:
            return None


@dataclass(frozen=True)
class Procedures:
    """All procedures with the words they use and the instruments they cite."""

    by_id: Mapping[str, Procedure]
    fields: Mapping[str, Label]
    filing: Mapping[str, Label]
    instruments: Mapping[str, Instrument]

    def __getitem__(self, procedure_id: str) -> Procedure:
        """A procedure; `UnknownEntry` when there is none of this id."""
        if procedure_id not in self.by_id:
            raise UnknownEntry(f"Không có thủ tục “{procedure_id}”.")
        return self.by_id[procedure_id]

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self.by_id.values())

    def unconfirmed(self) -> Iterator[Unconfirmed]:
        """Times not read in the official text, for the list of what is not confirmed."""
        for one in self:
            for held in one.versions:
                terms = [held.value.term, *([held.value.then.term] if held.value.then else [])]
                for term in terms:
                    if term.status is not Certainty.OFFICIAL:
                        label = f"{one.label.vi}: {term.said().vi}, từ {held.valid_from:%d/%m/%Y}"
                        yield Unconfirmed("procedure", one.id, label, term.status, str(term.citation), term.note)

    def cited(self, citation: Citation) -> str:
        """Article and number as a reader knows them: `Điều 16 khoản 2 Thông tư 16/2017/TT-BLĐTBXH`."""
        known = self.instruments[citation.instrument]
        named = known.number if known.number.lower().startswith(known.kind.lower()) else f"{known.kind} {known.number}"
        return f"{citation.locator} {named[:1].upper()}{named[1:]}".strip()


@lru_cache(maxsize=1)
def load_procedures() -> Procedures:
    """Read and checked once; `LawDataError` names file and entry."""
    folder = DataFolder(files("atvsld.casework.procedures") / "data")
    instruments = {**load_book().instruments, **read_instruments(folder)}
    root = folder.read("procedures.yaml")
    checked = root.day("checked_on")
    fields, filing = _words(root.node("fields")), _words(root.node("filing"))
    found = {}
    for node in root.nodes("procedures"):
        one = _procedure(node, checked, instruments)
        if one.field not in fields or one.filing not in filing:
            raise node.fail("“field” hoặc “filing” không có trong danh sách của tệp")
        found[one.id] = one
    root.done(None)
    return Procedures(found, fields, filing, instruments)


def _words(node: Node) -> dict[str, Label]:
    return node.done({name: node.label(name) for name in node.data})


def _procedure(node: Node, checked: date, known: Mapping[str, Instrument]) -> Procedure:
    name = node.text("id")
    entries = []
    for item in node.nodes("versions"):
        term = _term(item, known, Certainty.PROVISIONAL)
        after = item.maybe_node("then")
        value = Version(term, _following(after, known, term.status) if after else None)
        dated = Dated(item.day("from"), item.maybe_day("to"), value, term.citation, term.status, checked)
        entries.append(item.done(dated))
    try:
        series = DatedSeries(name, entries)
    except ValueError as error:
        raise node.fail(str(error)) from error
    made = Procedure(
        id=name,
        label=node.label("label"),
        field=node.text("field"),
        decides=node.text("decides"),
        filing=node.text("filing"),
        filing_citation=_cited(node, "filing_citation", known),
        who=node.label("who") if node.has("who") else None,
        fee=node.label("fee") if node.has("fee") else None,
        papers=tuple(item.done(Paper(item.text("label"), item.text("form", ""))) for item in node.nodes("papers")),
        steps=tuple(item.done(Step(item.text("label"), item.text("by"))) for item in node.nodes("steps")),
        versions=series,
    )
    return node.done(made)


def _following(node: Node, known: Mapping[str, Instrument], status: Certainty) -> Following:
    return node.done(Following(node.label("label"), node.text("by"), _term(node, known, status)))


def _term(node: Node, known: Mapping[str, Instrument], status: Certainty) -> Term:
    span = node.maybe_number("span")
    unit = node.one_of("unit", UNITS, "working")
    if span is not None and span < 1:
        raise node.fail("“span” phải là số ngày từ 1 trở lên")
    citation = node.citation()
    if citation.instrument not in known:
        raise node.fail(f"trích dẫn văn bản chưa khai báo {citation.instrument}")
    return Term(span, unit, citation, node.status(status), node.text("note", ""))


def _cited(node: Node, key: str, known: Mapping[str, Instrument]) -> Citation | None:
    inner = node.maybe_node(key)
    if inner is None:
        return None
    found = inner.done(Citation(inner.text("instrument"), inner.text("locator")))
    if found.instrument not in known:
        raise node.fail(f"trích dẫn văn bản chưa khai báo {found.instrument}")
    return found
