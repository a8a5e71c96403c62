from atvsld.casework.incidents.actions.record import change_incident, report_incident
from atvsld.casework.incidents.actions.settle import close_incident, judge_incident, note_notice, reopen_incident

__all__ = [
    "change_incident",
    "close_incident",
    "judge_incident",
    "note_notice",
    "reopen_incident",
    "report_incident",
]
