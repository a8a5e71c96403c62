"""What papers there are, and where their facts come from. Stated by outer rooms in their `paper_kinds.py`.

serve(AccidentSource())                       # once for a context
register(PaperKind("accident-decision", …))   # each kind of it
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.utils.functional import Promise

from atvsld.documents.model import Document
from atvsld.kit.certainty import Certainty
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.papers.models import Paper

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the paper that people write: one `line`, a `text` of several, or a `date` (kept as ISO 8601)."""

    name: str
    label: Text
    kind: Literal["line", "text", "date"] = "text"
    required: bool = False
    help: Text = ""
    rows: int = 5


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name an official Word template may use for a fact of the record. `keys`: it is a list of rows with these."""

    name: str
    label: Text
    keys: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    title: as printed ("Quyết định") and `about` what follows it in lists; citation: the article that asks for it;
    status: how sure its wording is – anything but `OFFICIAL` prints a mark until an official template is uploaded;
    symbol: the abbreviation in its number ("QĐ"); form: the official form it stands for; build: facts and fields to
    a document without letterhead and signature (the room of papers adds them); values: facts for a template; letter:
    a công văn, whose subject stands under its number instead of a title.
    """

    code: str
    title: Text
    citation: str
    status: Certainty
    fields: tuple[Field, ...]
    build: Callable[[Any, Mapping[str, str]], Document]
    letter: bool = False
    context: str = ""
    about: Text = ""
    symbol: str = ""
    form: str = ""
    placeholders: tuple[Placeholder, ...] = ()
    values: Callable[[Any, Mapping[str, str]], Mapping[str, Any]] | None = None

    @property
    def series(self) -> str:
        """What its numbers run with: papers of one abbreviation, or letters."""
        return self.symbol or ("letter" if self.letter else self.code[:40])

    @property
    def label(self) -> str:
        return f"{self.title} {self.about}".strip()


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that may be drafted: its kind, the part of the record it would be about, and what tells parts apart."""

    kind: PaperKind
    part: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: a key by which numbers run, and what a letterhead prints. All but the key can be edited."""

    key: str
    name: str
    parent: str = ""
    place: str = ""
    symbol: str = ""
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where the record of a paper stands: its name, address and reach."""

    label: str
    url: str
    place_id: int | None = None
    establishment_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Source(ABC):
    """The records of a context and what may be done with papers about them.

    `needs` is the permission without which nobody of this context drafts or issues anything; the methods decide on
    the loaded record.
    """

    context: str
    needs: str

    @abstractmethod
    def find(self, actor: Actor, subject: str) -> Any | None:
        """The record, when the actor may see it at all."""

    @abstractmethod
    def home(self, record: Any) -> Home:
        """Where it stands."""

    @abstractmethod
    def offered(self, actor: Actor, record: Any) -> list[Offer]:
        """What this person may draft about this record now."""

    @abstractmethod
    def may_write(self, actor: Actor, kind: PaperKind, record: Any) -> bool:
        """Whether this person may draft, edit and issue this kind about this record."""

    @abstractmethod
    def may_read(self, actor: Actor, paper: Paper, record: Any) -> bool:
        """Whether this person may know of the paper at all (number, day, state)."""

    @abstractmethod
    def material(self, act: Act, kind: PaperKind, record: Any, part: str) -> Any:
        """The facts `build` needs, with protected ones in clear: leaves its mark as a reading, or raises `Refused`."""

    @abstractmethod
    def reads(self, act: Act, kind: PaperKind, record: Any) -> None:
        """Leave the mark of a reading of an issued file, or raise `Refused`."""

    @abstractmethod
    def issuer(self, act: Act, kind: PaperKind, record: Any) -> Issuer:
        """Who would issue it on the day of the act."""

    @abstractmethod
    def prefill(self, kind: PaperKind, material: Any, on: date) -> dict[str, str]:
        """What the record already says of the kind's fields."""

    @abstractmethod
    def within(self, actor: Actor) -> Q:
        """The papers of this context whose record lies in the actor's reach (columns of `Paper`)."""


_KINDS: dict[str, PaperKind] = {}
_SOURCES: dict[str, Source] = {}


def register(kind: PaperKind) -> PaperKind:
    """Make a kind known. ValueError when its code stands for another."""
    if _KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"{kind.code} is registered twice")
    return kind


def serve(source: Source) -> None:
    """Make the records of a context known."""
    _SOURCES.setdefault(source.context, source)


def kind_of(code: str) -> PaperKind:
    """The kind by its code. KeyError for none."""
    return _KINDS[code]


def kinds(context: str = "") -> Iterable[PaperKind]:
    """All kinds, or those of a context, as registered."""
    return [kind for kind in _KINDS.values() if context in ("", kind.context)]


def source_of(context: str) -> Source:
    """The source of a context. KeyError for none."""
    return _SOURCES[context]


def sources() -> Iterable[Source]:
    return _SOURCES.values()
