"""A dozen files under way, told through the real actions at their own moments: what the pages look like in use."""

from __future__ import annotations

from random import Random

from atvsld.platform.acts import Act
from atvsld.project.demo.casework import incidents, stories
from atvsld.project.demo.casework.teller import Ground

__all__ = ["Ground", "make"]


def make(act: Act, ground: Ground, chance: Random) -> dict[str, int]:
    """Write every story and the incidents within the caller's act; counts of cases, victims, incidents."""
    cases = [story(act, ground, chance).case for story in stories.ALL]
    victims = sum(case.victims.count() for case in cases)
    return {"cases": len(cases), "victims": victims, "incidents": incidents.make(act, ground)}
