"""Acts upon declarations."""

from atvsld.casework.accidents.declarations.actions.correcting import correct
from atvsld.casework.accidents.declarations.actions.drafts import discard_draft, save_draft
from atvsld.casework.accidents.declarations.actions.matching import decide_match, undo_match
from atvsld.casework.accidents.declarations.actions.reading import read_persons, read_reporter
from atvsld.casework.accidents.declarations.actions.receiving import receive

__all__ = [
    "correct",
    "decide_match",
    "discard_draft",
    "read_persons",
    "read_reporter",
    "receive",
    "save_draft",
    "undo_match",
]
