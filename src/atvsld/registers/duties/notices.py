"""What is said to people about a duty, and the way it is handed over."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.platform.outbox import facade as outbox
from atvsld.registers.duties import wording
from atvsld.registers.duties.ladder import Rung
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owner_name


def notice_key(duty: Duty, rung: Rung, user_id: int) -> str:
    """One notice for each rung, term and person: a term that was extended is reminded of anew."""
    due = f"{duty.due_at:%Y%m%d%H%M}" if duty.due_at else "-"
    return f"duties:{duty.public_id}:{due}:{rung.step.id}:{user_id}"


def tell(duty: Duty, rung: Rung, user_id: int, *, at: datetime, email: bool) -> None:
    """Hand one notice to the outbox, which keeps its key: handing it over again is nothing."""
    outbox.post(
        key=notice_key(duty, rung, user_id),
        user_id=user_id,
        subject=subject(duty, rung, at),
        body=body(duty, rung, at),
        url=duty.url or "/viec/",
        at=at,
        email=email,
    )


def subject(duty: Duty, rung: Rung, at: datetime) -> str:
    left = wording.remaining(duty, at)
    if rung.step.id == "opened":
        return _("Việc mới: %(title)s · %(label)s (%(left)s)") % {
            "title": duty.title,
            "label": duty.label,
            "left": left,
        }
    return _("%(left)s: %(title)s · %(label)s") % {
        "left": left[:1].upper() + left[1:],
        "title": duty.title,
        "label": duty.label,
    }


def body(duty: Duty, rung: Rung, at: datetime) -> str:
    lines = [
        f"{duty.title} – {duty.label}",
        _("Người phải làm: %(owner)s") % {"owner": owner_name(duty.owner)},
        _("Hạn: %(due)s (%(left)s)") % {"due": wording.due_text(duty), "left": wording.remaining(duty, at)},
        _("Căn cứ: %(citation)s") % {"citation": wording.citation(duty)},
    ]
    if rung.step.to == "superior":
        lines.insert(0, _("Việc này đã quá hạn mà chưa làm; báo để đôn đốc."))
    return "\n".join(lines)
