"""The only writers of yearly plans and their tasks."""

from atvsld.oversight.workplans.actions.evidence import add_file, add_record, remove_evidence
from atvsld.oversight.workplans.actions.many import Laid, Noted, PlanEntry, TaskEntry, Told, enter_plans, tell_many
from atvsld.oversight.workplans.actions.owners import confirm_owner, hand_to, settle_owners
from atvsld.oversight.workplans.actions.plans import (
    agree_plan,
    issue_plan,
    open_plan,
    propose_tasks,
    return_plan,
    send_plan,
)
from atvsld.oversight.workplans.actions.progress import report_progress
from atvsld.oversight.workplans.actions.sheet import ReadIn, read_tasks
from atvsld.oversight.workplans.actions.talk import answer_help, ask_help, remark, settle_remark
from atvsld.oversight.workplans.actions.tasks import add_task, change_task, remove_task

__all__ = [
    "Laid",
    "Noted",
    "PlanEntry",
    "ReadIn",
    "TaskEntry",
    "Told",
    "add_file",
    "add_record",
    "add_task",
    "agree_plan",
    "answer_help",
    "ask_help",
    "change_task",
    "confirm_owner",
    "enter_plans",
    "hand_to",
    "issue_plan",
    "open_plan",
    "propose_tasks",
    "read_tasks",
    "remark",
    "remove_evidence",
    "remove_task",
    "report_progress",
    "return_plan",
    "send_plan",
    "settle_owners",
    "settle_remark",
    "tell_many",
]
