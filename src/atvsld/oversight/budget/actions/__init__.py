from atvsld.oversight.budget.actions.consolidating import allocate_decision, consolidate
from atvsld.oversight.budget.actions.following import follow_tasks, hand_lines
from atvsld.oversight.budget.actions.lines import add_line, change_line, propose, return_line, withdraw_line
from atvsld.oversight.budget.actions.money import allocate, cancel, commit, pay

__all__ = [
    "add_line",
    "allocate",
    "allocate_decision",
    "cancel",
    "change_line",
    "commit",
    "consolidate",
    "follow_tasks",
    "hand_lines",
    "pay",
    "propose",
    "return_line",
    "withdraw_line",
]
