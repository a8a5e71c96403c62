from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class ServiceProvider(models.Model):
    """An organisation that trains, inspects, monitors, examines or certifies for others.

    `place` is the commune of the head office where the register knows it; one from elsewhere has `address` alone.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    name = models.CharField(_("tên"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, null=True, blank=True, unique=True)
    head = models.CharField(_("người đứng đầu"), max_length=200, blank=True)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("địa bàn")
    )
    address = models.CharField(_("địa chỉ trụ sở"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    website = models.URLField(_("trang thông tin"), blank=True)
    ceased_on = models.DateField(_("chấm dứt hoạt động từ"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("tổ chức dịch vụ")
        verbose_name_plural = _("tổ chức dịch vụ")
        indexes = [GinIndex(fields=["name_folded"], name="provider_name_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.name
