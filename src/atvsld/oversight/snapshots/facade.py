"""All that other rooms may ask of accepted reports."""

from __future__ import annotations

from django.db.models import QuerySet

from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots.actions import accept, compare, revise, withdraw
from atvsld.oversight.snapshots.cells import Cell
from atvsld.oversight.snapshots.content import face_data, face_in, held, plan_data, plan_in, report_of
from atvsld.oversight.snapshots.differences import CellChange
from atvsld.oversight.snapshots.differences import between as differences
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.oversight.snapshots.passport import Passport, passport
from atvsld.oversight.snapshots.plain import from_data, to_data
from atvsld.oversight.snapshots.queries import open_revision, within
from atvsld.oversight.snapshots.sealing import (
    Seal,
    address,
    as_json,
    canonical,
    engine,
    new_code,
    sealed_face,
    spelled,
)
from atvsld.oversight.snapshots.sources import Shown, Source, register
from atvsld.oversight.snapshots.verifying import Result, Verdict, verify
from atvsld.oversight.snapshots.verifying_rooms import Accepted, Room, Store, verify_also
from atvsld.platform.access.actor import Actor

__all__ = [
    "Accepted", "Cell", "CellChange", "Passport", "ReportRevision", "ReportSnapshot", "Request", "Result", "Room",
    "Seal", "Shown", "Source", "Store", "Verdict", "accept", "address", "as_json", "canonical", "compare",
    "differences", "engine", "face_data", "face_in", "from_data", "held", "latest", "new_code", "open_revision",
    "outdated", "passport", "plan_data", "plan_in", "register", "report_of", "revise", "sealed_face", "spelled",
    "to_data", "verify", "verify_also", "withdraw", "within",
]  # fmt: skip


def latest(form: str, period: str, subject: str, *, basis: str = "place") -> ReportSnapshot | None:
    """The accepted report in force of a subject, by the code of its place or body or its tax code; None without one.

    For whoever publishes figures; who may see the report itself is asked by `within`.
    """
    found = ReportSnapshot.objects.filter(
        form=form, period=period, subject_code=subject, basis=basis, state=ReportSnapshot.State.ACCEPTED
    )
    return found.select_related("held_content").order_by("-accepted_at").first()


def outdated(actor: Actor) -> QuerySet[ReportRevision]:
    """The drafts of next numbers in somebody's reach: accepted reports that their records have overtaken."""
    drafts = ReportRevision.objects.filter(state=ReportRevision.State.OPEN, snapshot__in=within(actor))
    return drafts.select_related("snapshot").order_by("-found_at")
