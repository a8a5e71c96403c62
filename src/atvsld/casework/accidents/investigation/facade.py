"""All that outer rooms may ask of the investigation of a case."""

from __future__ import annotations

from atvsld.casework.accidents.investigation.dossier import Dossier, DossierLine, dossiers
from atvsld.casework.accidents.investigation.material import material
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.investigation.views import (
    CommuneRecordView,
    DeliveryView,
    ExpertiseView,
    FaultView,
    FindingView,
    Material,
    MeetingView,
    MemberView,
    MinutesView,
    ParticipantView,
    RecommendationView,
    StatementView,
    TeamView,
)

__all__ = [
    "CommuneRecordView",
    "DeliveryView",
    "Dossier",
    "DossierLine",
    "ExpertiseView",
    "FaultView",
    "FindingView",
    "Material",
    "MeetingView",
    "MemberView",
    "MinutesView",
    "ParticipantView",
    "RecommendationView",
    "Record",
    "StatementView",
    "TeamView",
    "dossiers",
    "material",
]
