"""The only writers of investigations."""

from atvsld.casework.accidents.investigation.actions.commune import complete_commune_record, write_commune_record
from atvsld.casework.accidents.investigation.actions.follow import (
    close_case,
    exempt_paper,
    record_posting,
    record_sending,
    report_recommendation,
    settle_benefits,
    waive_recommendation,
)
from atvsld.casework.accidents.investigation.actions.material import (
    add_evidence,
    add_statement,
    change_statement,
    read_statements,
    receive_expertise,
    request_expertise,
    withdraw_evidence,
)
from atvsld.casework.accidents.investigation.actions.meeting import call_meeting, publish
from atvsld.casework.accidents.investigation.actions.minutes import approve_minutes, change_minutes, start_minutes
from atvsld.casework.accidents.investigation.actions.team import begin, record_scene, set_up_team

__all__ = [
    "add_evidence",
    "add_statement",
    "approve_minutes",
    "begin",
    "call_meeting",
    "change_minutes",
    "change_statement",
    "close_case",
    "complete_commune_record",
    "exempt_paper",
    "publish",
    "read_statements",
    "receive_expertise",
    "record_posting",
    "record_scene",
    "record_sending",
    "report_recommendation",
    "request_expertise",
    "set_up_team",
    "settle_benefits",
    "start_minutes",
    "waive_recommendation",
    "withdraw_evidence",
    "write_commune_record",
]
