"""The record a page is about, if it exists for this person."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from atvsld.oversight.filing import queries
from atvsld.oversight.filing.models import Filing, Submission
from atvsld.oversight.filing.policy import READ
from atvsld.platform.ui.pages import actor_of


def filing_or_404(request: HttpRequest, public_id: str, permission: str = READ) -> Filing:
    """A report on which the person holds a permission."""
    found = queries.visible(actor_of(request), permission).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_or_404(request: HttpRequest, public_id: str) -> Filing:
    """A report the person may write."""
    found = queries.own(actor_of(request)).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def submission_or_404(request: HttpRequest, public_id: str, number: int) -> Submission:
    """One submission of a report the person may read."""
    filing = filing_or_404(request, public_id)
    found = filing.submissions.filter(number=number).first()
    if found is None:
        raise Http404
    found.filing = filing
    return found


def version_of(request: HttpRequest, filing: Filing) -> int:
    """The version of the filing the page was drawn from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else filing.version
