from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class Clock(models.Model):
    """A deadline rule running on a file from a moment. Ended ones stay: an old limit remains visible beside the new.

    `key` names the duty owed for it. `met`: a step did what the rule asks at `ended_at`; `stopped`: it no longer
    applies (the file moved up, the police took over), `ended_reason` says why.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Đang tính")
        MET = "met", _("Đã làm")
        STOPPED = "stopped", _("Thôi tính")

    file = models.ForeignKey("accident_procedure.CaseFile", on_delete=models.PROTECT, related_name="clocks")
    rule = models.CharField(_("quy tắc"), max_length=30)
    since = models.DateTimeField(_("tính từ"))
    round = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=100, unique=True)
    window = models.BooleanField(default=False)
    extended = models.BooleanField(_("đã gia hạn"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("thời hạn của vụ")
        verbose_name_plural = _("thời hạn của vụ")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "rule"], condition=Q(state="running"), name="clock_one_running"),
            models.CheckConstraint(condition=Q(state__in=["running", "met", "stopped"]), name="clock_state"),
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class Extension(models.Model):
    """The one extension of an investigation (Điều 35 khoản 6 Luật ATVSLĐ). One for each round of a file."""

    file = models.ForeignKey("accident_procedure.CaseFile", on_delete=models.PROTECT, related_name="extensions")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(_("số ngày gia hạn"))
    approved_by = models.CharField(_("người đồng ý gia hạn"), max_length=200)
    at = models.DateTimeField(_("lúc"))
    reason = models.CharField(_("tình tiết phức tạp"), max_length=1000)

    class Meta:
        verbose_name = _("gia hạn điều tra")
        verbose_name_plural = _("gia hạn điều tra")
        constraints = [
            models.UniqueConstraint(fields=["file", "round"], name="extension_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="extension_days"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} +{self.days}"
