"""What is stated of an incident, before it is a record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from atvsld.kit.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDraft:
    """The facts of one incident; moments are aware, ids are primary keys, the damage is in đồng."""

    occurred_at: datetime
    place_id: int
    object_kind: str
    object_name: str
    description: str
    known_at: datetime | None = None
    received_at: datetime | None = None
    establishment_id: int | None = None
    object_number: str = ""
    measures: str = ""
    sector_law: str = "none"
    many_places: bool = False
    outsiders_dead: int = 0
    outsiders_severe: int = 0
    casualties_unclear: bool = False
    damage: int | None = None
    accident_case_id: int | None = None


def columns(draft: IncidentDraft) -> dict[str, Any]:
    """The model's columns as the draft states them."""
    return asdict(draft) | {"object_folded": fold(draft.object_name)}
