from atvsld.portals.api.models.answer import KeptAnswer

__all__ = ["KeptAnswer"]
