from atvsld.oversight.consolidation.actions.accepting import accept

__all__ = ["accept"]
