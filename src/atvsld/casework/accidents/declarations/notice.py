"""What somebody tells of an accident, before it is a record; the same whether it comes by page, phone or system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from atvsld.casework.accidents.drafts import VictimDraft

# Most people one notice can speak of; beyond it somebody mistyped.
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who told. Protected by law (Luật 84/2015 Điều 34 khoản 2): sealed, and hidden from the employer side always."""

    name: str = ""
    phone: str = ""
    relation: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What a commune writes down of one victim beyond the statistical facts; sealed with the rest."""

    identity_number: str = ""
    address: str = ""
    occupation: str = ""
    work: str = ""
    employed_by: str = ""
    trained: bool | None = None
    voluntary_insurance: bool | None = None
    treated_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice. Counts are of people; `victims` are those of whom more than the severity is known, worst first.

    `establishment_id` None with an empty `establishment_text` says there is no establishment. `details` are further
    plain fields of the legal form (never personal data); `notified_at` None means: when it is received.
    """

    kind: str
    channel: str
    occurred_at: datetime
    place_id: int
    spot: str = ""
    known_at: datetime | None = None
    notified_at: datetime | None = None
    establishment_id: int | None = None
    establishment_text: str = ""
    dead: int = 0
    severe: int = 0
    minor: int = 0
    unclear: int = 0
    labour_relation: str | None = None
    description: str = ""
    cause_code: str | None = None
    injury_agent_code: str | None = None
    property_damage: int | None = None
    reporter: Reporter = field(default_factory=Reporter)
    victims: tuple[VictimDraft, ...] = ()
    persons: tuple[PersonFacts, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return self.dead + self.severe + self.minor + self.unclear

    def people_drafts(self) -> tuple[VictimDraft, ...]:
        """One draft for each person counted: the known ones first, the rest with nothing but their severity."""
        left = {"fatal": self.dead, "severe": self.severe, "minor": self.minor, None: self.unclear}
        for victim in self.victims:
            left[victim.severity] = left.get(victim.severity, 0) - 1
        placeholders = (
            VictimDraft(severity=severity, labour_relation=self.labour_relation)
            for severity, count in left.items()
            for _one in range(max(count, 0))
        )
        return (*self.victims, *placeholders)

    def plain(self) -> dict[str, Any]:
        """The whole notice as JSON values, reporter and persons included; sealed before it is stored."""
        stated = asdict(self)
        for name in ("occurred_at", "known_at", "notified_at"):
            stated[name] = stated[name].isoformat() if stated[name] else None
        return stated
