"""The register of permissions: one code, one sentence, stated by the app that guards it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise

_SHAPE = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
_REGISTER: dict[str, Permission] = {}


@dataclass(frozen=True, slots=True)
class Permission:
    """`context:resource:verb`, with a sentence an administrator understands."""

    code: str
    label: str | Promise
    sensitive: bool = False


def permission(code: str, label: str | Promise, *, sensitive: bool = False) -> str:
    """Register a permission and return its code. ValueError for a malformed or repeated code."""
    if not _SHAPE.fullmatch(code):
        raise ValueError(f"{code}: expected context:resource:verb")
    if code in _REGISTER:
        raise ValueError(f"{code} is registered twice")
    _REGISTER[code] = Permission(code, label, sensitive)
    return code


def all_permissions() -> dict[str, Permission]:
    return dict(_REGISTER)
