"""The registers whose members may owe reports, with the facts of the law's conditions as SQL over each."""

from __future__ import annotations

from atvsld.oversight.obligations.populations.bodies import BODIES
from atvsld.oversight.obligations.populations.establishments import ESTABLISHMENTS
from atvsld.oversight.obligations.populations.population import Population, Sight, sight_of
from atvsld.oversight.obligations.populations.providers import PROVIDERS

POPULATIONS: dict[str, Population] = {one.register: one for one in (ESTABLISHMENTS, PROVIDERS, BODIES)}

__all__ = ["POPULATIONS", "Population", "Sight", "sight_of"]
