"""What a person or a system states about a case and its victims, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
    """The case's own facts. `place_id` and `establishment_id` are primary keys; money in đồng; None = not known."""

    occurred_at: datetime
    place_id: int
    establishment_id: int | None = None
    conclusion: str = "pending"
    cause_code: str | None = None
    injury_agent_code: str | None = None
    property_damage: int | None = None
    description: str = ""
    case_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimDraft:
    """One victim's facts. Money in đồng, `days_lost` in days, `injury_codes` as text; None = not known."""

    name: str = ""
    birth_year: int | None = None
    sex: str | None = None
    occupation_code: str | None = None
    labour_relation: str | None = None
    severity: str | None = None
    injury_codes: tuple[str, ...] = ()
    managed: bool | None = None
    days_lost: int | None = None
    medical_cost: int | None = None
    wage_cost: int | None = None
    compensation_cost: int | None = None


def columns(draft: CaseDraft | VictimDraft) -> dict[str, Any]:
    """The draft as column values of its table."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    if "injury_codes" in values:
        values["injury_codes"] = list(values["injury_codes"])
    return values


def differs(draft: CaseDraft | VictimDraft, record: Any) -> bool:
    """Whether a stored record says anything else than the draft."""
    return any(getattr(record, name) != value for name, value in columns(draft).items())
