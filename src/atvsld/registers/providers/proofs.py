"""Service providers with their papers as proof."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from atvsld.platform.access.actor import Actor
from atvsld.registers.proof_counting import evidence, ground
from atvsld.registers.proofs import Asked, ProofRecord, prove
from atvsld.registers.providers import queries
from atvsld.registers.providers.models import ServiceProvider


def of_provider(provider: ServiceProvider) -> ProofRecord:
    days = [paper.valid_from for paper in provider.qualifications.all()]
    url = reverse("providers:provider", args=[provider.public_id])
    return ProofRecord("provider_record", provider.public_id, provider.name, url, max(days, default=None))


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows, here = queries.visible(actor), ground(asked)
    rows = rows if here is None else rows.filter(place_id__in=here)
    rows = queries.search(rows, text) if text.strip() else rows
    return [of_provider(row) for row in rows.order_by("name_folded", "pk")[:limit]]


prove(evidence("provider_record", queries.public(), of_provider, _search))
