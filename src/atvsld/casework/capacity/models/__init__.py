from atvsld.casework.capacity.models.officials import OfficialTraining, OshOfficial
from atvsld.casework.capacity.models.practice import CooperationEvent, Initiative, OshNetwork, Study, Survey

__all__ = ["CooperationEvent", "Initiative", "OfficialTraining", "OshNetwork", "OshOfficial", "Study", "Survey"]
