"""The consolidated estimate as a file, and the decisions kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from atvsld.documents.render import FORMATS, render
from atvsld.oversight.budget import gather, paper, queries, workbook
from atvsld.oversight.budget.models import Allocation
from atvsld.oversight.budget.policy import READ
from atvsld.oversight.budget.web.fetching import today
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import actor_of, requires

KINDS = ("xlsx", "docx", "pdf")


@requires(READ)
def estimate(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The estimate of a year within the reader's reach: Excel with sums as formulas, Word, PDF."""
    if kind not in KINDS or not 2000 <= year <= 2100:
        raise Http404
    # Papers are Vietnamese whatever the reader's language.
    with translation.override("vi"):
        found = gather.estimate(actor_of(request), year, on=today(request))
        content = workbook.written(found) if kind == "xlsx" else render(paper.document(found), kind)
    return files.respond(content, f"du-toan-atvsld-{year}.{kind}", FORMATS[kind].media_type)


@requires(READ)
def decision_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of a decision, for who may read one of its lines."""
    lines = queries.visible(actor_of(request))
    rows = Allocation.objects.filter(line__in=lines.values("pk"), file__isnull=False).select_related("file")
    found = rows.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None or found.file is None:
        raise Http404
    return files.download(found.file)
