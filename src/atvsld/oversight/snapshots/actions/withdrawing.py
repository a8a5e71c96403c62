"""Withdrawing an accepted report."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.snapshots.actions.accepting import step
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.oversight.snapshots.policy import SNAPSHOTS, WITHDRAW
from atvsld.platform.acts import Act, Rejected, action


@action(needs=WITHDRAW, records="snapshots:report:withdrawn")
def withdraw(act: Act, *, snapshot: ReportSnapshot, version: int) -> ReportSnapshot:
    """Take an accepted report out of force, with `act.reason`; it stays readable, and its number stays used.

    `Conflict` when it was revised or withdrawn since it was read.
    """
    SNAPSHOTS.require(act.actor, WITHDRAW, snapshot)
    reason = act.reason.strip()
    if not reason:
        raise Rejected([Problem("reason_missing", _("Chưa ghi lý do rút báo cáo."), column="reason")])
    step(snapshot, version, state=ReportSnapshot.State.WITHDRAWN, withdrawn_why=reason[:500])
    snapshot.revisions.filter(state=ReportRevision.State.OPEN).update(
        state=ReportRevision.State.DROPPED, changed_at=act.at
    )
    snapshot.refresh_from_db()
    return snapshot
