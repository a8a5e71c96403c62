"""Receipts: a code nobody can guess, by which whoever holds it checks what was handed in and when."""

from __future__ import annotations

import secrets

from atvsld.oversight.filing import content
from atvsld.oversight.filing.models import Submission

# Letters and digits that nobody confuses when reading aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20


def new_code() -> str:
    """A code nobody can guess (98 bits)."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def by_code(text: str) -> Submission | None:
    """The submission of a receipt, its code typed with or without dashes and blanks."""
    bare = "".join(letter for letter in text.upper() if letter.isalnum())[:40]
    held = Submission.objects.select_related(
        "filing__current", "filing__establishment", "filing__body", "filing__provider"
    )
    return held.filter(receipt=bare).first() if len(bare) == LENGTH else None


def holds(submission: Submission) -> bool:
    """Whether the record still says what its receipt says."""
    return content.digest(submission.content) == submission.digest
