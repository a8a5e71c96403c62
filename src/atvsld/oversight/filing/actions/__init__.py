"""Acts upon reports."""

from atvsld.oversight.filing.actions.deciding import (
    Batch,
    accept,
    accept_all,
    accept_many,
    ask_correction,
    lock,
    needs_eyes,
    return_filing,
    unlock,
)
from atvsld.oversight.filing.actions.drafting import Clash, Edit, Saved, attach, detach, save_cells
from atvsld.oversight.filing.actions.opening import Reporter, open_filing
from atvsld.oversight.filing.actions.submitting import HandedIn, submit, write_submissions

__all__ = [
    "Batch",
    "Clash",
    "Edit",
    "HandedIn",
    "Reporter",
    "Saved",
    "accept",
    "accept_all",
    "accept_many",
    "ask_correction",
    "attach",
    "detach",
    "lock",
    "needs_eyes",
    "open_filing",
    "return_filing",
    "save_cells",
    "submit",
    "unlock",
    "write_submissions",
]
