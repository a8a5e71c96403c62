"""The number beside the bell of the top bar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from atvsld.platform.outbox.posting import unread


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread_messages`, counted only where a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_messages": SimpleLazyObject(lambda: unread(user.pk))}
