from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclarationDraft(models.Model):
    """A notice somebody has begun; theirs alone, sealed, gone once it is sent.

    `key` becomes the key of the declaration. `saved_at` is the phone's own clock: the later version wins.
    """

    key = models.CharField(max_length=26, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=20, blank=True)
    sealed = models.TextField()
    saved_at = models.DateTimeField(_("lưu lúc"))

    class Meta:
        verbose_name = _("phiếu đang viết")
        indexes = [models.Index(fields=["user", "-saved_at"], name="declaration_draft_user")]

    def __str__(self) -> str:
        return self.key
