"""Receipts: a code nobody can guess, by which whoever holds it checks what was handed in and when."""

from __future__ import annotations

import secrets

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.filing import content
from atvsld.oversight.filing.models import Submission
from atvsld.platform.papers.facade import Verified

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


def public_answer(code: str) -> Verified | None:
    """For whoever types the code where papers are verified: the page that answers for receipts of reports."""
    found = by_code(code)
    if found is None:
        return None
    return Verified(
        code=found.receipt, title=str(_("Biên nhận báo cáo")), number=found.receipt_grouped, issuer="", day=None,
        files=(), url=reverse("filing_receipts:receipt", args=[found.receipt]),
    )  # fmt: skip
