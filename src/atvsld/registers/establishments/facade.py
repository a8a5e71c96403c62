"""All that outer rings may ask of the register of establishments."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments import queries, tax_codes
from atvsld.registers.establishments.actions.unverified import Met, add_unverified
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.zones import managing_authority

__all__ = ["Met", "add_unverified", "find", "managing_authority", "match_tax_codes", "visible"]


def match_tax_codes(codes: Iterable[str]) -> dict[str, int]:
    """Tax codes as given → primary key, for those the register knows; separators do not matter."""
    digits = {code: tax_codes.normalise(code) for code in codes}
    known = Establishment.objects.filter(tax_code__in=set(digits.values()))
    # The code of an establishment merged into another leads to the one that was kept.
    held = dict(known.values_list("tax_code", Coalesce("merged_into_id", "pk")))
    return {code: held[bare] for code, bare in digits.items() if bare in held}


def visible(actor: Actor) -> QuerySet[Establishment]:
    """The establishments the actor may see."""
    return queries.visible(actor)


def find(actor: Actor, text: str, limit: int = 20) -> list[Establishment]:
    """The first few visible establishments whose name or tax code fits a text."""
    return list(queries.search(queries.visible(actor), text).order_by("name_folded")[:limit])
