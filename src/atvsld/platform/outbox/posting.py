"""Posting a message, and reading one's own."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from atvsld.platform.accounts.models import User
from atvsld.platform.outbox.models import Message


def post(*, key: str, user_id: int, subject: str, body: str, url: str, at: datetime, email: bool = True) -> Message:
    """Put a message into somebody's inbox and, where set up, on its way by e-mail. A second post of a key is nothing.

    `url` is a path of this system ("/viec/…"). Call it inside the transaction of what is told: it is told exactly
    when that is done.
    """
    if held := Message.objects.filter(key=key).first():
        return held
    state = Message.Email.WAITING if email and _reachable(user_id) else Message.Email.NONE
    message = Message(
        key=key, user_id=user_id, subject=subject[:200], body=body, url=url[:300], created_at=at, email_state=state
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        # Posted at the same moment by another worker.
        return Message.objects.get(key=key)
    if state == Message.Email.WAITING:
        _hand_to_worker(message)
    return message


def own(user_id: int) -> QuerySet[Message]:
    """Somebody's messages, newest first."""
    return Message.objects.filter(user_id=user_id).order_by("-created_at", "-pk")


def unread(user_id: int) -> int:
    """How many messages somebody has not opened."""
    return Message.objects.filter(user_id=user_id, read_at__isnull=True).count()


def mark_read(user_id: int, *, at: datetime, public_id: str = "") -> int:
    """Mark one of somebody's own messages read, or all of them; how many were unread."""
    found = Message.objects.filter(user_id=user_id, read_at__isnull=True)
    if public_id:
        found = found.filter(public_id=public_id)
    return found.update(read_at=at)


def _reachable(user_id: int) -> bool:
    if not settings.OUTBOX_SENDS_EMAIL:
        return False
    return User.objects.filter(pk=user_id, is_active=True).exclude(email="").exists()


def _hand_to_worker(message: Message) -> None:
    from atvsld.platform.outbox.jobs import send

    send.defer(message_id=message.pk)
