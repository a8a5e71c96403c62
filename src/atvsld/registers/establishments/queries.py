"""Establishments as somebody may see them."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.establishments.policy import ESTABLISHMENTS, READ
from atvsld.registers.places import tree


def visible(actor: Actor, permission: str = READ, *, merged: bool = False) -> QuerySet[Establishment]:
    """The establishments on which the actor holds a permission; with `merged`, those absorbed by another too."""
    held = Establishment.objects.all() if merged else Establishment.objects.filter(merged_into=None)
    return ESTABLISHMENTS.restrict(held, actor, permission)


def search(queryset: QuerySet[Establishment], text: str) -> QuerySet[Establishment]:
    """By part of the name, with or without tone marks, or by the beginning of the tax code."""
    folded = fold(text)
    found = Q(name_folded__contains=folded)
    if (digits := tax_codes.normalise(text)).isdigit():
        found |= Q(tax_code__startswith=digits)
    return queryset.filter(found)


def within(queryset: QuerySet[Establishment], place: int) -> QuerySet[Establishment]:
    """Those that work on the ground of a place (primary key), whatever unit of that ground they are kept under."""
    return queryset.filter(place_id__in=tree.current().territory(place))


def with_workers(queryset: QuerySet[Establishment]) -> QuerySet[Establishment]:
    """Adds `workers`: those of the latest year stated, NULL when none is."""
    latest = WorkforceYear.objects.filter(establishment=OuterRef("pk")).order_by("-year").values("workers")[:1]
    return queryset.annotate(workers=Subquery(latest))
