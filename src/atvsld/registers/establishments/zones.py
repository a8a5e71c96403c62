"""The zone authority that manages an establishment: the zone it stands in decides, then the authority recorded."""

from __future__ import annotations

from datetime import date

from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import HolderError, holder
from atvsld.registers.establishments.models import Establishment


def managing_authority(establishment: Establishment, on: date) -> Body | None:
    """The body on a day; None outside any zone, or when neither zone nor record tells which of several it is.

    The authority may have been recorded under a name it no longer bears; the one that followed it answers.
    """
    appointed = establishment.zone_authority_id
    if appointed is None and establishment.enterprise is not None:
        appointed = establishment.enterprise.zone_authority_id
    if appointed is None and not establishment.zone_name:
        return None
    try:
        return holder("zone_authority", establishment.place_id, on, zone=establishment.zone_name, appointed=appointed)
    except HolderError:
        return None
