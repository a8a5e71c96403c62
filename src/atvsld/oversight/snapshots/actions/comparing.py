"""Comparing accepted reports with the records of now: what differs becomes the draft of the next number."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from atvsld.oversight.snapshots import comparing, content, freezing, queries
from atvsld.oversight.snapshots.comparing import Comparison
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot, SnapshotCheck
from atvsld.oversight.snapshots.moment import one_moment
from atvsld.oversight.snapshots.policy import ACCEPT, SNAPSHOTS
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, action
from atvsld.platform.outbox import facade as outbox

log = structlog.get_logger()
# What one visit of the job may take; the rest waits for the next minute, longest unseen first.
SECONDS = 20.0
MOST_RECORDS = 200
AT_LEAST = timedelta(days=1)
State = ReportRevision.State


def tick(at: datetime, *, seconds: float = SECONDS) -> int:
    """Compare every report in force whose records have a history that moved on since; how many now differ.

    Repeating is harmless. Reports another worker is looking at are passed over.
    """
    act = Act(system_actor("So báo cáo đã chấp nhận", {ACCEPT}), Channel.JOB, at=at)
    until, differing = time.monotonic() + seconds, 0
    for snapshot in waiting(at):
        try:
            differing += compare(act, snapshot=snapshot) is not None
        except DatabaseError as error:
            # Somebody writes the same report at this moment; its turn comes again.
            log.warning("report not compared", report=snapshot.public_id, error=type(error).__name__)
        if time.monotonic() > until:
            break
    return differing


def waiting(at: datetime) -> list[ReportSnapshot]:
    """Reports in force that may have been overtaken, longest unseen first.

    Those whose records' history moved on; and every one once a day, since a transaction that was long in coming may
    have written under a number below the mark.
    """
    every = ReportSnapshot.objects.filter(state=ReportSnapshot.State.ACCEPTED).select_related("check_mark")
    found = list(every.order_by("check_mark__checked_at", "pk"))
    # All sources at once: a mark of a table that a form does not use is not compared.
    now = freezing.marks(freezing.all_sets()) if found else {}
    return [one for one in found if one.check_mark.checked_at < at - AT_LEAST or _moved(one.check_mark.marks, now)]


def _moved(marks: dict[str, int], now: dict[str, int]) -> bool:
    return any(now.get(table) != mark for table, mark in marks.items())


@action(needs=ACCEPT, records="snapshots:report:compared")
def compare(act: Act, *, snapshot: ReportSnapshot) -> ReportRevision | None:
    """Compare one report in force with the records; the open draft of its next number, None while figures agree."""
    one_moment()
    SNAPSHOTS.require(act.actor, ACCEPT, snapshot)
    mark = SnapshotCheck.objects.select_for_update(skip_locked=True).filter(snapshot=snapshot).first()
    snapshot = ReportSnapshot.objects.select_related("held_content").get(pk=snapshot.pk)
    if mark is None or snapshot.state != ReportSnapshot.State.ACCEPTED:
        return queries.open_revision(snapshot)
    one = content.held(snapshot)
    marks = freezing.marks(one.layouts)
    found = comparing.compare(one, at=act.at)
    SnapshotCheck.objects.filter(pk=mark.pk).update(checked_at=act.at, marks=marks)
    return _settle(act, snapshot, found)


def _settle(act: Act, snapshot: ReportSnapshot, found: Comparison) -> ReportRevision | None:
    draft = queries.open_revision(snapshot)
    if not found.cells:
        if draft is not None:
            draft.state, draft.changed_at = State.DROPPED, act.at
            draft.save()
        return None
    told = {
        "cells": [change.to_data() for change in found.cells],
        "records": [change.to_data() for change in found.facts[:MOST_RECORDS]],
        "record_count": len(found.facts),
    }
    if draft is None:
        draft = ReportRevision.objects.create(
            snapshot=snapshot, number=snapshot.number + 1, found_at=act.at, changed_at=act.at, **told
        )
        _tell(act, draft)
    elif any(getattr(draft, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(draft, name, value)
        draft.changed_at = act.at
        draft.save()
    return draft


def _tell(act: Act, draft: ReportRevision) -> None:
    """One message for one draft, to whoever accepted the report."""
    snapshot = draft.snapshot
    if snapshot.accepted_by_id is None:
        return
    with translation.override("vi"), transaction.atomic():
        outbox.post(
            key=f"snapshots:{draft.public_id}",
            user_id=snapshot.accepted_by_id,
            subject=_("Báo cáo %(form)s kỳ %(period)s đã chấp nhận nay khác hồ sơ")
            % {"form": snapshot.form, "period": snapshot.period},
            body=_("Hồ sơ đã thay đổi sau khi chấp nhận: %(cells)s ô số liệu khác lần %(number)s. Dự thảo lần %(next)s "
                   "đã có; mở báo cáo để xem khác biệt và chấp nhận bản sửa.")
            % {"cells": len(draft.cells), "number": snapshot.number, "next": draft.number},
            url=f"/bao-cao/chot/{snapshot.public_id}/",
            at=act.at,
        )  # fmt: skip
