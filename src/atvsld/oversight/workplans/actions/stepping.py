"""Compare-and-set: no change overwrites another unseen, and the same change sent twice is done once."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.platform.acts import Conflict

M = TypeVar("M", WorkPlan, Task)


def step(record: M, version: int, **values: object) -> M:
    """Write values and the next version; `Conflict` when somebody else did so first."""
    held = type(record)._default_manager.filter(pk=record.pk, version=version)  # noqa: SLF001 - Django's own name
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(_("Vừa có thay đổi khác nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới."))
    record.refresh_from_db()
    return record
