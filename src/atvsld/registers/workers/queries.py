"""Workers as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.workers import identity_numbers
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.policy import READ, WORKERS

# Shorter texts are parts of names, not identity numbers.
SHORTEST_NUMBER = 8


def visible(actor: Actor, permission: str = READ) -> QuerySet[Worker]:
    """The workers on whom the actor holds a permission."""
    return WORKERS.restrict(Worker.objects.all(), actor, permission)


def search(queryset: QuerySet[Worker], text: str) -> QuerySet[Worker]:
    """By part of the name, with or without tone marks, or by the whole identity number (through its keyed hash)."""
    found = Q(name_folded__contains=fold(text))
    number = identity_numbers.normalise(text)
    if len(number) >= SHORTEST_NUMBER and any(letter.isdigit() for letter in number):
        found |= Q(identity_fingerprint=identity_numbers.fingerprint(number))
    return queryset.filter(found)


def with_parts(queryset: QuerySet[Worker]) -> QuerySet[Worker]:
    """With employer, place, employments and recorded groups joined in."""
    return queryset.select_related("establishment", "place").prefetch_related("employments", "protected_groups")
