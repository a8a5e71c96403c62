from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid


class Attachment(models.Model):
    """A file laid beside a report. Taken out, it stays with the submissions that named it (`removed_at`)."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    filing = models.ForeignKey("filing.Filing", on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=160)
    by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tệp kèm báo cáo")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "file"], condition=models.Q(removed_at__isnull=True), name="report_attachment_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
