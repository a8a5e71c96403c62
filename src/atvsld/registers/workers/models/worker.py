from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Worker(models.Model):
    """A working person, known by as little as the work with the records needs.

    The identity number is kept sealed; its fingerprint finds it and keeps one person from being entered twice.
    `establishment` and `place` follow the present employment and decide who may see the record.
    """

    class Sex(models.TextChoices):
        MALE = "male", _("Nam")
        FEMALE = "female", _("Nữ")

    class IdentityKind(models.TextChoices):
        CITIZEN = "citizen", _("Số định danh cá nhân, căn cước (12 số)")
        OLD_CARD = "old_card", _("Chứng minh nhân dân (9 số)")
        PASSPORT = "passport", _("Hộ chiếu")
        OTHER = "other", _("Giấy tờ khác")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    name = models.CharField(_("họ và tên"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex, null=True, blank=True)
    identity_kind = models.CharField(_("loại giấy tờ"), max_length=8, choices=IdentityKind, blank=True)
    identity_sealed = models.CharField(_("số định danh"), max_length=200, blank=True)
    identity_fingerprint = models.CharField(max_length=64, null=True, unique=True, editable=False)
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("đang làm việc cho"),
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("địa bàn")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("người lao động")
        verbose_name_plural = _("người lao động")
        indexes = [
            GinIndex(fields=["name_folded"], name="worker_name_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["name_folded", "id"], name="worker_name_order"),
            models.Index(fields=["birth_date"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_sealed="", identity_fingerprint__isnull=True)
                | (~Q(identity_sealed="") & Q(identity_fingerprint__isnull=False)),
                name="worker_identity_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_identity(self) -> bool:
        """Whether an identity number is held; the number itself is read by an act."""
        return bool(self.identity_sealed)
