from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class UncountedReporter(models.Model):
    """One reporter whose figures an accepted consolidation does not hold, and why, as it stood at that moment.

    `reporter` is the key of an establishment or of a body. `within`: the report in whose figures its own already stand.
    """

    class Why(models.TextChoices):
        SILENT = "silent", _("Chưa nộp")
        RETURNED = "returned", _("Đang trả lại để sửa")
        UNCLEAR = "unclear", _("Chưa nộp, chưa đủ dữ liệu để biết có phải báo cáo không")
        GROUND = "ground", _("Địa bàn đã nằm trong báo cáo khác")
        MERGED = "merged", _("Trùng cơ sở, đã tính ở báo cáo khác")

    consolidated = models.ForeignKey(
        "consolidation.ConsolidatedReport", on_delete=models.PROTECT, related_name="uncounted"
    )
    reporter = models.BigIntegerField()
    filing = models.ForeignKey("filing.Filing", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    within = models.ForeignKey("filing.Filing", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    why = models.CharField(max_length=8, choices=Why)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(why__in=["silent", "returned", "unclear", "ground", "merged"]), name="uncounted_why"
            )
        ]
        triggers = [pgtrigger.Protect(name="uncounted_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.consolidated_id}: {self.reporter} ({self.why})"
