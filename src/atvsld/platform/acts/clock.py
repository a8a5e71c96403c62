"""The one place where the program looks at the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware. Called once per act or request; never inside a rule."""
    return timezone.now()  # noqa: TID251


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in Viet Nam."""
    return timezone.localtime(moment).date()
