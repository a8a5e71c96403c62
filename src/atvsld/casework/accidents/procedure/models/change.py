from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class StageChange(models.Model):
    """One step taken on a file: append-only, the database refuses to change or remove a row.

    `at` is when it happened, `recorded_at` when it was entered. `automatic` steps follow from the record (a later
    death moves the file up); the others are somebody's act. `key` is the sender's, so that a repeated request finds
    the step it took before.
    """

    file = models.ForeignKey("accident_procedure.CaseFile", on_delete=models.PROTECT, related_name="changes")
    step = models.CharField(_("bước"), max_length=30)
    from_stage = models.CharField(max_length=24)
    to_stage = models.CharField(max_length=24)
    level = models.CharField(max_length=14, null=True, blank=True)
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    actor_name = models.CharField(max_length=200)
    actor_id = models.BigIntegerField(null=True, blank=True)
    automatic = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)
    instrument = models.CharField(max_length=40)
    locator = models.CharField(max_length=200, blank=True, default="")
    certainty = models.CharField(max_length=12, default="official")
    key = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("bước giải quyết")
        verbose_name_plural = _("bước giải quyết")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "key"], condition=~models.Q(key=""), name="stage_change_key"
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["file", "round"], name="stage_change_round")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.step}"
