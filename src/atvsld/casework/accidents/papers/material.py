"""The facts of a case as papers need them: plain values, in Vietnamese, with protected ones in clear.

The only place of this room that knows the records of the inner rooms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone, translation

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.declarations import facade as declarations
from atvsld.casework.accidents.investigation import facade as investigation
from atvsld.casework.accidents.investigation.facade import ExpertiseView, Material, MinutesView, StatementView
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES, OCCUPATIONS
from atvsld.law import load_book
from atvsld.platform.acts import clock
from atvsld.registers.establishments import labels
from atvsld.registers.places import tree

Part = TypeVar("Part", StatementView, MinutesView, ExpertiseView)


@dataclass(frozen=True, slots=True)
class Person:
    """One victim. What is not known is empty or None."""

    id: int
    position: int
    name: str
    birth_year: int | None
    sex: str
    occupation: str
    relation: str
    severity: str
    severity_label: str
    injuries: tuple[str, ...]
    managed: bool | None
    days_lost: int | None
    medical_cost: int | None
    wage_cost: int | None
    compensation_cost: int | None


@dataclass(frozen=True, slots=True)
class Employer:
    """The establishment of the case."""

    name: str
    tax_code: str
    address: str
    phone: str
    email: str
    industry: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a paper may say of a case; statement, minutes and expertise are those it is about."""

    case: AccidentCase
    number: str
    day: date
    occurred_at: datetime
    place: str
    commune: str
    spot: str
    course: str
    cause: str
    agent: str
    damage: int | None
    victims: tuple[Person, ...]
    employer: Employer | None
    level: str
    investigation: Material | None
    statement: StatementView | None
    minutes: MinutesView | None
    expertise: ExpertiseView | None
    reported_at: datetime | None
    ministry: str
    department: str
    police: str
    on: date

    def count(self, severity: str) -> int:
        return sum(person.severity == severity for person in self.victims)


def facts_of(case: AccidentCase, victims: Sequence[Victim], *, part: str, on: date) -> Facts:
    """The facts on a day, in Vietnamese whatever the reader's language. `victims` were read by the caller's right."""
    with translation.override("vi"):
        return _facts(case, victims, part, on)


def _facts(case: AccidentCase, victims: Sequence[Victim], part: str, on: date) -> Facts:
    day = clock.local_day(case.occurred_at)
    held = investigation.material(case, clear=True)
    first = declarations.first_word(case)
    file = file_of(case)
    book = load_book()
    return Facts(
        case=case, number=case.number, day=day, occurred_at=timezone.localtime(case.occurred_at),
        place=_place(case.place_id, day), commune=tree.current().nodes[case.place_id].name,
        spot=str(first.content.get("spot", "")) if first else "", course=case.description,
        cause=codes.label(CAUSES, case.cause_code, day), agent=codes.label(AGENTS, case.injury_agent_code, day),
        damage=case.property_damage, victims=tuple(_person(victim, day) for victim in victims),
        employer=_employer(case), level=(file.level if file else "") or "", investigation=held,
        statement=_chosen(held.statements, part) if held else None,
        minutes=(_chosen(held.minutes, part) or held.writing or held.in_force) if held else None,
        expertise=_chosen(held.expertises, part) if held else None,
        reported_at=timezone.localtime(first.received_at) if first else None,
        ministry=book.name_of("labour_ministry", on=on), department=book.name_of("labour_department", on=on),
        police=book.name_of("district_police", on=on), on=on,
    )  # fmt: skip


def _person(victim: Victim, day: date) -> Person:
    return Person(
        id=victim.pk, position=victim.position, name=victim.name, birth_year=victim.birth_year,
        sex=str(victim.get_sex_display() or ""), occupation=codes.label(OCCUPATIONS, victim.occupation_code, day),
        relation=str(victim.get_labour_relation_display() or ""), severity=victim.severity or "",
        severity_label=str(victim.get_severity_display() or ""),
        injuries=tuple(codes.label(INJURIES, code, day) for code in victim.injury_codes), managed=victim.managed,
        days_lost=victim.days_lost, medical_cost=victim.medical_cost, wage_cost=victim.wage_cost,
        compensation_cost=victim.compensation_cost,
    )  # fmt: skip


def _employer(case: AccidentCase) -> Employer | None:
    held = case.establishment
    if held is None:
        return None
    trade = labels.industry(held.industry_version, held.industry_code) if held.industry_code else ""
    return Employer(held.name, held.tax_code, held.address, held.phone, held.email, trade)


def _place(place_id: int, day: date) -> str:
    """The unit of the day with all it belonged to."""
    graph = tree.current()
    return ", ".join([graph.nodes[place_id].name, *(up.name for up in graph.ancestors(place_id, day))])


def _chosen(found: Sequence[Part], part: str) -> Part | None:
    return next((one for one in found if one.id == part), None)
