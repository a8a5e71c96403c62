from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Enterprise(models.Model):
    """The legal person behind one or several establishments: ten digits of tax code, or twelve of a household's owner.

    `zone_authority` manages it when it works in an economic or industrial zone; `sector_ministry` is the ministry of
    its line of business, in words.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    tax_code = models.CharField(_("mã số doanh nghiệp"), max_length=12, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    name_folded = models.CharField(max_length=300)
    headquarters_place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi đặt trụ sở chính")
    )
    ownership_type = models.CharField(_("loại hình cơ sở"), max_length=4, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("công ty mẹ"),
        db_index=False,
    )
    zone_authority = models.ForeignKey(
        "bodies.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ban quản lý khu kinh tế, khu công nghiệp"),
        db_index=False,
    )
    sector_ministry = models.CharField(_("bộ quản lý ngành"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("doanh nghiệp")
        indexes = [
            models.Index(fields=["parent"], name="enterprise_parent", condition=models.Q(parent__isnull=False)),
            models.Index(
                fields=["zone_authority"], name="enterprise_zone", condition=models.Q(zone_authority__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax_code__regex=r"^(\d{10}|\d{12})$"), name="enterprise_tax_code_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name
