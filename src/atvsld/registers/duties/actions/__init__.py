from atvsld.registers.duties.actions.ending import cancel, discharge, extend, hand_on, restore, withdraw
from atvsld.registers.duties.actions.feeds import make_feed, revoke_feed
from atvsld.registers.duties.actions.owing import owe
from atvsld.registers.duties.actions.owing_many import Debt, owe_many
from atvsld.registers.duties.actions.telling import reassign, tick

__all__ = [
    "Debt", "cancel", "discharge", "extend", "hand_on", "make_feed", "owe", "owe_many", "reassign", "restore",
    "revoke_feed", "tick", "withdraw",
]  # fmt: skip
