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
from atvsld.registers.bodies.models import Body

KINDS = ("xlsx", "docx", "pdf")


@requires(READ)
def estimate(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The estimate of a year within reach, or of one body (`?don_vi=`): Excel with sums as formulas, Word, PDF."""
    if kind not in KINDS or not 2000 <= year <= 2100:
        raise Http404
    code = request.GET.get("don_vi", "").replace("\x00", "")
    body = Body.objects.filter(code=code).first() if code else None
    if code and body is None:
        raise Http404
    # Papers are Vietnamese whatever the reader's language.
    with translation.override("vi"):
        found = gather.estimate(actor_of(request), year, on=today(request), body=body)
        content = workbook.written(found) if kind == "xlsx" else render(paper.document(found), kind)
    return files.respond(
        content, f"du-toan-atvsld-{year}{f'-{body.code}' if body else ''}.{kind}", FORMATS[kind].media_type
    )


@requires(READ)
def decision_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of a decision, for who may read one of its lines."""
    lines = queries.visible(actor_of(request))
    rows = Allocation.objects.filter(line__in=lines.values("pk"), file__isnull=False).select_related("file")
    found = rows.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None or found.file is None:
        raise Http404
    return files.download(found.file)
