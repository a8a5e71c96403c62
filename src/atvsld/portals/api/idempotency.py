"""One Idempotency-Key, one effect, one answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Rejected
from atvsld.portals.api.models import KeptAnswer

HEADER = "Idempotency-Key"
_SHAPE = re.compile(r"[\x21-\x7e]{8,120}")


def once(request: HttpRequest, answer: Callable[[], dict[str, Any]], *, at: datetime) -> dict[str, Any]:
    """The answer to a request, worked out once for each key of its sender.

    The answer is kept in the transaction of its effect: either both are there or neither. Without the header it is
    simply worked out. `Rejected` for a malformed key, or for one that came with another request before.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return answer()
    if not _SHAPE.fullmatch(key):
        message = _("Idempotency-Key phải gồm 8–120 ký tự ASCII nhìn thấy được.")
        raise Rejected([Problem("idempotency_key_malformed", message, _("Dùng một UUID hoặc ULID."))])
    assert request.user.pk is not None  # the operation asks for authentication
    user_id: int = request.user.pk
    asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    fingerprint = hashlib.sha256(asked).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"idempotency:{user_id}:{key}"])
        kept = KeptAnswer.objects.filter(user_id=user_id, key=key).first()
        if kept is None:
            body = answer()
            KeptAnswer.objects.create(
                user_id=user_id, key=key, fingerprint=fingerprint, status=200, body=body,
                answered_at=at,
            )  # fmt: skip
            return body
    if kept.fingerprint != fingerprint:
        message = _("Idempotency-Key này đã đi kèm một yêu cầu khác.")
        raise Rejected([Problem("idempotency_key_reused", message, _("Tạo khóa mới cho yêu cầu mới."))])
    held: dict[str, Any] = kept.body
    return held
