"""The department's desk: notices by period with their deadlines, one notice, its draft as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.documents import model
from atvsld.documents.render import FORMATS, render, to_html
from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.law.deadlines import Deadline
from atvsld.oversight.publication import queries, source, words
from atvsld.oversight.publication.actions.issuing import paper_of
from atvsld.oversight.publication.computing import printed
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.policy import CHANGE, NOTICES, READ
from atvsld.oversight.publication.rules import load_rules
from atvsld.oversight.reporting.subject import home_place_code
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import Page, PageAction, actor_of, requires

KINDS = ("docx", "pdf")
TONES = {Notice.State.DRAFT: "outline", Notice.State.ISSUED: "success", Notice.State.REVISED: "secondary"}


@dataclass(frozen=True, slots=True)
class Due:
    """One period of the list: its term, and what has been made of it."""

    period: Period
    deadline: Deadline | None
    notices: tuple[Notice, ...]
    late: bool
    key: str

    @property
    def draft(self) -> Notice | None:
        return next((one for one in self.notices if one.state == Notice.State.DRAFT), None)

    @property
    def issued(self) -> Notice | None:
        return next((one for one in self.notices if one.state == Notice.State.ISSUED), None)


class NoticeList(Page):
    """Every period that has ended, with the day before which its notice must be out."""

    permission = READ
    template_name = "publication/list.html"
    title = gettext_lazy("Thông báo tình hình tai nạn lao động")
    pretitle = gettext_lazy("Báo cáo và chỉ tiêu")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        held: dict[str, list[Notice]] = {}
        for notice in queries.visible(self.actor):
            held.setdefault(notice.period, []).append(notice)
        codes = {period.code: period for period in queries.periods(today)}
        codes |= {code: Period.parse(code) for code in held if code not in codes}
        ordered = sorted(codes.values(), key=lambda one: (one.end, one.code), reverse=True)
        rows = [_due(period, tuple(held.get(period.code, ())), today) for period in ordered]
        return super().get_context_data(rows=rows, may_change=self.actor.may(CHANGE), rules=load_rules(), **kwargs)


def _due(period: Period, notices: tuple[Notice, ...], today: date) -> Due:
    deadline = queries.deadline(period)
    first = min((one.issued_on for one in notices if one.issued_on), default=None)
    last = deadline.last_ok if deadline else None
    late = isinstance(last, date) and (first or today) > last
    return Due(period, deadline, notices, late, new_ulid())


class NoticePage(Page):
    """One edition: what it says, what must be known before it goes out, its figures by name."""

    permission = READ
    template_name = "publication/notice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notice = notice_or_404(self.request, self.kwargs["public_id"])
        content = Content.from_json(notice.content)
        with translation.override("vi"):
            paper = _without_charts(source.build(source.material_of(notice), {}))
        draft = notice.state == Notice.State.DRAFT
        stale = draft and printed(notice.place_code).mark != notice.based_on
        return super().get_context_data(
            title=_("Thông báo %(period)s") % {"period": notice.span.label_vi},
            notice=notice, content=content, draft=draft, stale=stale,
            tone=TONES[Notice.State(notice.state)],
            paper=mark_safe(to_html(paper, headings_from=2)),  # noqa: S308 - escaped by the renderer
            issued_paper=None if draft else paper_of(notice),
            remarks=list(words.remarks(notice.sections, load_rules(), content.figures)) if draft else [],
            figures=list(content.figures.values()),
            phrases=list(content.phrases.items()),
            deadline=queries.deadline(notice.span),
            downloads=[(kind, reverse("publication:draft_file", args=[notice.public_id, kind])) for kind in KINDS],
            may_change=bool(NOTICES.decide(self.actor, CHANGE, notice)),
            public_url=None if draft else reverse("public_notices:notice", args=[notice.period]),
            **kwargs,
        )  # fmt: skip

    def actions(self) -> list[PageAction]:
        notice = notice_or_404(self.request, self.kwargs["public_id"])
        if not NOTICES.decide(self.actor, CHANGE, notice):
            return []
        if notice.state == Notice.State.DRAFT:
            return [
                PageAction(_("Sửa lời"), reverse("publication:words", args=[notice.public_id]), "pencil"),
                PageAction(_("Tính lại số liệu"), reverse("publication:figures", args=[notice.public_id]), "refresh"),
                PageAction(_("Công bố"), reverse("publication:issue", args=[notice.public_id]), "send", primary=True),
            ]
        if notice.state == Notice.State.ISSUED:
            return [PageAction(_("Lập bản điều chỉnh"), reverse("publication:revise", args=[notice.period]), "pencil")]
        return []


@requires(READ)
def draft_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The notice as Word or PDF as it stands; issued ones are handed out by the room of papers, with their number."""
    notice = notice_or_404(request, public_id)
    if kind not in KINDS:
        raise Http404
    with translation.override("vi"):
        content = render(source.build(source.material_of(notice), {}), kind)
    return files.respond(content, f"thong-bao-tai-nan-{notice.period.lower()}.{kind}", FORMATS[kind].media_type)


def _without_charts(paper: model.Document) -> model.Document:
    """For the preview: the chart is drawn on paper and on the public page."""
    return replace(paper, blocks=tuple(block for block in paper.blocks if not isinstance(block, model.Chart)))


def notice_or_404(request: HttpRequest, public_id: str, permission: str = READ) -> Notice:
    found = NOTICES.restrict(Notice.objects.all(), actor_of(request), permission)
    notice = found.filter(public_id=public_id.replace("\x00", "")).first()
    if notice is None:
        raise Http404
    return notice


def home_code(request: HttpRequest) -> str:
    """The province this installation publishes for; 404 on an empty installation."""
    try:
        return home_place_code(clock.local_day(request.now))  # type: ignore[attr-defined]
    except Rejected as error:
        raise Http404 from error
