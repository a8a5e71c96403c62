"""A duty as data for other systems and for the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from atvsld.registers.duties import wording
from atvsld.registers.duties.models import Duty


def as_data(duty: Duty, now: datetime) -> dict[str, Any]:
    """Plain values; moments in Viet Nam's time. Join `place`, `establishment` and `body` in before."""
    answer = duty.answer
    return {
        "id": duty.public_id,
        "rule": duty.rule,
        "title": duty.title,
        "context": duty.context,
        "subject": duty.subject,
        "label": duty.label,
        "url": duty.url,
        "owner": duty.owner,
        "body_code": duty.body.code if duty.body else None,
        "body_name": duty.body.name if duty.body else None,
        "place_code": duty.place.code,
        "place_name": duty.place.name,
        "establishment_tax_code": duty.establishment.tax_code if duty.establishment else None,
        "assigned": duty.assigned,
        "begun_at": _local(duty.begun_at),
        "period": duty.period or None,
        "due": answer.get("due"),
        "last_ok": answer.get("last_ok"),
        "due_at": _local(duty.due_at),
        "unit": answer.get("unit"),
        "bound": answer.get("bound"),
        "house": duty.house,
        "extended": duty.extended,
        "remaining": wording.remaining(duty, now),
        "overdue": duty.state == Duty.State.OPEN and duty.due_at is not None and duty.due_at < now,
        "state": duty.state,
        "done_at": _local(duty.done_at),
        "late": duty.late,
        "reason": duty.reason,
        "citation": duty.citation,
        "status": duty.certainty,
        "explanation": (answer.get("explanation") or {}).get("text", ""),
    }


def _local(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None
