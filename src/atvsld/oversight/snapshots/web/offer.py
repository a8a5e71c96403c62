"""What the page of a report says about its acceptance."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.offers import Offer
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import queries
from atvsld.oversight.snapshots.actions.accepting import asked as settled
from atvsld.oversight.snapshots.actions.accepting import series_of
from atvsld.oversight.snapshots.policy import ACCEPT, READ, SNAPSHOTS
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import PageAction

FIELDS = ("form", "period", "establishment", "place", "body", "basis", "boundary")


def offer(actor: Actor, asked: Request, report: Report) -> Offer | None:
    """A remark when the report is accepted already, else the button for those who may accept it."""
    request = settled(asked, report.subject)
    held = queries.in_force(series_of(report.form, request, report.subject))
    if held is not None and SNAPSHOTS.decide(actor, READ, held):
        said = _("Số liệu của báo cáo này đã được chấp nhận, lần %(number)s.") % {"number": held.number}
        return Offer(remark=said, url=reverse("snapshots:report", args=[held.public_id]))
    if held is not None or report.period.end >= clock.local_day(report.as_of):
        return None
    try:
        subjects.require_readable(actor, ACCEPT, report.subject)
    except Refused:
        return None
    query = urlencode({name: getattr(asked, name) for name in FIELDS if getattr(asked, name)})
    return Offer(PageAction(_("Chấp nhận số liệu"), f"{reverse('snapshots:accept')}?{query}", "circle-check"))
