"""Papers of a case for other systems: what was drafted and issued, and the kept files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from atvsld.platform.acts import Act, Channel
from atvsld.platform.files import facade as files
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.queries import shown_to
from atvsld.platform.papers.registry import kind_of, source_of
from atvsld.platform.ui.pages import actor_of

router = Router(tags=["papers"])
_CONTEXT = "accidents"


class PaperFileOut(Schema):
    """One file that is the paper. `role`: word, pdf, data, edited (changed in Word before signing) or signed."""

    id: str
    role: str
    name: str
    media_type: str
    size: int
    sha256: str


class IssuedPaperOut(Schema):
    """One paper. `number` is null while a draft; `provisional`: printed in wording of the system's own."""

    id: str
    kind: str
    title: str
    citation: str
    state: str
    number: str | None
    issued_on: date | None
    issuer: str
    verification_code: str | None
    provisional: bool
    files: list[PaperFileOut]


@router.get("/accidents/{case_id}/papers", response=list[IssuedPaperOut], summary="The papers of a case")
def papers_of_case(request: HttpRequest, case_id: str) -> list[dict[str, Any]]:
    """Those the account may know of: drafts for who writes them, issued ones for their readers."""
    if source_of(_CONTEXT).find(actor_of(request), case_id) is None:
        raise Http404
    shown = shown_to(actor_of(request), _CONTEXT, case_id.replace("\x00", ""))
    held: dict[int, list[PaperFile]] = {}
    for one in PaperFile.objects.filter(paper__in=shown).select_related("file"):
        held.setdefault(one.paper_id, []).append(one)
    return [_paper(paper, held.get(paper.pk, [])) for paper in shown]


@router.get("/papers/{paper_id}/files/{file_id}", summary="A kept file of a paper")
def paper_file(request: HttpRequest, paper_id: str, file_id: str) -> HttpResponse:
    """The file as it was kept. Needs the right to read who was hurt; the reading is recorded."""
    actor = actor_of(request)
    paper = Paper.objects.filter(public_id=paper_id.replace("\x00", "")).first()
    record = source_of(paper.context).find(actor, paper.subject) if paper else None
    if paper is None or record is None or not source_of(paper.context).may_read(actor, paper, record):
        raise Http404
    held = paper.files.select_related("file").filter(file__public_id=file_id.replace("\x00", "")).first()
    if held is None:
        raise Http404
    kind = kind_of(paper.kind)
    reason = _("Tải văn bản: %(kind)s") % {"kind": kind.label}
    act = Act(actor, Channel.API, at=request.now, reason=reason)  # type: ignore[attr-defined]
    source_of(paper.context).reads(act, kind, record)
    return files.download(held.file)


def _paper(paper: Paper, held: list[PaperFile]) -> dict[str, Any]:
    kind = kind_of(paper.kind)
    return {
        "id": paper.public_id, "kind": paper.kind, "title": kind.label, "citation": kind.citation,
        "state": paper.state, "number": paper.full_number or None, "issued_on": paper.issued_on,
        "issuer": paper.issuer_name, "verification_code": paper.code, "provisional": paper.provisional,
        "files": [
            {
                "id": one.file.public_id, "role": one.role, "name": one.file.name, "media_type": one.file.media_type,
                "size": one.file.size, "sha256": one.file.sha256,
            }
            for one in held
        ],
    }  # fmt: skip
