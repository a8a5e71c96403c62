from atvsld.registers.bodies.models.body import Body, BodyFunction, BodySuccession
from atvsld.registers.bodies.models.zone import Zone, ZoneAuthority

__all__ = ["Body", "BodyFunction", "BodySuccession", "Zone", "ZoneAuthority"]
