"""Baselines that were fixed: which one holds for a target on a ground."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from atvsld.oversight.indicators.models import Baseline
from atvsld.oversight.reporting.result import json_number
from atvsld.oversight.reporting.subject import Basis, Subject
from atvsld.registers.places import tree
from atvsld.statistics.counts import Known
from atvsld.statistics.rates import Rate, rate


@dataclass(frozen=True, slots=True)
class Locked:
    """A fixed baseline as judged: a rate for II.1, a count for the others."""

    public_id: str
    version: int
    year: int
    known: Known
    rate: Rate | None
    source: str
    document: str
    by_name: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "low": json_number(self.known.low),
            "high": json_number(self.known.high),
            "rate": json_number(self.rate.value) if self.rate else None,
            "source": self.source,
            "document": self.document,
            "locked_by": self.by_name,
            "locked_at": self.at.isoformat(timespec="seconds"),
        }


def ground_digest(subject: Subject) -> str:
    """A digest of the places whose records count for a subject, whatever dates they come from."""
    places = subject.register_ids or frozenset()
    if subject.place_pk is not None and subject.boundary is not None:
        places = tree.current().territory(subject.place_pk, subject.boundary)
    return hashlib.sha256(",".join(map(str, sorted(places))).encode()).hexdigest()


def standing(target: str, subject: Subject, basis: str = Basis.PLACE) -> Baseline | None:
    """The baseline fixed for the place, whatever its ground was then."""
    if subject.place_pk is None:
        return None
    held = Baseline.objects.filter(target=target, place_id=subject.place_pk, basis=basis, lifted_at=None)
    return held.first()


def locked(target: str, subject: Subject, basis: str = Basis.PLACE) -> Locked | None:
    """The baseline that holds for exactly this ground."""
    held = standing(target, subject, basis)
    if held is None or held.ground != ground_digest(subject):
        return None
    found = None
    if held.denominator is not None and held.per is not None:
        found = rate(int(held.low), held.denominator, held.per, held.source)
    return Locked(
        public_id=held.public_id, version=held.version, year=held.year, known=Known(_trim(held.low), _trim(held.high)),
        rate=found, source=held.source, document=held.document, by_name=held.by_name, at=held.locked_at,
    )  # fmt: skip


def _trim(value: Decimal) -> Decimal:
    """Whole numbers without the places the column adds."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
