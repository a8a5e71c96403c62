from atvsld.registers.bodies.models.body import Body, BodyFunction, BodySuccession

__all__ = ["Body", "BodyFunction", "BodySuccession"]
