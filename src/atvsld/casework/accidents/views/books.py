"""The statistical books of accidents: which victims stand in them, and what is said of each.

Article 3 clause 1 of Circular 13/2020/TT-BLĐTBXH. The official columns could not be read; `Books.status` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models import Q, QuerySet

from atvsld.casework.accidents import codes, queries
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.rules import AGENTS, CAUSES, OCCUPATIONS
from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.periods import Period
from atvsld.kit.text import initials
from atvsld.law.reading import Label
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock

WITHOUT_CONTRACT = "none"
# What is found not to be an occupational accident stands in no book of them.
COUNTED = ("occupational", "article_39_2", "pending")


@dataclass(frozen=True, slots=True)
class Book:
    """One of the three books."""

    id: str
    title: Label
    keeper: Label
    citation: Citation


@dataclass(frozen=True, slots=True)
class Books:
    """All books, with how sure their columns are."""

    books: dict[str, Book]
    status: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One victim in a book; None and empty are not known. Money in đồng."""

    number: int
    case: AccidentCase
    occurred_at: datetime
    name: str
    birth_year: int | None
    sex: str
    occupation: str
    relation: str
    place: str
    agent: str
    cause: str
    severity: str
    days_lost: int | None
    cost: int | None
    damage: int | None
    conclusion: str


@cache
def load_books() -> Books:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "books.yaml").read_text(encoding="utf-8"))
    return Books(
        books={
            name: Book(
                name,
                Label(entry["title"]["vi"], entry["title"]["en"]),
                Label(entry["keeper"]["vi"], entry["keeper"]["en"]),
                Citation(entry["citation"]["instrument"], entry["citation"]["locator"]),
            )
            for name, entry in data["books"].items()
        },
        status=Certainty(data["status"]),
        note=data["note"],
    )


def victims(actor: Actor, book: str, period: Period, narrowed: Q) -> QuerySet[Victim]:
    """The victims that stand in a book for a period, within the actor's reach, by moment of the accident.

    Employer: people under a labour relation at establishments; commune: people without one; special: cases followed
    as a special field. `narrowed` is the establishment or the places the book is of.
    """
    kinds = {
        "employer": Q(case__establishment__isnull=False) & ~Q(labour_relation=WITHOUT_CONTRACT),
        "commune": Q(labour_relation=WITHOUT_CONTRACT),
        "special": Q(case__procedure_file__level="special"),
    }
    visible = queries.visible_victims(actor)
    within = visible.filter(narrowed, kinds[book], queries.in_period(period, "case__occurred_at"))
    counted = within.filter(case__conclusion__in=COUNTED)
    return counted.select_related("case", "case__place", "case__establishment").order_by(
        "case__occurred_at", "case_id", "position"
    )


def lines(found: Iterable[Victim], clear: dict[int, str] | None = None) -> Iterator[Line]:
    """The lines of a book. Names are initials and years of birth left out except for the victims in `clear`."""
    damaged: set[int] = set()
    for number, victim in enumerate(found, start=1):
        case = victim.case
        day = clock.local_day(case.occurred_at)
        # The damage of a case stands once, with its first victim in the book.
        damage = case.property_damage if case.pk not in damaged else None
        damaged.add(case.pk)
        known = clear is not None and victim.pk in clear
        yield Line(
            number=number,
            case=case,
            occurred_at=case.occurred_at,
            name=clear[victim.pk] if clear is not None and known else initials(victim.name or ""),
            birth_year=victim.birth_year if known else None,
            sex=str(victim.get_sex_display() or ""),
            occupation=_label(OCCUPATIONS, victim.occupation_code, day),
            relation=str(victim.get_labour_relation_display() or ""),
            place=case.place.name,
            agent=_label(AGENTS, case.injury_agent_code, day),
            cause=_label(CAUSES, case.cause_code, day),
            severity=str(victim.get_severity_display() or ""),
            days_lost=victim.days_lost,
            cost=_sum(victim.medical_cost, victim.wage_cost, victim.compensation_cost),
            damage=damage,
            conclusion=str(case.get_conclusion_display()),
        )


def _label(name: str, code: str | None, day: date) -> str:
    return codes.label(name, code, day) if code else ""


def _sum(*amounts: int | None) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
