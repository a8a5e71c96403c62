"""Where things happen: communes by weight, and the unit of the day under one ground."""

from __future__ import annotations

from datetime import date
from random import Random

from atvsld.project.demo.material import Weighted
from atvsld.registers.places.models import Place
from atvsld.registers.places.tree import PlaceTree

# The three states of the province; the last began on REFORM.
FIRST_STATE = date(2024, 9, 1)
REFORM = date(2025, 7, 1)
# East of this the land is low and settled; west of it are the mountains.
LOWLAND_LONGITUDE = 107.95
_WEIGHTS = {"phuong": 6.0, "xa": 1.6, "dac_khu": 0.0}
_MOUNTAIN = 0.3


class Ground:
    """Communes of today, each with the units of 2024 whose ground it has."""

    def __init__(self, graph: PlaceTree, chance: Random) -> None:
        self.graph = graph
        today = Place.objects.filter(level=Place.Level.COMMUNE, valid_to__isnull=True).order_by("code")
        weights = []
        self.origins: dict[int, list[int]] = {}
        for place in today:
            weight = _WEIGHTS[place.kind] * chance.lognormvariate(0, 0.5)
            if place.longitude is not None and place.longitude < LOWLAND_LONGITUDE:
                weight *= _MOUNTAIN
            self.origins[place.pk] = [
                landing.node.pk for landing in graph.trace(place.pk, FIRST_STATE) if landing.node.level == "commune"
            ]
            # Joined from more units, larger.
            weights.append((place.pk, weight * len(self.origins[place.pk])))
        self.communes = Weighted(weights)
        self._units: dict[tuple[int, date], int] = {}

    def commune(self, chance: Random) -> int:
        """A commune of today."""
        return int(self.communes.draw(chance))

    def origin(self, commune: int, chance: Random) -> int:
        """One of the units of 2024 that a commune came from; itself when none is known."""
        return chance.choice(self.origins[commune] or [commune])

    def unit(self, commune: int, origin: int, day: date) -> int:
        """The commune-level unit on a day at the place where `origin` was and `commune` is."""
        if day >= REFORM:
            return commune
        key = (origin, day.replace(day=1))
        if key not in self._units:
            unit = self.graph.unit_on(origin, day)
            assert unit is not None  # origins exist on the first state and have successors
            self._units[key] = unit.pk
        return self._units[key]
