from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked

# Numbers that are part of the year's total.
PARTS = (
    "contract_workers",
    "non_contract_workers",
    "elderly_workers",
    "minor_workers",
    "disabled_workers",
    "apprentices",
    "leased_workers",
    "arduous_workers",
    "arduous_female_workers",
)


@tracked()
class WorkforceYear(models.Model):
    """People employed by an establishment in a year, as stated by a named source. Payroll in đồng.

    The parts (contract, protected groups, arduous work) may overlap one another; NULL is not known.
    """

    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="workforce", db_index=False
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    workers = models.PositiveIntegerField(_("tổng số lao động"))
    female_workers = models.PositiveIntegerField(_("trong đó nữ"), null=True, blank=True)
    contract_workers = models.PositiveIntegerField(_("có hợp đồng lao động"), null=True, blank=True)
    non_contract_workers = models.PositiveIntegerField(_("không theo hợp đồng lao động"), null=True, blank=True)
    elderly_workers = models.PositiveIntegerField(_("người cao tuổi"), null=True, blank=True)
    minor_workers = models.PositiveIntegerField(_("chưa thành niên"), null=True, blank=True)
    disabled_workers = models.PositiveIntegerField(_("người khuyết tật"), null=True, blank=True)
    apprentices = models.PositiveIntegerField(_("học nghề, tập nghề, thử việc"), null=True, blank=True)
    leased_workers = models.PositiveIntegerField(_("lao động thuê lại"), null=True, blank=True)
    arduous_workers = models.PositiveIntegerField(
        _("làm công việc nặng nhọc, độc hại, nguy hiểm"), null=True, blank=True
    )
    arduous_female_workers = models.PositiveIntegerField(
        _("nữ làm công việc nặng nhọc, độc hại, nguy hiểm"), null=True, blank=True
    )
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
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": F("workers")}),
                    name=f"workforce_{name}_within"[:60],
                )
                for name in PARTS
            ),
            models.CheckConstraint(
                condition=Q(contract_workers__isnull=True)
                | Q(non_contract_workers__isnull=True)
                | Q(workers__gte=F("contract_workers") + F("non_contract_workers")),
                name="workforce_contracts_within_total",
            ),
            models.CheckConstraint(
                condition=Q(arduous_female_workers__isnull=True)
                | Q(arduous_workers__isnull=True)
                | Q(arduous_female_workers__lte=F("arduous_workers")),
                name="workforce_arduous_female_within",
            ),
            models.CheckConstraint(condition=Q(payroll__isnull=True) | Q(payroll__gte=0), name="workforce_payroll"),
        ]
        indexes = [models.Index(fields=["year"])]

    def __str__(self) -> str:
        return f"{self.establishment_id}/{self.year}: {self.workers}"
