"""All that other rooms may ask about reports of reporters.

The counted submission of a filing is `filing.current`; its figures stand in `Figure` rows by `Cell`. A filing counts
for those above in the states `Filing.COUNTED`. `write_submissions` is how many checked reports are written at once;
`following.follow` tells another room, within the same act, of every report handed in.
"""

from __future__ import annotations

from atvsld.oversight.filing.actions import (
    Batch,
    Edit,
    HandedIn,
    Reporter,
    accept,
    accept_all,
    accept_many,
    ask_correction,
    lock,
    open_filing,
    return_filing,
    save_cells,
    submit,
    unlock,
    write_submissions,
)
from atvsld.oversight.filing.actions.opening import prepare
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.content import read as read_content
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.drafts import read as read_draft
from atvsld.oversight.filing.due import is_late
from atvsld.oversight.filing.following import follow
from atvsld.oversight.filing.models import Cell, Figure, Filing, Submission
from atvsld.oversight.filing.policy import DECIDE, READ, SUBMIT, UNLOCK
from atvsld.oversight.filing.queries import own, visible

__all__ = [
    "DECIDE",
    "READ",
    "SUBMIT",
    "UNLOCK",
    "Batch",
    "Cell",
    "Content",
    "Draft",
    "Edit",
    "Figure",
    "Filing",
    "HandedIn",
    "Reporter",
    "Submission",
    "accept",
    "accept_all",
    "accept_many",
    "ask_correction",
    "follow",
    "is_late",
    "lock",
    "open_filing",
    "own",
    "prepare",
    "read_content",
    "read_draft",
    "return_filing",
    "save_cells",
    "submit",
    "unlock",
    "visible",
    "write_submissions",
]
