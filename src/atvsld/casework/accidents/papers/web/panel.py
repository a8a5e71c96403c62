"""The part “Văn bản” of a case's page: what was drafted and issued, what may be drafted now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT
from atvsld.kit.ids import new_ulid
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.queries import shown_to
from atvsld.platform.papers.registry import kind_of, source_of
from atvsld.platform.ui.pages import actor_of


def papers_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """None for those to whom no paper of the case is shown and who may draft none."""
    actor = actor_of(request)
    source = source_of(CONTEXT)
    shown = shown_to(actor, CONTEXT, case.public_id)
    offers = source.offered(actor, case)
    if not shown and not offers:
        return None
    files = PaperFile.objects.filter(paper__in=shown).select_related("file").exclude(role=PaperFile.Role.DATA)
    held: dict[int, list[PaperFile]] = {}
    for one in files:
        held.setdefault(one.paper_id, []).append(one)
    rows = [
        _row(paper, held.get(paper.pk, []), writable=source.may_write(actor, kind_of(paper.kind), case))
        for paper in shown
    ]
    started = {(paper.kind, paper.part) for paper in shown if paper.state != Paper.State.CANCELLED}
    context = {
        "case": case,
        "rows": rows,
        "offers": [
            {"offer": offer, "key": new_ulid(), "again": (offer.kind.code, offer.part) in started} for offer in offers
        ],
    }
    return Panel(_("Văn bản"), "file-text", "accident_papers/panel.html", context, id="van-ban", flush=True)


def _row(paper: Paper, files: list[PaperFile], *, writable: bool) -> dict[str, Any]:
    return {
        "paper": paper,
        "kind": kind_of(paper.kind),
        "files": files,
        "draft": paper.state == Paper.State.DRAFT,
        "writable": writable,
    }
