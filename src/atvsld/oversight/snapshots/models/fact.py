from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from atvsld.oversight.snapshots.models.snapshot import ReportSnapshot


class FrozenFact(models.Model):
    """One fact as it stood at acceptance: a flat row of a fact set.

    `record` is the public id of the record (a victim, an establishment), `whole` of the one it is part of (the case);
    `event` and `whole_event` are the newest history events of both. `left_out` says why the report does not count it,
    empty: it does. `dimensions` and `measures` hold values in the order that the snapshot's content names them; a
    measure is what this one fact adds, NULL an unknown amount. Numbers are text, exactly as the engine had them.
    """

    snapshot = models.ForeignKey(ReportSnapshot, on_delete=models.PROTECT, related_name="facts", db_index=False)
    fact_set = models.CharField(max_length=40)
    record = models.CharField(max_length=40)
    whole = models.CharField(max_length=40, blank=True, default="")
    event = models.BigIntegerField(null=True)
    whole_event = models.BigIntegerField(null=True)
    # A number, because the unit may be of any date.
    place_id = models.BigIntegerField(null=True)
    left_out = models.CharField(max_length=20, blank=True, default="")
    dimensions = ArrayField(models.TextField(null=True))
    measures = ArrayField(models.TextField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "fact_set", "record"], name="frozen_fact_once"),
        ]
        triggers = [pgtrigger.Protect(name="frozen_fact_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.fact_set} {self.record}"
