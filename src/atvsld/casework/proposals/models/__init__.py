from atvsld.casework.proposals.models.consultation import ConsultationAsked, DraftConsultation, Opinion
from atvsld.casework.proposals.models.paper import ConsolidatedItem, ConsolidatedPaper, ConsolidatedSource
from atvsld.casework.proposals.models.proposal import Outcome, PolicyProposal, Stage

__all__ = [
    "ConsolidatedItem", "ConsolidatedPaper", "ConsolidatedSource", "ConsultationAsked", "DraftConsultation", "Opinion",
    "Outcome", "PolicyProposal", "Stage",
]  # fmt: skip
