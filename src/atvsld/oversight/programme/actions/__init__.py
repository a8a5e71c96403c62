from atvsld.oversight.programme.actions.entering import change, drop, enter
from atvsld.oversight.programme.actions.issuing import issue, revise
from atvsld.oversight.programme.actions.reminding import remind

__all__ = ["change", "drop", "enter", "issue", "remind", "revise"]
