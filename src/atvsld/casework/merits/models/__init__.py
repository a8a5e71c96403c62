from atvsld.casework.merits.models.commendation import Commendation, CommendationCheck
from atvsld.casework.merits.models.good_model import GoodModel

__all__ = ["Commendation", "CommendationCheck", "GoodModel"]
