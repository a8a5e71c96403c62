from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.snapshots.models.snapshot import ReportSnapshot
from atvsld.platform.history.track import tracked


@tracked()
class ReportRevision(models.Model):
    """The draft of the next acceptance of a report, found because its records now give other figures.

    `cells` holds each differing cell with both figures, `records` the records that made the difference (at most
    `MOST_RECORDS`; `record_count` is their number). The draft follows the records until an officer accepts it, and is
    dropped when the figures agree again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Chờ chấp nhận bản sửa")
        ACCEPTED = "accepted", _("Đã thành bản sửa")
        DROPPED = "dropped", _("Số liệu đã khớp lại")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    snapshot = models.ForeignKey(ReportSnapshot, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("lần"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("phát hiện lúc"))
    changed_at = models.DateTimeField(_("khác biệt đổi lúc"))
    cells: models.JSONField[Any, Any] = models.JSONField(default=list)
    records: models.JSONField[Any, Any] = models.JSONField(default=list)
    record_count = models.PositiveIntegerField(default=0)
    result = models.OneToOneField(ReportSnapshot, on_delete=models.PROTECT, null=True, related_name="made_from")

    class Meta:
        verbose_name = _("dự thảo bản sửa báo cáo")
        verbose_name_plural = _("dự thảo bản sửa báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["snapshot"], condition=Q(state="open"), name="revision_one_open"),
            models.CheckConstraint(condition=Q(state__in=["open", "accepted", "dropped"]), name="revision_state"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} → #{self.number}"
