"""A paper as the person asking may meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Home, PaperKind, Source, kind_of, source_of
from atvsld.platform.ui.pages import actor_of


@dataclass(frozen=True, slots=True)
class Met:
    """A paper with its kind and record; `writable` when the person may edit or issue it."""

    paper: Paper
    kind: PaperKind
    source: Source
    record: Any
    home: Home
    writable: bool


def met_or_404(request: HttpRequest, public_id: str, *, writable: bool = False) -> Met:
    """The paper, when the person may know of it (and, if asked, write it)."""
    actor = actor_of(request)
    paper = (
        Paper.objects.select_related("created_by", "issued_by").filter(public_id=public_id.replace("\x00", "")).first()
    )
    if paper is None:
        raise Http404
    source = source_of(paper.context)
    record = source.find(actor, paper.subject)
    if record is None or not source.may_read(actor, paper, record):
        raise Http404
    kind = kind_of(paper.kind)
    may_write = source.may_write(actor, kind, record)
    if writable and not may_write:
        raise Http404
    return Met(paper, kind, source, record, source.home(record), may_write)
