from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SensitiveReading(models.Model):
    """One reading of a protected field: who saw what of whom, when and for what purpose."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(_("lúc"))
    record_kind = models.CharField(max_length=60)
    record_id = models.CharField(max_length=26)
    fields = models.JSONField(default=list)
    purpose = models.CharField(_("mục đích"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lượt xem dữ liệu bảo vệ")
        indexes = [models.Index(fields=["record_kind", "record_id"])]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"
