"""Places are dated: a code may name one unit today and another tomorrow. Key = code + valid_from."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Place(models.Model):
    """An administrative unit during one span of days. Never edited to become another unit."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Cấp tỉnh")
        DISTRICT = "district", _("Cấp huyện")
        COMMUNE = "commune", _("Cấp xã")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    code = models.CharField(_("mã"), max_length=10)
    name = models.CharField(_("tên"), max_length=120)
    name_folded = models.CharField(max_length=120)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    kind = models.CharField(_("loại"), max_length=40)
    valid_from = models.DateField(_("có từ"))
    # False when the source only shows that the unit already existed on its first snapshot.
    valid_from_known = models.BooleanField(default=True)
    valid_to = models.DateField(_("đến hết"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị hành chính")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from", "level"], name="place_code_from"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="place_span"
            ),
        ]
        indexes = [GinIndex(fields=["name_folded"], name="place_name_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name


@tracked()
class PlaceParent(models.Model):
    """Which unit a unit belongs to, from when to when."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "valid_from"], name="place_parent_from")]

    def __str__(self) -> str:
        return f"{self.place} ⊂ {self.parent}"


@tracked()
class PlaceSuccession(models.Model):
    """What became of a unit: whole into another, part with a share, renamed, retyped or kept."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("Nhập toàn bộ")
        PART = "part", _("Nhập một phần")
        RENAME = "rename", _("Đổi tên hoặc đổi loại")

    predecessor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="precessions")
    kind = models.CharField(max_length=10, choices=Kind)
    # Share of the predecessor that went to this successor; an estimate unless the basis states it.
    share = models.DecimalField(max_digits=5, decimal_places=4, default=1)
    share_is_estimate = models.BooleanField(default=False)
    effective_on = models.DateField()
    legal_basis = models.CharField(max_length=200, blank=True)
    certainty = models.CharField(max_length=12, default="official")
    # Villages, groups and streets that went this way, one a line or with semicolons: they decide for an address.
    localities = models.TextField(_("thôn, tổ, đường thuộc phần này"), blank=True, db_default="", default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="place_succession_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="place_succession_share"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
