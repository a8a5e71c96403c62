"""Public identifiers: ULIDs as text, sortable by time of creation."""

from __future__ import annotations

import re

from ulid import ULID

_SHAPE = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def new_ulid() -> str:
    """A fresh 26-character ULID."""
    return str(ULID())


def is_ulid(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None
