"""What somebody states about a worker, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from atvsld.kit.text import fold
from atvsld.registers.workers import identity_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDraft:
    """The facts of a person. `identity_number` None leaves the number held as it is, an empty text takes it away."""

    name: str
    birth_date: date | None = None
    sex: str | None = None
    identity_kind: str = ""
    identity_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentDraft:
    """Work for an establishment, or in a commune (primary keys). Days inclusive, None when not known."""

    establishment_id: int | None = None
    place_id: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    occupation_code: str = ""
    job_title: str = ""
    labour_relation: str = ""


def columns(draft: WorkerDraft) -> dict[str, Any]:
    """The draft as column values; the identity columns only when the draft speaks of the number."""
    values: dict[str, Any] = {
        "name": " ".join(draft.name.split()),
        "name_folded": fold(draft.name),
        "birth_date": draft.birth_date,
        "sex": draft.sex or None,
    }
    if draft.identity_number is not None:
        sealed, found_by = identity_numbers.seal(draft.identity_number)
        values |= {"identity_sealed": sealed, "identity_fingerprint": found_by}
        values["identity_kind"] = (draft.identity_kind or "other") if sealed else ""
    return values
