from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftEntry(models.Model):
    """One thing written into a draft, kept apart from all others so that two people at work lose nothing.

    `key` is `table/row/column` of a figure or word, `table#rows` of an open table, `section:…` or `header:…`.
    `text` is what was typed (open tables: JSON rows); `reason` why a figure departs from the registers or a check.
    """

    filing = models.ForeignKey("filing.Filing", on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=110)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ô đang lập")
        constraints = [models.UniqueConstraint(fields=["filing", "key"], name="draft_entry_once")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.key}"
