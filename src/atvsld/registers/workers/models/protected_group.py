from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


class Group(models.TextChoices):
    """Groups that are recorded with their days; women, minors and the elderly follow from sex and birth date."""

    DISABLED = "disabled", _("Lao động là người khuyết tật")
    DOMESTIC = "domestic", _("Lao động giúp việc gia đình")
    APPRENTICE = "apprentice", _("Người học nghề, tập nghề")
    PROBATION = "probation", _("Người thử việc")
    LEASED = "leased", _("Lao động thuê lại")
    ABROAD = "abroad", _("Người Việt Nam đi làm việc ở nước ngoài theo hợp đồng")
    NO_CONTRACT = "no_contract", _("Người làm việc không theo hợp đồng lao động")


@tracked()
class ProtectedGroup(models.Model):
    """A worker's belonging to a group the law protects, as recorded: days inclusive, and what it rests on."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    worker = models.ForeignKey(
        "workers.Worker", on_delete=models.PROTECT, related_name="protected_groups", verbose_name=_("người lao động")
    )
    group = models.CharField(_("nhóm"), max_length=12, choices=Group)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("nhóm lao động đặc thù")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["group", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="protected_group_days"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())
