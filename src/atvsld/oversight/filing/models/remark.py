from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Remark(models.Model):
    """What the receiving body says of a submission when it returns it: at a cell, or of the whole (`key` empty)."""

    submission = models.ForeignKey("filing.Submission", on_delete=models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=110, blank=True)
    text = models.CharField(_("nội dung"), max_length=500)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lý do trả lại")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
