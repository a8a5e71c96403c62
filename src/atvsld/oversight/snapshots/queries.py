"""Accepted reports in somebody's reach."""

from __future__ import annotations

from django.db.models import QuerySet

from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.oversight.snapshots.policy import READ, SNAPSHOTS
from atvsld.platform.access.actor import Actor


def within(actor: Actor) -> QuerySet[ReportSnapshot]:
    """The snapshots a person may read, whatever their state."""
    return SNAPSHOTS.restrict(ReportSnapshot.objects.all(), actor, READ)


def open_revision(snapshot: ReportSnapshot) -> ReportRevision | None:
    """The draft of the next number, when the records now give other figures."""
    return snapshot.revisions.filter(state=ReportRevision.State.OPEN).first()


def in_force(series: str) -> ReportSnapshot | None:
    """The accepted number of a report that holds."""
    return ReportSnapshot.objects.filter(series=series, state=ReportSnapshot.State.ACCEPTED).first()
