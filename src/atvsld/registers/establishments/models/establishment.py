from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Establishment(models.Model):
    """A place of production or business with its own tax code.

    `place` is where it works, `headquarters_place` where its head office stands (the basis of the employer's
    statutory report). The industry code keeps its version: equal numbers of two versions may differ in meaning.
    """

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("Đã xác minh")
        UNVERIFIED = "unverified", _("Chưa xác minh")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    name_folded = models.CharField(max_length=300)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="establishments", verbose_name=_("nơi hoạt động")
    )
    headquarters_place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi đặt trụ sở chính")
    )
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    industry_version = models.CharField(_("phiên bản ngành"), max_length=20, blank=True)
    industry_code = models.CharField(_("mã ngành"), max_length=6, blank=True)
    ownership_type = models.CharField(_("loại hình cơ sở"), max_length=4, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    verification = models.CharField(_("xác minh"), max_length=12, choices=Verification, default=Verification.VERIFIED)
    enterprise = models.ForeignKey(
        "establishments.Enterprise",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("doanh nghiệp"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name=_("đã gộp vào"),
        db_index=False,
    )
    zone_name = models.CharField(_("khu, cụm công nghiệp"), max_length=200, blank=True, db_default="")
    # Empty: that of the enterprise.
    zone_authority = models.ForeignKey(
        "bodies.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ban quản lý khu kinh tế, khu công nghiệp"),
        db_index=False,
    )
    # Degrees, WGS 84; both or neither.
    latitude = models.DecimalField(_("vĩ độ"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=9, decimal_places=6, null=True, blank=True)
    closed_on = models.DateField(_("ngừng hoạt động từ"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("cơ sở")
        verbose_name_plural = _("cơ sở")
        indexes = [
            GinIndex(fields=["name_folded"], name="establishment_name_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["ownership_type"]),
            # Few have either; an index of all rows would cost time on each one imported.
            models.Index(
                fields=["merged_into"], name="establishment_merged", condition=models.Q(merged_into__isnull=False)
            ),
            models.Index(
                fields=["zone_authority"], name="establishment_zone", condition=models.Q(zone_authority__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="establishment_coordinates",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="establishment_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name
