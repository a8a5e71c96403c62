"""Where the actor may import: places and establishments as arrays for SQL."""

from __future__ import annotations

from dataclasses import dataclass

from atvsld.casework.accidents import policy
from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments.models import Establishment


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything, or cases of these places or of these establishments."""

    everything: bool
    places: tuple[int, ...] = ()
    establishments: tuple[int, ...] = ()

    @classmethod
    def of(cls, actor: Actor) -> Reach:
        scopes = actor.scopes(policy.IMPORT)
        if any(scope.everything for scope in scopes):
            return cls(everything=True)
        ids = {
            dimension: tuple({pk for scope in scopes if scope.dimension == dimension for pk in scope.ids})
            for dimension in ("place", "establishment")
        }
        return cls(everything=False, places=ids["place"], establishments=ids["establishment"])


def own_namespace(actor: Actor) -> str:
    """The namespace of keys when none is given: an employer's keys are its own, everyone else shares the empty one."""
    reach = Reach.of(actor)
    if reach.everything or reach.places or len(reach.establishments) != 1:
        return ""
    return Establishment.objects.values_list("tax_code", flat=True).get(pk=reach.establishments[0])
