"""Finding what a page is about, within the reader's reach."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from atvsld.oversight.yearly import queries
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.pages import actor_of


def report_or_404(actor: Actor, public_id: str) -> YearReport:
    found = queries.visible(actor).select_related("recipient").filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def own_report_or_404(request: HttpRequest, public_id: str) -> YearReport:
    """A report the person writes."""
    actor = actor_of(request)
    found = report_or_404(actor, public_id)
    if not queries.may_write(actor, found):
        raise Http404
    return found


def sentence_or_404(request: HttpRequest, public_id: str) -> ReportSentence:
    """A sentence of a report the person writes."""
    rows = ReportSentence.objects.filter(report__in=queries.own(actor_of(request)))
    found = rows.select_related("report__body", "report__establishment").filter(
        public_id=public_id.replace("\x00", "")
    ).first()  # fmt: skip
    if found is None:
        raise Http404
    return found


def version_of(request: HttpRequest) -> int:
    """The version a page was made from; 0 for none, which never is current."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
