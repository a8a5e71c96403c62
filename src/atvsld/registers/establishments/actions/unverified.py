"""Establishments met for the first time in somebody's file: kept, and marked as not yet verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from atvsld.kit.text import fold
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.actions.enterprises import provide_enterprises
from atvsld.registers.establishments.models import Establishment


@dataclass(frozen=True, slots=True)
class Met:
    """What a file says of an establishment the register does not have."""

    tax_code: str
    name: str
    place_id: int


def add_unverified(met: Iterable[Met]) -> dict[str, int]:
    """Add those whose tax code is new, within the act of the caller; tax code (bare digits) → primary key of all.

    One tax code met under several names keeps the first. Safe against a simultaneous import of the same code.
    """
    first = {tax_codes.normalise(item.tax_code): item for item in reversed(list(met))}
    known = set(Establishment.objects.filter(tax_code__in=first).values_list("tax_code", flat=True))
    new = [
        Establishment(
            tax_code=code,
            name=item.name,
            name_folded=fold(item.name),
            place_id=item.place_id,
            headquarters_place_id=item.place_id,
            verification=Establishment.Verification.UNVERIFIED,
        )
        for code, item in sorted(first.items())
        if code not in known
    ]
    provide_enterprises(new)
    Establishment.objects.bulk_create(new, ignore_conflicts=True)
    held = Establishment.objects.filter(tax_code__in=first)
    return dict(held.values_list("tax_code", Coalesce("merged_into_id", "pk")))
