from atvsld.casework.dialogues.models.dialogue import Dialogue
from atvsld.casework.dialogues.models.visit import Recommendation, SupervisionVisit

__all__ = ["Dialogue", "Recommendation", "SupervisionVisit"]
