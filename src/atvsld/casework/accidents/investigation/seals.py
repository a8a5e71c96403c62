"""What an investigation keeps sealed: who speaks, what is said, names of those at fault, health."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.platform import vault

PERSON, CONTENT = "investigation.person", "investigation.statement"
FAULT, INJURY, RESIDENCE = "investigation.fault", "investigation.injury", "investigation.residence"
WITNESSES = "investigation.witnesses"


def close(text: str, purpose: str) -> str:
    """The text sealed for storage; an empty one stays empty."""
    return vault.seal(text.strip(), purpose=purpose)


def open_(sealed: str, purpose: str) -> str:
    """The text. Whoever shows it to a person records the reading. A sentence where it cannot be opened any more."""
    try:
        return vault.unseal(sealed, purpose=purpose)
    except vault.CannotOpen:
        return str(_("(không mở được dữ liệu niêm phong)"))
