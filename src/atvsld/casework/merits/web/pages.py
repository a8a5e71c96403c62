"""Pages of commendations: the list, one commendation with its checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.merits import prechecks, queries
from atvsld.casework.merits.criteria import load_criteria
from atvsld.casework.merits.ledgers import GOOD_MODELS
from atvsld.casework.merits.listing import CommendationFilter, CommendationTable
from atvsld.casework.merits.models import Commendation, CommendationCheck
from atvsld.casework.merits.policy import CHANGE, COMMENDATIONS, DECIDE, OWN, READ
from atvsld.law.reading import Label
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day, moment
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction

STATE = Commendation.State


class CommendationList(ListPage):
    """Commendations within reach."""

    permission = READ
    model = Commendation
    table_class = CommendationTable
    filter_class = CommendationFilter
    title = _("Khen thưởng")
    order = ("-proposed_at", "-pk")
    search_help = _("Tên tập thể, đơn vị, thành tích")
    export_name = "khen-thuong"
    empty_text = _("Đơn vị đề nghị khen thưởng từ trang này.")

    def get_queryset(self) -> QuerySet[Commendation]:
        return queries.visible(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(search_text__contains=text)

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Mô hình tốt"), GOOD_MODELS.address(), "list-details")]
        if self.actor.may(CHANGE):
            found.append(PageAction(_("Đề nghị khen thưởng"), reverse("merits:new"), "plus", primary=True))
        return found


class CommendationPage(Page):
    """One commendation: who, for what, the answers of the registers, the decision."""

    permission = READ
    template_name = "merits/commendation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = commendation_or_404(self.actor, self.kwargs["public_id"], READ)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        waiting = record.state in (STATE.DRAFT, STATE.PROPOSED) and record.withdrawn_at is None
        return super().get_context_data(
            title=str(record), record=record, facts=_facts(record), criteria=load_criteria(),
            now=answers(record, today) if waiting else [], kept=kept(record),
            page_actions=_actions(self.actor, record), history=timeline(record), **kwargs,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """One answer as a page shows it; `at` only where it was frozen."""

    label: Any
    verdict: str
    word: Any
    why: Any
    records: Sequence[Sequence[str]]
    at: datetime | None = None


def answers(record: Commendation, today: date) -> list[Checked]:
    """The conditions as the registers answer them today."""
    return [
        Checked(criterion.label, answer.verdict.value, answer.verdict.label, answer.why, answer.records)
        for criterion, answer in prechecks.ask(record, today)
    ]


def kept(record: Commendation) -> list[tuple[Any, list[Checked]]]:
    """The frozen answers by moment."""
    known = {criterion.code: criterion.label for criterion in load_criteria().items}
    held = list(record.checks.order_by("pk"))
    found = []
    for when in CommendationCheck.Moment:
        rows = [
            Checked(
                known.get(one.code, Label(one.code)), one.verdict, one.get_verdict_display(), one.reason, one.records,
                one.checked_at,
            )
            for one in held
            if one.moment == when
        ]  # fmt: skip
        if rows:
            found.append((when.label, rows))
    return found


def commendation_or_404(actor: Actor, public_id: str, permission: str) -> Commendation:
    """The commendation, if it exists for this person."""
    found = queries.visible(actor, permission).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _actions(actor: Actor, record: Commendation) -> list[PageAction]:
    found: list[PageAction] = []
    if record.withdrawn_at is not None:
        return found
    own = bool(OWN.decide(actor, CHANGE, record))
    if own and record.state in (STATE.DRAFT, STATE.PROPOSED):
        found.append(PageAction(_("Rút đề nghị"), _address("withdraw", record), "x"))
    if own and record.state == STATE.DRAFT:
        found.append(PageAction(_("Sửa"), _address("change", record), "pencil"))
        found.append(PageAction(_("Gửi đề nghị"), _address("send", record), "send", primary=True))
    if record.state == STATE.PROPOSED and COMMENDATIONS.decide(actor, DECIDE, record):
        found.append(PageAction(_("Ghi quyết định"), _address("decide", record), "gavel", primary=True))
    return found


def _address(name: str, record: Commendation) -> str:
    return reverse(f"merits:{name}", args=[record.public_id])


def _facts(record: Commendation) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = [
        (_("Đối tượng"), record.get_subject_kind_display()),
        (_("Tập thể, cá nhân"), record.subject_name),
        (_("Đơn vị công tác"), record.unit or "–"),
        (_("Hình thức"), record.get_form_display()),
        (_("Cấp khen thưởng"), record.get_level_display()),
        (_("Năm thành tích"), str(record.year)),
        (_("Đơn vị đề nghị"), record.owner),
        (_("Gửi đề nghị lúc"), moment(record.proposed_at) if record.proposed_at else "–"),
    ]
    if record.decided_at:
        found += [
            (_("Số quyết định"), record.decision_number or "–"),
            (_("Ngày quyết định"), day(record.decision_on) if record.decision_on else "–"),
            (_("Cơ quan ban hành"), record.decided_by or "–"),
            (_("Ghi quyết định lúc"), moment(record.decided_at)),
        ]
    return found
