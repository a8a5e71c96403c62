from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid


class StoredFile(models.Model):
    """What is known of a kept file. One content is kept once within a purpose; a kept file never changes.

    `purpose` says what the file is kept for and binds the seal: `accidents:evidence:<case>`. `sha256` is that of
    the content as handed in. The content stands apart (`SealedContent`), so that lists never load it.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    purpose = models.CharField(max_length=120)
    name = models.CharField(_("tên tệp"), max_length=200)
    kind = models.CharField(_("loại tệp"), max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("dung lượng (byte)"))
    sha256 = models.CharField(_("mã băm SHA-256"), max_length=64)
    created_at = models.DateTimeField(_("lưu lúc"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tệp lưu giữ")
        verbose_name_plural = _("tệp lưu giữ")
        constraints = [models.UniqueConstraint(fields=["purpose", "sha256"], name="stored_file_once")]
        indexes = [models.Index(fields=["sha256"], name="stored_file_hash")]
        triggers = [pgtrigger.Protect(name="file_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name


class SealedContent(models.Model):
    """The content of a file, sealed by `platform.vault` for the purpose of the file."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="content")
    sealed = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="content_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.file_id}"
