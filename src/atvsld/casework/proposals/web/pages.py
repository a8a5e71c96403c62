"""Pages on which proposals, drafts and consolidated papers are read."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.proposals import queries
from atvsld.casework.proposals.answering import answers, may_answer
from atvsld.casework.proposals.ledgers import OPINIONS, PROPOSALS
from atvsld.casework.proposals.models import (
    ConsolidatedItem,
    ConsolidatedPaper,
    ConsultationAsked,
    DraftConsultation,
)
from atvsld.casework.proposals.policy import CHANGE, CONSOLIDATE, PAPERS, READ
from atvsld.casework.proposals.source import CONTEXT, kind_for
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.papers.queries import shown_to
from atvsld.platform.ui.formats_text import day
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.ledgers.reach import owners

_SHOWN = 50


class Home(Page):
    """Where everything stands: drafts asked about, proposals waiting, papers sent and answered."""

    permission = READ
    template_name = "proposals/home.html"
    title = _("Kiến nghị, góp ý")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        found = queries.consultations(self.actor).filter(withdrawn_at=None)
        waiting = queries.waiting(self.actor) if self.actor.may(CONSOLIDATE) else None
        papers = queries.papers(self.actor).exclude(state=ConsolidatedPaper.State.DROPPED)
        return super().get_context_data(
            today=today,
            consultations=list(found[:_SHOWN]),
            waiting=list(waiting[:_SHOWN]) if waiting is not None else None,
            papers=list(papers[:_SHOWN]),
            proposals_url=PROPOSALS.address(),
            opinions_url=OPINIONS.address(),
            **kwargs,
        )

    def actions(self) -> list[PageAction]:
        found = []
        if self.actor.may(CONSOLIDATE) and any(owner.kind == "body" for owner in owners(self.actor, CHANGE)):
            found.append(PageAction(_("Lấy ý kiến dự thảo"), reverse("proposals:ask"), "help-circle"))
            found.append(PageAction(_("Lập văn bản tổng hợp"), reverse("proposals:start"), "clipboard-text"))
        if owners(self.actor, CHANGE):
            found.append(PageAction(_("Gửi kiến nghị"), PROPOSALS.address("new"), "plus", primary=True))
        return found


class ConsultationPage(Page):
    """A draft: what is asked, who answered in time or late, who has not."""

    permission = READ
    template_name = "proposals/consultation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = queries.consultations(self.actor).filter(public_id=self.kwargs["public_id"]).first()
        if record is None:
            raise Http404
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        whole = bool(PAPERS.decide(self.actor, READ, record))
        asked, others = answers(record, today)
        if not whole:  # those asked see their own answer, not the others'
            bodies, firms = queries.own(self.actor, "body"), queries.own(self.actor, "establishment")
            asked = [row for row in asked if row.body.pk in bodies]
            others = [one for one in others if one.body_id in bodies or one.establishment_id in firms]
        leads = bool(PAPERS.decide(self.actor, CONSOLIDATE, record)) and record.withdrawn_at is None
        return super().get_context_data(
            title=record.title,
            record=record,
            whole=whole,
            asked=asked,
            others=others,
            silent=sum(row.opinion is None for row in asked),
            facts=_consultation_facts(record),
            papers=list(queries.papers(self.actor).filter(consultation=record)),
            today=today,
            page_actions=self._actions(record, leads=leads),
            history=timeline(record, [(ConsultationAsked, {"consultation_id": record.pk}, _("Cơ quan được hỏi"))]),
            **kwargs,
        )

    def _actions(self, record: DraftConsultation, *, leads: bool) -> list[PageAction]:
        found = []
        if leads:
            found.append(PageAction(_("Bỏ"), reverse("proposals:unask", args=[record.public_id]), "trash"))
            start = f"{reverse('proposals:start')}?du-thao={record.public_id}"
            found.append(PageAction(_("Tổng hợp ý kiến"), start, "clipboard-text"))
        mine = owners(self.actor, CHANGE)
        may = [one for one in mine if may_answer(record, one.pk if one.kind == "body" else None)]
        if may and record.withdrawn_at is None:
            found.append(PageAction(_("Góp ý"), OPINIONS.address("new"), "edit", primary=True))
        return found


def _consultation_facts(record: DraftConsultation) -> list[tuple[Any, Any]]:
    letter = record.letter or ""
    if letter and record.letter_on:
        letter = _("%(letter)s ngày %(day)s") % {"letter": letter, "day": day(record.letter_on)}
    return [
        (_("Loại"), record.get_kind_display()),
        (_("Cơ quan gửi lấy ý kiến"), record.sender),
        (_("Công văn"), letter),
        (_("Cơ quan hỏi"), record.body.name),
        (_("Hỏi từ ngày"), day(record.opened_on)),
        (_("Hạn góp ý"), day(record.deadline)),
        (_("Ai được góp ý"), _("Mọi cơ quan, cơ sở") if record.open_to_all else _("Các cơ quan được hỏi")),
    ]


class PaperPage(Page):
    """A consolidated paper: points with their authors, what may still be taken in, papers printed, outcomes."""

    permission = READ
    template_name = "proposals/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = queries.papers(self.actor).filter(public_id=self.kwargs["public_id"]).first()
        if record is None:
            raise Http404
        leads = bool(PAPERS.decide(self.actor, CONSOLIDATE, record))
        draft = record.state == ConsolidatedPaper.State.DRAFT
        items = list(
            ConsolidatedItem.objects.filter(paper=record).prefetch_related(
                "sources__proposal__body", "sources__proposal__establishment", "sources__opinion__body",
                "sources__opinion__establishment",
            )
        )  # fmt: skip
        return super().get_context_data(
            title=record.title,
            record=record,
            items=items,
            leads=leads,
            draft=draft,
            waiting=self._waiting(record) if leads and draft else [],
            wording_ledger=OPINIONS if record.consultation_id else PROPOSALS,
            printed=shown_to(self.actor, CONTEXT, record.public_id),
            kind=kind_for(record),
            key=new_ulid(),
            facts=[
                (_("Cơ quan tổng hợp"), record.body.name),
                (_("Kính gửi"), record.addressed_to),
                (_("Dự thảo"), record.consultation.title if record.consultation else _("Không, là kiến nghị chung")),
                (_("Bắt đầu ngày"), day(record.begun_on)),
                (_("Số văn bản gửi"), record.number),
                (_("Gửi ngày"), day(record.sent_on) if record.sent_on else _("chưa gửi")),
            ],
            page_actions=self._actions(record) if leads and draft else [],
            history=timeline(record, [(ConsolidatedItem, {"paper_id": record.pk}, _("Điểm"))]),
            **kwargs,
        )

    def _waiting(self, record: ConsolidatedPaper) -> list[Any]:
        if record.consultation is not None:
            return list(queries.waiting_opinions(self.actor, record.consultation))
        return list(queries.waiting(self.actor)[:200])

    def _actions(self, record: ConsolidatedPaper) -> list[PageAction]:
        return [PageAction(_("Ghi đã gửi"), reverse("proposals:send", args=[record.public_id]), "send", primary=True)]
