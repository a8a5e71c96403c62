from atvsld.casework.incidents.models.incident import TechnicalIncident

__all__ = ["TechnicalIncident"]
