from atvsld.casework.accidents.models.case import AccidentCase
from atvsld.casework.accidents.models.victim import Victim

__all__ = ["AccidentCase", "Victim"]
