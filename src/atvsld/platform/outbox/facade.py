"""All that other rooms may ask of the outbox."""

from __future__ import annotations

from atvsld.platform.outbox.models import Message
from atvsld.platform.outbox.posting import mark_read, own, post, unread

__all__ = ["Message", "mark_read", "own", "post", "unread"]
