"""All that other rooms may ask about benefits."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.models import AccidentCase

__all__ = ["Settled", "settled", "undecided_victims"]


@dataclass(frozen=True, slots=True)
class Settled:
    """How far the employer's sums of a case are paid, in đồng."""

    decided: int
    paid: int
    open: int


def settled(case: AccidentCase) -> Settled:
    """Sums decided and paid over all victims of a case, and how many records are still open."""
    rows = Benefit.objects.filter(case=case)
    sums = rows.aggregate(decided=Sum("decided"), paid=Sum("paid"))
    unpaid = rows.exclude(state=Benefit.State.PAID).count()
    return Settled(sums["decided"] or 0, sums["paid"] or 0, unpaid)


def undecided_victims(case: AccidentCase) -> int:
    """Fatal and severe victims of a case for whom no sum of the employer is decided."""
    decided = Benefit.objects.filter(case=case, kind__in=Benefit.BY_EMPLOYER, decided__isnull=False)
    return case.victims.filter(severity__in=["fatal", "severe"]).exclude(pk__in=decided.values("victim_id")).count()
