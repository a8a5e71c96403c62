"""The public page of verification knows receipts of declarations too, and leads to their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations.queries import by_code
from atvsld.platform.papers.verifying import Verified


def receipt_of(code: str) -> Verified | None:
    """The receipt with a code; None when there is none."""
    found = by_code(code)
    if found is None:
        return None
    return Verified(
        code=found.code, title=_("Biên nhận"), number=found.grouped, issuer="", day=None, files=(),
        url=reverse("accident_receipts:receipt", args=[found.code]),
    )  # fmt: skip
