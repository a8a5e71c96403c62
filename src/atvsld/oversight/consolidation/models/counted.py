from __future__ import annotations

import pgtrigger
from django.db import models


class CountedReport(models.Model):
    """One report that an accepted consolidation added up: its submission, and what the reporter was at that moment."""

    consolidated = models.ForeignKey(
        "consolidation.ConsolidatedReport", on_delete=models.PROTECT, related_name="counted", db_index=False
    )
    filing = models.ForeignKey("filing.Filing", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey("filing.Submission", on_delete=models.PROTECT, related_name="+", db_index=False)
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # An establishment, or the place of a body.
    unit = models.BigIntegerField()
    ownership = models.TextField(null=True)
    industry = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consolidated", "filing"], name="counted_report_once")]
        triggers = [pgtrigger.Protect(name="counted_report_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.consolidated_id}: {self.filing_id}"
