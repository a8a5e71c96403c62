"""Reading `data/programmes/` strictly; every error names its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty
from atvsld.law.book import LawBook, load_book
from atvsld.law.errors import LawDataError
from atvsld.law.instruments import read_instruments
from atvsld.law.programme import Clause, ClauseKind, Holder, Level, Programme, Programmes, Section
from atvsld.law.programme_check import Surroundings, problems
from atvsld.law.programme_words import read_vocabulary
from atvsld.law.reading import DataFolder, Label, Node

_HEADER = "programme.yaml"


@lru_cache(maxsize=4)
def load_programmes(root: Traversable | None = None) -> Programmes:
    """The programmes of the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "programmes" if root is None else root)
    return read_programmes(folder, load_book())


def read_programmes(folder: DataFolder, book: LawBook) -> Programmes:
    """The programmes of a data folder against a law book; `LawDataError` names the entry that is wrong."""
    words = read_vocabulary(folder)
    instruments = {**read_instruments(folder), **book.instruments}
    ids = [name.split("/")[0] for name in folder.contents if name.endswith(f"/{_HEADER}")]
    found = {programme_id: _programme(folder, programme_id) for programme_id in ids}
    around = Surroundings(words, book, instruments, found)
    for programme in found.values():
        for problem in problems(programme, around):
            raise LawDataError(f"{programme.id}/", problem.value or _HEADER, f"{problem.column}: {problem}")
        for label in _labels(programme):
            if not label.en:
                raise LawDataError(f"{programme.id}/", "en", f"thiếu tiếng Anh của “{label.vi}”")
    return Programmes(words, instruments, found)


def _labels(programme: Programme) -> Iterator[Label]:
    yield programme.title
    yield from (section.title for section in programme.sections)
    yield from (clause.text for clause in programme.clauses)


def _programme(folder: DataFolder, programme_id: str) -> Programme:
    root = folder.read(f"{programme_id}/{_HEADER}")
    root.day("checked_on")
    node = root.node("programme")
    status = node.status()
    nodes = list(root.nodes("sections"))
    for name in root.texts("files"):
        more = folder.read(f"{programme_id}/{name}")
        more.day("checked_on")
        nodes.extend(more.nodes("sections"))
        more.done(None)
    sections = tuple(_section(item, status) for item in nodes)
    standing = node.maybe_text("standing")
    root.done(None)
    return node.done(
        Programme(
            id=programme_id,
            level=Level(node.one_of("level", [level.value for level in Level])),
            title=node.label("title"),
            instrument=node.maybe_text("instrument"),
            number=node.text("number", ""),
            issuer=node.text("issuer"),
            issued_on=node.maybe_day("issued_on"),
            valid_from=node.day("valid_from"),
            valid_to=node.maybe_day("valid_to"),
            carries_out=node.texts("carries_out"),
            standing=standing,
            complete=node.flag("complete", default=False),
            status=status,
            note=node.text("note", ""),
            sections=sections,
        )
    )


def _section(node: Node, status: Certainty) -> Section:
    section_id, named = node.text("id"), node.flag("named", default=True)
    holders = _holders(node, named=named)
    clauses = tuple(_clause(item, section_id, holders, status, named=named) for item in node.nodes("clauses"))
    return node.done(
        Section(section_id, node.label("title"), node.maybe_number("paragraphs") or 0, clauses, node.text("note", ""))
    )


def _holders(node: Node, *, named: bool) -> tuple[Holder, ...]:
    """Words, or mappings where a holder has days or another source; who is not named in the text is provisional."""
    given = node.raw("holders") or []
    if not isinstance(given, list):
        raise node.fail("“holders” phải là danh sách")
    node.data["holders"] = [{"holder": item} if isinstance(item, str) else item for item in given]
    return tuple(_holder(item, named=named) for item in node.nodes("holders"))


def _holder(node: Node, *, named: bool) -> Holder:
    named = node.flag("named", default=named)
    return node.done(
        Holder(
            word=node.text("holder"),
            named=named,
            valid_from=node.maybe_day("from"),
            valid_to=node.maybe_day("to"),
            status=node.status(Certainty.OFFICIAL if named else Certainty.PROVISIONAL),
            citation=node.citation() if node.has("citation") else None,
        )
    )


def _clause(node: Node, section: str, holders: tuple[Holder, ...], status: Certainty, *, named: bool) -> Clause:
    own = _holders(node, named=named)
    lists: Mapping[str, tuple[str, ...]] = {
        name: node.texts(name)
        for name in ("supporting", "due", "watches", "measures", "evidence", "targets", "carries", "groups", "sectors")
    }
    return node.done(
        Clause(
            id=node.text("id"),
            section=section,
            paragraph=node.maybe_number("paragraph"),
            text=node.label("text"),
            kind=ClauseKind(node.one_of("kind", [kind.value for kind in ClauseKind])),
            holders=own or holders,
            valid_from=node.maybe_day("valid_from"),
            valid_to=node.maybe_day("valid_to"),
            status=node.status(status),
            note=node.text("note", ""),
            **lists,
        )
    )
