from atvsld.casework.procedures.models.application import Application, ApplicationStep
from atvsld.casework.procedures.models.publication import ProcedurePublication

__all__ = ["Application", "ApplicationStep", "ProcedurePublication"]
