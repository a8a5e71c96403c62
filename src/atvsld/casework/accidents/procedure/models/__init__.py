from atvsld.casework.accidents.procedure.models.change import StageChange
from atvsld.casework.accidents.procedure.models.clock import Clock, Extension
from atvsld.casework.accidents.procedure.models.events import Complaint, PolicePhase
from atvsld.casework.accidents.procedure.models.file import CaseFile

__all__ = ["CaseFile", "Clock", "Complaint", "Extension", "PolicePhase", "StageChange"]
