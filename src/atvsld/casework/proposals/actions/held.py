"""What every writing in a consolidated paper begins with."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.proposals.models import ConsolidatedPaper, ConsolidatedSource, Opinion, PolicyProposal
from atvsld.casework.proposals.policy import CONSOLIDATE, PAPERS
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected


def hold(act: Act, paper: ConsolidatedPaper, version: int, *, state: str) -> None:
    """Move the paper to its next version; `Conflict` when somebody did so first, `Rejected` in another state."""
    PAPERS.require(act.actor, CONSOLIDATE, paper)
    held = ConsolidatedPaper.objects.filter(pk=paper.pk, version=version)
    if not held.update(version=F("version") + 1):
        raise Conflict(_("Văn bản tổng hợp vừa được người khác sửa. Mở lại trang để xem bản mới rồi làm tiếp."))
    paper.refresh_from_db()
    if paper.state != state:
        message = _("Văn bản tổng hợp đang ở trạng thái “%(state)s” nên không làm được việc này.")
        raise Rejected([Problem("state", message % {"state": paper.get_state_display()})])


def mark(sources: list[ConsolidatedSource], **values: object) -> None:
    """Set stage, sending and outcome of the proposals and opinions behind some points."""
    for model, keys in (
        (PolicyProposal, [one.proposal_id for one in sources if one.proposal_id]),
        (Opinion, [one.opinion_id for one in sources if one.opinion_id]),
    ):
        model.objects.filter(pk__in=keys).update(version=F("version") + 1, **values)


def sources_of(paper: ConsolidatedPaper) -> list[ConsolidatedSource]:
    """Every source of a paper."""
    return list(ConsolidatedSource.objects.filter(item__paper=paper))
