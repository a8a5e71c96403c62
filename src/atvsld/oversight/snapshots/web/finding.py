"""The accepted report of an address, for those who may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from atvsld.oversight.snapshots import queries
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.oversight.snapshots.policy import READ, SNAPSHOTS
from atvsld.platform.ui.pages import actor_of


def visible_or_404(request: HttpRequest, public_id: str, permission: str = READ) -> ReportSnapshot:
    """A snapshot in the asker's reach; what lies outside does not exist."""
    found = queries.within(actor_of(request)).select_related("held_content", "previous", "check_mark", "establishment")
    snapshot = found.filter(public_id=public_id.replace("\x00", "")[:26]).first()
    if snapshot is None or not SNAPSHOTS.decide(actor_of(request), permission, snapshot):
        raise Http404
    return snapshot
