"""What a person or a system states about an establishment, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from atvsld.kit.text import fold
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.models import Establishment


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentDraft:
    """The facts of an establishment. Places are primary keys; an empty text means not known."""

    tax_code: str
    name: str
    place_id: int
    headquarters_place_id: int | None = None
    address: str = ""
    industry_version: str = ""
    industry_code: str = ""
    ownership_type: str = ""
    phone: str = ""
    email: str = ""
    verification: str = Establishment.Verification.VERIFIED
    closed_on: date | None = None


def columns(draft: EstablishmentDraft) -> dict[str, Any]:
    """The draft as column values: code as bare digits, name folded, head office where it works if not stated."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values["tax_code"] = tax_codes.normalise(draft.tax_code)
    values["name"] = " ".join(draft.name.split())
    values["name_folded"] = fold(draft.name)
    values["headquarters_place_id"] = draft.headquarters_place_id or draft.place_id
    return values


def draft_of(record: Establishment) -> EstablishmentDraft:
    """The facts of a stored establishment, to change some of them."""
    return EstablishmentDraft(**{field.name: getattr(record, field.name) for field in fields(EstablishmentDraft)})
