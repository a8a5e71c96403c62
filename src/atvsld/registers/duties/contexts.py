"""What the rooms that owe duties are called on screen; each names its own when it is loaded."""

from __future__ import annotations

from django.utils.functional import Promise

_NAMES: dict[str, str | Promise] = {}


def name_context(code: str, label: str | Promise) -> None:
    """Give a context (`accidents`) the name people read."""
    _NAMES[code] = label


def context_name(code: str) -> str | Promise:
    return _NAMES.get(code, code)
