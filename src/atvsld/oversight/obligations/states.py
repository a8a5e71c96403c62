"""What became of an expected report, as one word; the same rule in Python and in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations.house import house


class ReportState(models.TextChoices):
    """Where an owed report stands on a day. Nil reports are reports: `nil` is told beside the state."""

    NOT_DUE = "not_due", _("Chưa đến hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    DRAFT = "draft", _("Đang lập")
    SUBMITTED = "submitted", _("Đã nộp đúng hạn")
    SUBMITTED_LATE = "submitted_late", _("Đã nộp muộn")
    RETURNED = "returned", _("Bị trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    SILENT = "silent", _("Quá hạn, chưa nộp")


TONES = {
    ReportState.NOT_DUE: "secondary",
    ReportState.DUE_SOON: "warning",
    ReportState.DRAFT: "info",
    ReportState.SUBMITTED: "success",
    ReportState.SUBMITTED_LATE: "warning",
    ReportState.RETURNED: "danger",
    ReportState.ACCEPTED: "success",
    ReportState.SILENT: "danger",
}
# Handed in, whatever came after.
IN = (ReportState.SUBMITTED, ReportState.SUBMITTED_LATE, ReportState.RETURNED, ReportState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Filed:
    """What the filings hold of one report; all empty when nothing was begun."""

    public_id: str = ""
    state: str = ""
    submitted_at: datetime | None = None
    late: bool = False
    nil: bool = False

    @property
    def day(self) -> date | None:
        """The day of the first submission in Viet Nam."""
        return timezone.localtime(self.submitted_at).date() if self.submitted_at else None


def state_of(term: Term, filed: Filed, today: date) -> ReportState:
    """Where a report stands. A draft past the last good day is silence: nothing was handed in."""
    if filed.submitted_at is not None:
        by_state = {"returned": ReportState.RETURNED, "accepted": ReportState.ACCEPTED, "locked": ReportState.ACCEPTED}
        return by_state.get(filed.state) or (ReportState.SUBMITTED_LATE if filed.late else ReportState.SUBMITTED)
    if term.last_ok is not None and today > term.last_ok:
        return ReportState.SILENT
    if filed.state:
        return ReportState.DRAFT
    if term.last_ok is not None and term.last_ok - today <= timedelta(days=house().soon_days):
        return ReportState.DUE_SOON
    return ReportState.NOT_DUE


def state_sql(term: Term, today: date) -> tuple[str, dict[str, Any]]:
    """`state_of` as SQL over the filing `f` (none: NULL columns)."""
    past = term.last_ok is not None and today > term.last_ok
    soon = term.last_ok is not None and term.last_ok - today <= timedelta(days=house().soon_days)
    without = ReportState.SILENT if past else ReportState.DUE_SOON if soon else ReportState.NOT_DUE
    sql = (
        "CASE WHEN f.submitted_at IS NOT NULL THEN CASE WHEN f.state = 'returned' THEN 'returned'"
        " WHEN f.state IN ('accepted', 'locked') THEN 'accepted'"
        " WHEN f.late THEN 'submitted_late' ELSE 'submitted' END"
        " WHEN f.id IS NOT NULL THEN %(drafted)s ELSE %(nothing)s END"
    )
    return sql, {"drafted": (ReportState.SILENT if past else ReportState.DRAFT).value, "nothing": without.value}
