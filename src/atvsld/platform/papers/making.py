"""A draft as a document or a file, before it is issued."""

from __future__ import annotations

from atvsld.documents.render import render
from atvsld.platform.acts import Act
from atvsld.platform.files import facade as files
from atvsld.platform.papers import official
from atvsld.platform.papers.actions.drafting import sketched
from atvsld.platform.papers.actions.guard import desk, desk_of
from atvsld.platform.papers.composing import Composed, compose, template_values
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import PaperKind


def preview(act: Act, paper: Paper) -> Composed:
    """The draft as it would look if issued today. Leaves the mark of a reading; `Refused` like every writing."""
    place = desk_of(act, paper)
    return compose(paper, place.kind, place.source.material(act, place.kind, place.record, paper.part), on=act.day)


def sketch(act: Act, *, kind: PaperKind, subject: str, part: str = "") -> Paper:
    """A paper as it would begin from what the record says, kept nowhere. Leaves the mark of a reading.

    `Refused` and `Rejected` like drafting it.
    """
    return sketched(act, desk(act, kind, subject), subject, part, {})


def draft_file(act: Act, paper: Paper, format_name: str) -> bytes:
    """The draft as `docx` (from the official form when there is one), `pdf`, `html` or `json`. Marked as a reading."""
    place = desk_of(act, paper)
    material = place.source.material(act, place.kind, place.record, paper.part)
    composed = compose(paper, place.kind, material, on=act.day)
    if composed.template is not None and format_name == "docx":
        return official.fill(
            files.open_bytes(composed.template.file), template_values(paper, place.kind, material), link=""
        )
    return render(composed.document, format_name)
