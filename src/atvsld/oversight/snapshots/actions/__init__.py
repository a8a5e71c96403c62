"""The only writers of accepted reports."""

from atvsld.oversight.snapshots.actions.accepting import accept, revise
from atvsld.oversight.snapshots.actions.comparing import compare, tick
from atvsld.oversight.snapshots.actions.withdrawing import withdraw

__all__ = ["accept", "compare", "revise", "tick", "withdraw"]
