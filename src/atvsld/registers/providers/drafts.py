"""What somebody states about a service provider, before it is a record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from atvsld.kit.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDraft:
    """The facts of a provider. `place_id` is a commune's primary key, None for a head office elsewhere."""

    name: str
    tax_code: str = ""
    head: str = ""
    place_id: int | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    ceased_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationDraft:
    """A paper as read. `scopes` are codes of the law book's list of the kind; `valid_to` None when it states no end."""

    kind: str
    form: str
    valid_from: date
    class_name: str = ""
    number: str = ""
    issuer: str = ""
    valid_to: date | None = None
    scopes: tuple[str, ...] = ()


def columns(draft: ProviderDraft) -> dict[str, Any]:
    """The draft as column values: name folded, tax code bare or none."""
    values = asdict(draft)
    values["name"] = " ".join(draft.name.split())
    values["name_folded"] = fold(draft.name)
    values["tax_code"] = "".join(draft.tax_code.replace("-", "").split()) or None
    return values
