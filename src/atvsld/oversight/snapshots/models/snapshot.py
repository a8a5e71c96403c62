from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.platform.history.track import tracked


@tracked()
class ReportSnapshot(models.Model):
    """One accepted report: what was asked for, as of when, by whom accepted, and its place among revisions.

    `series` names the report whatever its number: form, period, subject, basis and boundary. `number` counts
    acceptances of a series from 1. `code` is what anybody holding the paper finds it by. `figures_digest` is the
    SHA-256 of all figures, `facts_digest` that of the frozen facts; `engine` the version of the program that made the
    files. One snapshot of a series at most is in force (`accepted`).
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("Đang có hiệu lực")
        SUPERSEDED = "superseded", _("Đã có bản sửa thay thế")
        WITHDRAWN = "withdrawn", _("Đã rút")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    # One key, one snapshot: what a repeated click sends again.
    key = models.CharField(max_length=60, unique=True, editable=False)
    series = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(_("lần"))
    code = models.CharField(_("mã số liệu"), max_length=12, unique=True)
    form = models.CharField(_("biểu mẫu"), max_length=20)
    form_valid_from = models.DateField(_("bản biểu mẫu từ ngày"))
    period = models.CharField(_("kỳ"), max_length=10)
    period_start = models.DateField()
    period_end = models.DateField(_("cuối kỳ"))
    subject_kind = models.CharField(max_length=13)
    subject_code = models.CharField(max_length=60)
    subject_name = models.CharField(_("đối tượng"), max_length=300)
    basis = models.CharField(_("tính theo"), max_length=12)
    boundary = models.CharField(max_length=12)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, null=True, related_name="+")
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.ACCEPTED)
    version = models.PositiveIntegerField(default=1)
    as_of = models.DateTimeField(_("số liệu lúc"))
    accepted_at = models.DateTimeField(_("chấp nhận lúc"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_by_name = models.CharField(_("người chấp nhận"), max_length=200)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next", verbose_name=_("thay cho")
    )
    withdrawn_why = models.CharField(_("lý do rút"), max_length=500, blank=True)
    law_version = models.CharField(max_length=40)
    engine = models.CharField(max_length=60)
    figures_digest = models.CharField(max_length=64)
    facts_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("báo cáo đã chấp nhận")
        verbose_name_plural = _("báo cáo đã chấp nhận")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(fields=["series"], condition=Q(state="accepted"), name="snapshot_one_in_force"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "superseded", "withdrawn"]), name="snapshot_state"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="snapshot_number"),
        ]
        indexes = [models.Index(fields=["form", "period"], name="snapshot_form_period")]

    def __str__(self) -> str:
        return f"{self.form} {self.period} {self.subject_code} #{self.number}"

    @property
    def spelled_code(self) -> str:
        """The code in two halves, as people read it aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def parsed_period(self) -> Period:
        return Period.parse(self.period)


class SnapshotContent(models.Model):
    """All else the report was made of, as data: form, rows, rates, header, face, figures, coverage, checks."""

    snapshot = models.OneToOneField(
        ReportSnapshot, on_delete=models.PROTECT, primary_key=True, related_name="held_content"
    )
    data: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="snapshot_content_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.snapshot_id}"


class SnapshotFile(models.Model):
    """The report as a file of one format, as it was made at acceptance."""

    snapshot = models.ForeignKey(ReportSnapshot, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=5)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "format"], name="snapshot_file_once")]
        triggers = [pgtrigger.Protect(name="snapshot_file_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.format}"


class SnapshotCheck(models.Model):
    """When a snapshot was last compared with the records, and how far their history had come then (by table)."""

    snapshot = models.OneToOneField(
        ReportSnapshot, on_delete=models.CASCADE, primary_key=True, related_name="check_mark"
    )
    checked_at = models.DateTimeField()
    marks: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["checked_at"], name="snapshot_checked")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.checked_at}"
