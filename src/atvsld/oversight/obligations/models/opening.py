from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodOpening(models.Model):
    """The opening of one report's period: how many reporters owe it, and how many have the duty in their work lists.

    `total` and `done` are of the latest round; rounds repeat while the period is open, since facts change.
    """

    report = models.CharField(_("chế độ báo cáo"), max_length=30)
    period = models.CharField(_("kỳ"), max_length=8)
    opened_at = models.DateTimeField(_("mở lúc"))
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("kỳ báo cáo đã mở")
        constraints = [models.UniqueConstraint(fields=["report", "period"], name="period_opened_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.period}"
