from atvsld.casework.accidents.views.actions.finding import find_victims
from atvsld.casework.accidents.views.actions.handing import Recipient, hand_over
from atvsld.casework.accidents.views.actions.inviting import invite, revoke
from atvsld.casework.accidents.views.actions.transferring import transfer_case

__all__ = ["Recipient", "find_victims", "hand_over", "invite", "revoke", "transfer_case"]
