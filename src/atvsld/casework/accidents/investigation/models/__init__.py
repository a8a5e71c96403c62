from atvsld.casework.accidents.investigation.models.investigation import DossierMark, Investigation
from atvsld.casework.accidents.investigation.models.material import Evidence, Expertise, Statement
from atvsld.casework.accidents.investigation.models.meeting import (
    MeetingParticipant,
    MinutesDelivery,
    PublicationMeeting,
)
from atvsld.casework.accidents.investigation.models.minutes import Minutes, MinutesFault, MinutesVictim, Recommendation
from atvsld.casework.accidents.investigation.models.public import CommuneRecord, Posting
from atvsld.casework.accidents.investigation.models.team import InvestigationTeam, TeamMember

__all__ = [
    "CommuneRecord",
    "DossierMark",
    "Evidence",
    "Expertise",
    "Investigation",
    "InvestigationTeam",
    "MeetingParticipant",
    "Minutes",
    "MinutesDelivery",
    "MinutesFault",
    "MinutesVictim",
    "Posting",
    "PublicationMeeting",
    "Recommendation",
    "Statement",
    "TeamMember",
]
