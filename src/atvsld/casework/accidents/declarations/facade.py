"""All that outer rooms may ask about declarations of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from atvsld.casework.accidents.declarations import queries
from atvsld.casework.accidents.declarations.actions import read_persons, read_reporter, receive
from atvsld.casework.accidents.declarations.matching import candidates
from atvsld.casework.accidents.declarations.models import CaseMatch, Declaration
from atvsld.casework.accidents.declarations.notice import Notice, PersonFacts, Reporter
from atvsld.casework.accidents.declarations.queries import speaks_for_commune
from atvsld.casework.accidents.declarations.sealing import PERSONS, open_
from atvsld.casework.accidents.models import AccidentCase

__all__ = [
    "CommuneRecord", "Notice", "PersonFacts", "Reporter", "candidates", "commune_record", "declarations_of",
    "first_word", "read_persons", "read_reporter", "receive", "same_accident", "speaks_for_commune",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommuneRecord:
    """What a commune wrote down of an accident without labour contract, for its own record (biên bản ghi nhận).

    Personal facts are in clear: call it only for a paper the actor may issue, and record the reading. `reporter` is
    never part of it.
    """

    declaration: Declaration
    received_at: datetime
    source: str
    spot: str
    description: str
    details: dict[str, Any] = field(default_factory=dict)
    victims: tuple[dict[str, Any], ...] = ()
    persons: tuple[dict[str, Any], ...] = ()


def declarations_of(case: AccidentCase) -> QuerySet[Declaration]:
    """Every version of every declaration that stands with a case, as they came; who may see which is the caller's."""
    return queries.of_case(case)


def first_word(case: AccidentCase) -> Declaration | None:
    """The declaration that arrived first."""
    return queries.of_case(case).first()


def commune_record(case: AccidentCase) -> CommuneRecord | None:
    """The newest word taken by a commune, opened for its record; None when no commune took one."""
    taken = queries.of_case(case).filter(kind__in=["family", "other"], superseded_by__isnull=True).last()
    if taken is None:
        return None
    sealed = open_(taken.persons_sealed, purpose=PERSONS)
    return CommuneRecord(
        declaration=taken, received_at=taken.received_at, source=taken.get_kind_display(),
        spot=taken.content.get("spot", ""), description=taken.content.get("description", ""),
        details=dict(taken.content.get("details", {})), victims=tuple(sealed.get("victims", ())),
        persons=tuple(sealed.get("persons", ())),
    )  # fmt: skip


def same_accident(case: AccidentCase) -> AccidentCase | None:
    """The case that this one was found to be the same as; None when it stands for itself."""
    match = CaseMatch.objects.filter(other=case, verdict="same", undone_at__isnull=True).select_related("kept").first()
    return match.kept if match else None
