"""Points of communes, beside which a stated point is judged."""

from __future__ import annotations

from atvsld.registers.establishments import rules
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places.models import Place


def of_place(place_id: int) -> tuple[float, float] | None:
    """Latitude and longitude of a place's own point; None when it has none."""
    found = Place.objects.filter(pk=place_id, latitude__isnull=False, longitude__isnull=False)
    row = found.values_list("latitude", "longitude").first()
    return None if row is None else (float(row[0] or 0), float(row[1] or 0))


def far_km(record: Establishment) -> int | None:
    """How far the establishment's point lies from its commune's, where that is too far to be likely."""
    if record.latitude is None or record.longitude is None or (commune := of_place(record.place_id)) is None:
        return None
    distance = rules.distance_km((float(record.latitude), float(record.longitude)), commune)
    return round(distance) if distance > rules.FAR_KM else None
