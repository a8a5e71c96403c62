from __future__ import annotations

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class ConsolidatedReport(models.Model):
    """One accepted consolidation: what was asked for, by whom accepted, and its figures from both sides.

    `series` names the report whatever its number: form, period, subject, basis, boundary. `content` holds the figures
    as accepted and those of the registers beside them, with form, rule and face as they were; `figures_digest` is the
    SHA-256 of the former, `facts_digest` that of the list of submissions, `engine` the program that made the files. The
    reports that were added up stand in `CountedReport`; submissions never change, so the sums can be made again.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("Đang có hiệu lực")
        SUPERSEDED = "superseded", _("Đã có bản sửa thay thế")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    # One key, one acceptance: what a repeated click sends again.
    key = models.CharField(max_length=26, unique=True, editable=False)
    series = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(_("lần"))
    form = models.CharField(_("biểu mẫu"), max_length=30)
    form_valid_from = models.DateField(_("bản biểu mẫu từ"))
    period = models.CharField(_("kỳ báo cáo"), max_length=8)
    subject_kind = models.CharField(max_length=13)
    subject_code = models.CharField(max_length=60)
    subject_name = models.CharField(_("đối tượng"), max_length=300)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    basis = models.CharField(_("tính theo"), max_length=12)
    boundary = models.CharField(max_length=12)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.ACCEPTED)
    accepted_at = models.DateTimeField(_("chấp nhận lúc"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_by_name = models.CharField(_("người chấp nhận"), max_length=200)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    law_version = models.CharField(max_length=40)
    # What anybody holding the paper finds it by.
    code = models.CharField(_("mã số liệu"), max_length=12, unique=True)
    engine = models.CharField(max_length=60)
    figures_digest = models.CharField(max_length=64)
    facts_digest = models.CharField(max_length=64)
    content: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        verbose_name = _("báo cáo tổng hợp đã chấp nhận")
        verbose_name_plural = _("báo cáo tổng hợp đã chấp nhận")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="consolidated_number_once"),
            models.UniqueConstraint(fields=["series"], condition=Q(state="accepted"), name="consolidated_one_in_force"),
            models.CheckConstraint(condition=Q(state__in=["accepted", "superseded"]), name="consolidated_state"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="consolidated_revision_reason"),
        ]
        indexes = [models.Index(fields=["form", "period"], name="consolidated_form_period")]

    def __str__(self) -> str:
        return f"{self.form} {self.period} {self.subject_code} #{self.number}"

    @property
    def spelled_code(self) -> str:
        """The code in two halves, as people read it aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def as_of(self) -> datetime:
        """The moment of the figures: that of acceptance."""
        return self.accepted_at


class ConsolidatedFile(models.Model):
    """An accepted consolidation as a file of one format, as it was made then."""

    consolidated = models.ForeignKey(ConsolidatedReport, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=5)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consolidated", "format"], name="consolidated_file_once")]
        triggers = [pgtrigger.Protect(name="consolidated_file_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.consolidated_id}: {self.format}"
