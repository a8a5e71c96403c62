from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


class Kind(models.TextChoices):
    """The catalogues of the law book (`law.hazards`), word for word."""

    DANGEROUS_FACTOR = "dangerous_factor", _("Yếu tố nguy hiểm")
    HARMFUL_FACTOR = "harmful_factor", _("Yếu tố có hại")
    STRICT_SAFETY_EQUIPMENT = "strict_safety_equipment", _("Máy, thiết bị, vật tư có yêu cầu nghiêm ngặt")
    ARDUOUS_WORK = "arduous_work", _("Công việc nặng nhọc, độc hại, nguy hiểm")


@tracked()
class HazardFact(models.Model):
    """One entry of an establishment's hazard profile over some days (inclusive; no end: still so).

    `code` is of the kind's catalogue, or empty where only `description` tells what it is (a machine outside the list
    read, a job title). `count`: people exposed, machines kept or people doing the work; NULL is not known.
    """

    public_id = models.CharField(max_length=26, default=new_ulid, editable=False)
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="hazards", verbose_name=_("cơ sở")
    )
    kind = models.CharField(_("loại"), max_length=24, choices=Kind)
    code = models.CharField(_("mục trong danh mục"), max_length=30, blank=True)
    description = models.CharField(_("mô tả"), max_length=300, blank=True)
    count = models.PositiveIntegerField(_("số lượng"), null=True, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=200)

    class Meta:
        verbose_name = _("yếu tố rủi ro của cơ sở")
        ordering = ["kind", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="hazard_public_id"),
            models.CheckConstraint(condition=~Q(code="") | ~Q(description=""), name="hazard_is_named"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="hazard_days"
            ),
            # One statement at a time of one thing; what ended may begin again.
            models.UniqueConstraint(
                fields=["establishment", "kind", "code", "description"],
                condition=Q(valid_to__isnull=True),
                name="hazard_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.code
