"""The only writers of drafts asked about and consolidated papers; proposals and opinions are ledgers."""

from atvsld.casework.proposals.actions.asking import Asking, open_consultation, withdraw_consultation
from atvsld.casework.proposals.actions.gathering import (
    Wording,
    change_item,
    drop_paper,
    gather,
    merge_items,
    release,
    start_paper,
)
from atvsld.casework.proposals.actions.sending import Answer, record_outcome, send_paper

__all__ = [
    "Answer", "Asking", "Wording", "change_item", "drop_paper", "gather", "merge_items", "open_consultation",
    "record_outcome", "release", "send_paper", "start_paper", "withdraw_consultation",
]  # fmt: skip
