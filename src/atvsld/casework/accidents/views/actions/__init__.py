from atvsld.casework.accidents.views.actions.finding import find_victims
from atvsld.casework.accidents.views.actions.inviting import invite, revoke
from atvsld.casework.accidents.views.actions.transferring import transfer_case

__all__ = ["find_victims", "invite", "revoke", "transfer_case"]
