from atvsld.casework.accidents.views.models.invitation import CaseInvitation
from atvsld.casework.accidents.views.models.transfer import CaseTransfer

__all__ = ["CaseInvitation", "CaseTransfer"]
