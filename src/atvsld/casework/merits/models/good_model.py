from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.words import group_choices, sector_choices


@tracked()
class GoodModel(LedgerRecord):
    """A model or way of working that made work safer, who applies it, and whether it is carried further."""

    class Kind(models.TextChoices):
        SAFE_WORKPLACE = "safe_workplace", _("Nơi làm việc an toàn, vệ sinh")
        GREEN_CLEAN = "green_clean", _("An toàn – Xanh – Sạch – Đẹp – Thân thiện")
        FARM = "farm", _("Cải thiện điều kiện làm việc ở nông thôn")
        CRAFT = "craft", _("Làng nghề, hợp tác xã")
        NETWORK = "network", _("Mạng lưới an toàn, vệ sinh viên")
        OTHER = "other", _("Mô hình khác")

    title = models.CharField(_("tên mô hình"), max_length=250)
    kind = models.CharField(_("loại mô hình"), max_length=14, choices=Kind)
    recorded_on = models.DateField(_("ngày ghi nhận"))
    applied_at = models.CharField(_("nơi áp dụng"), max_length=250)
    units = models.PositiveIntegerField(_("số đơn vị áp dụng"), null=True, blank=True)
    people = models.PositiveIntegerField(_("số người áp dụng"), null=True, blank=True)
    groups = ArrayField(
        models.CharField(max_length=40, choices=group_choices), default=list, blank=True,
        verbose_name=_("nhóm người lao động"),
    )  # fmt: skip
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True, verbose_name=_("lĩnh vực")
    )
    description = models.TextField(_("cách làm"))
    benefit = models.TextField(_("kết quả, lợi ích"), blank=True)
    spread = models.BooleanField(_("đã nhân rộng"), default=False)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("mô hình tốt")
        verbose_name_plural = _("mô hình tốt")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="good_model_title"),
        ]

    def __str__(self) -> str:
        return self.title
