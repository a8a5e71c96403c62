from atvsld.casework.merits.actions.deciding import decide
from atvsld.casework.merits.actions.proposing import change, propose, send, withdraw

__all__ = ["change", "decide", "propose", "send", "withdraw"]
