from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """The answer given to a request that carried an Idempotency-Key, so that a repeated request gets the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    # SHA-256 of method, path and body: one key stands for one request.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("câu trả lời đã gửi qua API")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_key")]

    def __str__(self) -> str:
        return self.key
