"""Establishments as the source of the certificate of punctual reports (Decree 58/2020/NĐ-CP, Article 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from atvsld.oversight.obligations.certificate import KIND, Material, material_of
from atvsld.oversight.obligations.issuer import seat
from atvsld.oversight.obligations.policy import CHASE, READ, REPORTERS
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Home, Issuer, Offer, PaperKind, Source
from atvsld.registers.establishments.models import Establishment

CONTEXT = "obligations"


class PunctualityPapers(Source):
    """Establishments, found by their public id."""

    context = CONTEXT
    needs = CHASE

    def find(self, actor: Actor, subject: str) -> Establishment | None:
        visible = REPORTERS["establishments"].restrict(Establishment.objects.select_related("place"), actor, READ)
        return visible.filter(public_id=subject.replace("\x00", "")).first()

    def home(self, record: Establishment) -> Home:
        address = reverse("obligations:punctuality", args=[record.public_id])
        return Home(record.name, address, record.place_id, record.pk)

    def offered(self, actor: Actor, record: Establishment) -> list[Offer]:
        return [Offer(KIND)] if self.may_write(actor, KIND, record) else []

    def may_write(self, actor: Actor, kind: PaperKind, record: Establishment) -> bool:  # noqa: ARG002 — one kind
        return bool(REPORTERS["establishments"].decide(actor, CHASE, record))

    def may_read(self, actor: Actor, paper: Paper, record: Establishment) -> bool:
        if paper.state == Paper.State.ISSUED:
            return bool(REPORTERS["establishments"].decide(actor, READ, record))
        return self.may_write(actor, KIND, record)

    def material(self, act: Act, kind: PaperKind, record: Establishment, part: str) -> Material:  # noqa: ARG002
        return material_of(record, today=act.day)

    def reads(self, act: Act, kind: PaperKind, record: Establishment) -> None:
        """Nothing protected stands in it."""

    def issuer(self, act: Act, kind: PaperKind, record: Establishment) -> Issuer:  # noqa: ARG002
        office = seat(act.day)
        symbol = "-".join(filter(None, (kind.symbol, office.symbol)))
        return Issuer(office.key, office.name, office.parent, office.place_name, symbol, "Giám đốc")

    def prefill(self, kind: PaperKind, material: Any, on: date) -> dict[str, str]:  # noqa: ARG002
        return {}

    def within(self, actor: Actor) -> Q:
        reached = REPORTERS["establishments"].restrict(Establishment.objects.all(), actor, READ)
        return Q(context=CONTEXT, establishment_id__in=reached.values("pk"))
