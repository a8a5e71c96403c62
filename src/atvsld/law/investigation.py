"""Investigation of an accident: who sits in the team, who is asked to the meeting, who gets the minutes, what stays.

Every entry is dated and cited (Law 84/2015 Art. 35; Decree 39/2016 Art. 11–16, 18). Which entries apply follows from
the level of the investigation and the facts of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.kit.text import format_date
from atvsld.law.book import LawBook
from atvsld.law.errors import UnknownEntry
from atvsld.law.instruments import Instrument, read_instruments
from atvsld.law.reading import DataFolder, Label, Node

LEVELS = ("establishment", "commune", "province", "central")
LISTS = ("members", "invitees", "recipients", "dossier", "postings", "retention")
CONDITIONS = ("contract", "informal", "fatal", "outside_employer", "hq_elsewhere", "special")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case decides: labour contracts among the victims, a death, other employers, the seat, the field."""

    contract: bool = False
    informal: bool = False
    fatal: bool = False
    outside_employer: bool = False
    hq_elsewhere: bool = False
    special: bool = False

    def holds(self, condition: str) -> bool:
        if condition.startswith("not_"):
            return not self.holds(condition.removeprefix("not_"))
        return bool(getattr(self, condition))


@dataclass(frozen=True, slots=True)
class InvestigationRule:
    """One entry of a list. Empty `levels`: at every level. `per` says for whom it is repeated: `victim`, `agency`.

    `present` marks whose absence stops a meeting; `leader` whose part it is to lead; `except_for` the legal exception;
    `years` how long papers are kept.
    """

    id: str
    label: Label
    levels: tuple[str, ...]
    conditions: tuple[str, ...]
    required: bool
    per: str
    leader: bool
    present: bool
    except_for: str
    years: int | None
    valid_from: date
    valid_to: date | None
    citation: Citation
    status: Certainty
    note: str

    def applies(self, level: str, facts: CaseFacts, on: date) -> bool:
        in_force = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return in_force and (not self.levels or level in self.levels) and all(map(facts.holds, self.conditions))


class InvestigationRules:
    """The lists, read once."""

    def __init__(
        self, lists: Mapping[str, tuple[InvestigationRule, ...]], instruments: Mapping[str, Instrument]
    ) -> None:
        self.lists = dict(lists)
        self.instruments = dict(instruments)

    def entries_of(self, name: str, *, level: str, facts: CaseFacts, on: date) -> tuple[InvestigationRule, ...]:
        """The entries of a list (`members`, `invitees`, `recipients`, `dossier`, `postings`, `retention`)."""
        return tuple(entry for entry in self.lists[name] if entry.applies(level, facts, on))

    def find(self, name: str, rule_id: str, *, on: date | None = None) -> InvestigationRule:
        """An entry by id, that of the day when it changed. `UnknownEntry` when no list has it."""
        found = [entry for entry in self.lists[name] if entry.id == rule_id]
        dated = [entry for entry in found if on and entry.valid_from <= on and on <= (entry.valid_to or on)]
        if not found:
            raise UnknownEntry(f"Quy tắc điều tra không có mục “{rule_id}” trong “{name}”.")
        return (dated or found)[-1]

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation, note of everything, for the list of what is not confirmed."""
        for name, entries in self.lists.items():
            for entry in entries:
                label = f"{entry.label.vi} (từ {format_date(entry.valid_from)})"
                yield f"investigation_{name}", entry.id, label, entry.status, str(entry.citation), entry.note


def retained_until(rule: InvestigationRule, start: date) -> date | None:
    """The last day on which papers must still be kept; None when the rule names an event and not a number of years."""
    if rule.years is None:
        return None
    try:
        return start.replace(year=start.year + rule.years)
    except ValueError:  # 29 February
        return date(start.year + rule.years, 3, 1)


def worded(book: LawBook, text: str, *, on: date) -> str:
    """A label with the bodies named in braces under the names they bear on a day."""
    for key in book.names:
        mark = f"{{{key}}}"
        if mark in text:
            try:
                name = book.name_of(key, on=on)
            except NotInForce:
                name = book.names[key].series.entries[-1].value
            text = text.replace(mark, name)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4)
def load_investigation_rules(root: Traversable | None = None) -> InvestigationRules:
    """The rules from the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "investigation" if root is None else root)
    instruments = read_instruments(folder)
    file = folder.read("rules.yaml")
    file.day("checked_on")
    lists = {name: tuple(_read(file.nodes(name), instruments)) for name in LISTS}
    return file.done(InvestigationRules(lists, instruments))


def _read(nodes: Iterable[Node], instruments: Mapping[str, Instrument]) -> Iterator[InvestigationRule]:
    for node in nodes:
        levels, conditions = node.texts("levels"), node.texts("for")
        if unknown := set(levels) - set(LEVELS):
            raise node.fail(f"không có cấp {', '.join(sorted(unknown))}")
        if unknown := {condition.removeprefix("not_") for condition in conditions} - set(CONDITIONS):
            raise node.fail(f"không có điều kiện {', '.join(sorted(unknown))}")
        citation = node.citation()
        if citation.instrument not in instruments:
            raise node.fail(f"trích dẫn văn bản chưa khai báo {citation.instrument}")
        yield node.done(
            InvestigationRule(
                id=node.text("id"), label=node.label("label"), levels=levels, conditions=conditions,
                required=node.flag("required", default=True), per=node.text("per", ""),
                leader=node.flag("leader", default=False), present=node.flag("present", default=False),
                except_for=node.text("except", ""), years=node.maybe_number("years"), valid_from=node.day("from"),
                valid_to=node.maybe_day("to"), citation=citation, status=node.status(), note=node.text("note", ""),
            )
        )  # fmt: skip
