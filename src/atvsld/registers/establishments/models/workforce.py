from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class WorkforceYear(models.Model):
    """People employed by an establishment in a year, as stated by a named source. Payroll in đồng."""

    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="workforce"
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    workers = models.PositiveIntegerField(_("tổng số lao động"))
    female_workers = models.PositiveIntegerField(_("trong đó nữ"), null=True, blank=True)
    payroll = models.BigIntegerField(_("tổng quỹ lương (đồng)"), null=True, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=200)

    class Meta:
        verbose_name = _("lao động theo năm")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "year"], name="workforce_once_a_year"),
            models.CheckConstraint(
                condition=Q(female_workers__isnull=True) | Q(female_workers__lte=F("workers")),
                name="workforce_female_within_total",
            ),
            models.CheckConstraint(condition=Q(payroll__isnull=True) | Q(payroll__gte=0), name="workforce_payroll"),
        ]
        indexes = [models.Index(fields=["year"])]

    def __str__(self) -> str:
        return f"{self.establishment_id}/{self.year}: {self.workers}"
