"""The hazard profile of an establishment in words: what is there on a day, what was, and which lists it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from atvsld.kit.certainty import Certainty
from atvsld.law.hazards import load_hazards
from atvsld.law.reading import Label
from atvsld.registers.establishments.models import Establishment, HazardFact
from atvsld.registers.establishments.models.hazard import Kind


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one kind: those of the day asked for, then those that ended before it."""

    label: str
    counts: str
    source: str
    status: Certainty
    note: str
    now: Sequence[tuple[HazardFact, str]]
    former: Sequence[tuple[HazardFact, str]]
    total: int | None


def profile(establishment: Establishment, *, on: date) -> list[Section]:
    """Every kind with its entries; `total` adds up the counts known, None when none is."""
    held: dict[str, list[HazardFact]] = {}
    for fact in establishment.hazards.order_by("-valid_from", "pk"):
        held.setdefault(fact.kind, []).append(fact)
    return [_section(kind, held.get(kind, []), on) for kind in Kind.values]


def words(fact: HazardFact) -> str:
    """The entry as the catalogue and the establishment name it."""
    item = load_hazards()[fact.kind].items.get(fact.code)
    label = _said(item.label) if item is not None else fact.code
    return ": ".join(filter(None, (label, fact.description)))


def _section(kind: str, facts: Sequence[HazardFact], on: date) -> Section:
    hazards = load_hazards()
    catalogue = hazards[kind]
    instrument = hazards.instruments[catalogue.citation.instrument]
    now = [fact for fact in facts if fact.valid_to is None or fact.valid_to >= on]
    counts = [fact.count for fact in now if fact.count is not None]
    return Section(
        label=str(Kind(kind).label),
        counts=_said(catalogue.counts),
        source=f"{catalogue.citation.locator} {instrument.kind.capitalize()} {instrument.number}".strip(),
        status=catalogue.status,
        note=catalogue.note,
        now=[(fact, words(fact)) for fact in now],
        former=[(fact, words(fact)) for fact in facts if fact not in now],
        total=sum(counts) if counts else None,
    )


def _said(label: Label) -> str:
    return (label.en if (get_language() or "").startswith("en") else None) or label.vi
