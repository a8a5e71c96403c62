"""Acts: everything that changes state goes through one, with actor, moment and reason."""

from atvsld.platform.acts.act import Act, Channel, action
from atvsld.platform.acts.errors import Conflict, Refused, Rejected

__all__ = ["Act", "Channel", "Conflict", "Refused", "Rejected", "action"]
