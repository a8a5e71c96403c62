"""A ledger: what one register of plain acts looks like, said once. Everything else follows from it.

    EVENTS = register(Ledger(word="outreach_event", model=OutreachEvent, …))

How to write one, step by step: `docs/dev/add-a-ledger.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Field, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from atvsld.kit.outcome import Problem
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.ui.pages import PageAction
from atvsld.registers.ledgers.models import LedgerRecord

R = TypeVar("R", bound=LedgerRecord)
Text = str | Promise
Choices = Iterable[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a heading, on the form and on the page of a record."""

    title: Text
    fields: tuple[str, ...]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A further part of a record's page: a heading and ready HTML."""

    title: Text
    content: SafeString
    icon: str = "list-details"


def _nothing(*_given: Any) -> Iterable[Any]:
    return ()


def _free(_record: Any) -> Text:
    return ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Ledger(Generic[R]):
    """One register. Names of fields are those of the model; labels, choices and limits are the model's too.

    `word`      the kind of evidence a record is (`law/data/programmes/words.yaml`); names the ledger everywhere
    `register`  the register of the plan it belongs to (same file)
    `app`       the namespace of its addresses; `slug` the Vietnamese word in them
    `noun`      one record, in the middle of a sentence; `title` many, as a heading
    `read`, `change`  permissions; `change` holds for the records of the own body or establishment alone
    `day`       the column by which a record falls into a period; `name` the one that names it
    `groups`    the form, in order; `columns` the table, in order (`owner`: whose record), `optional` those hidden first
    `filters`   fields one may narrow the list by, beside year, owner, days and place, which every list has
    """

    word: str
    register: str
    model: type[R]
    app: str
    slug: str
    noun: Text
    title: Text
    read: str
    change: str
    day: str
    name: str
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    icon: str = "list-details"
    # What the empty list says, and what stands under the title of the form.
    hint: Text = ""
    # The day may lie ahead: an act that is planned or announced.
    future: bool = False
    # The column of the last day, for what lasts (a person in office): it counts in every period it reaches into.
    until: str = ""
    # Whether a file may bring records; names that stand in no file (they need the page to choose).
    imported: bool = True
    # Words to choose from, for fields whose model cannot state them: field → (actor, today) → choices.
    choices: Mapping[str, Callable[[Actor, date], Choices]] = field(default_factory=dict)
    # What must hold between the fields: (values by field name, today) → problems, `column` naming the field.
    checks: tuple[Callable[[Mapping[str, Any], date], Iterable[Problem]], ...] = ()
    # Sets columns that follow from others; called before every writing.
    derive: Callable[[R], None] = lambda _record: None
    # Why a record may no longer be changed or withdrawn; empty while it may.
    locked: Callable[[R], Text] = _free
    # Within the act, after the record was written: `done` is "entered", "changed" or "withdrawn".
    after: Callable[[Act, R, str], None] = lambda _act, _record, _done: None
    # Of the room itself, on the page of a record.
    extra_actions: Callable[[Actor, R], Iterable[PageAction]] = _nothing
    extra_panels: Callable[[Actor, R], Iterable[Panel]] = _nothing
    # Above the list: the records shown → panels (`bars.bars`); None is passed over.
    above: Callable[[QuerySet[R]], Iterable[Panel | None]] = _nothing

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the form, in order."""
        return tuple(name for group in self.groups for name in group.fields)

    def field(self, name: str) -> Field[Any, Any]:
        """A field of the model; FieldDoesNotExist for a wrong name."""
        found: Field[Any, Any] = self.model._meta.get_field(name)  # type: ignore[assignment]  # noqa: SLF001
        return found

    def address(self, page: str = "list", *args: Any) -> str:
        """The address of a page: `list`, `new`, or with a public id `record`, `change`, `withdraw`, `attach`."""
        return reverse(self.route(page), args=args)

    def route(self, page: str) -> str:
        """The name of a page's route."""
        return f"{self.app}:{self.slug}-{page}"


_LEDGERS: dict[str, Ledger[Any]] = {}


def register(ledger: Ledger[R]) -> Ledger[R]:
    """Make a ledger known: its pages, its evidence, its file. ValueError for a word that is taken or a wrong name."""
    from atvsld.registers.ledgers import intake, proving

    if ledger.word in _LEDGERS:
        raise ValueError(f"{ledger.word} is registered twice")
    _LEDGERS[ledger.word] = ledger
    proving.prove_by(ledger)
    if ledger.imported:
        intake.bring(ledger)
    return ledger


def ledger_of(word: str) -> Ledger[Any] | None:
    """The ledger of a word; None when there is none."""
    return _LEDGERS.get(word)


def ledgers(app: str = "") -> tuple[Ledger[Any], ...]:
    """Every ledger, or those of one app, in the order they were registered."""
    return tuple(ledger for ledger in _LEDGERS.values() if app in ("", ledger.app))
