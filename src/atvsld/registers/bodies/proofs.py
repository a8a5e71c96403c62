"""Functions given to bodies as proof that somebody answers for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.policy import READ
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.proof_counting import evidence
from atvsld.registers.proofs import Asked, ProofRecord, prove

_HOLDING = Body.objects.filter(functions__isnull=False).prefetch_related("functions").distinct()


def of_body(body: Body) -> ProofRecord:
    held = dict.fromkeys(str(FUNCTIONS.get(row.function, row.function)) for row in body.functions.all())
    url = reverse("bodies:body", args=[body.public_id])
    label = f"{body.name}: {'; '.join(held)}"
    return ProofRecord("body_function", body.public_id, label[:300], url, body.valid_from, body.pk)


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    if not actor.may(READ):
        return []
    rows = _HOLDING.filter(in_force(asked.end), Q(name_folded__contains=fold(text)))
    if asked.bodies is not None:
        rows = rows.filter(pk__in=asked.bodies)
    return [of_body(row) for row in rows.order_by("name_folded", "pk")[:limit]]


prove(evidence("body_function", _HOLDING, of_body, _search))
