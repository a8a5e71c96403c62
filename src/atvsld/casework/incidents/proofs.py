"""Technical incidents as proof of what the plan asks, and what they count to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from atvsld.casework.incidents import queries
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.proof_counting import Count, counting, evidence, moments, within
from atvsld.registers.proofs import Asked, ProofRecord, measure, prove


def of_incident(incident: TechnicalIncident) -> ProofRecord:
    url = reverse("incidents:incident", args=[incident.public_id])
    label = f"{incident.number} · {incident.object_name}"
    return ProofRecord("incident_case", incident.public_id, label, url, clock.local_day(incident.occurred_at))


def incidents(asked: Asked) -> QuerySet[TechnicalIncident]:
    """Incidents of the days and places asked for."""
    found = TechnicalIncident.objects.filter(moments(asked, "occurred_at") & within(asked))
    return found.order_by("-occurred_at", "-pk")


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = queries.visible(actor).filter(moments(asked, "occurred_at") & within(asked))
    rows = queries.search(rows, text) if text.strip() else rows
    return [of_incident(incident) for incident in rows.order_by("-occurred_at", "-pk")[:limit]]


prove(evidence("incident_case", TechnicalIncident.objects.all(), of_incident, _search))
measure(counting(
    "incidents",
    Count("serious", gettext_lazy("Số sự cố kỹ thuật nghiêm trọng"),
          lambda asked: incidents(asked).filter(serious=True)),
    Count("undecided", gettext_lazy("Số sự cố chưa xác định mức độ"),
          lambda asked: incidents(asked).filter(serious__isnull=True)),
    Count("all", gettext_lazy("Tổng số sự cố đã ghi nhận"), incidents),
    record=of_incident,
))  # fmt: skip
