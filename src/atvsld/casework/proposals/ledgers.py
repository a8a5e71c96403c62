"""The two ledgers of this room: proposals of one's own accord, and opinions on a draft one was asked about."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.proposals.answering import days_late, may_answer
from atvsld.casework.proposals.models import DraftConsultation, Opinion, PolicyProposal, Stage
from atvsld.casework.proposals.panels import outcome_panels
from atvsld.casework.proposals.policy import CHANGE, READ
from atvsld.casework.proposals.queries import own
from atvsld.kit.outcome import Problem
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Rejected
from atvsld.registers.ledgers.ledger import Group, Ledger, register


def _locked(record: PolicyProposal | Opinion) -> str | Promise:
    if record.stage == Stage.COLLECTED:
        return ""
    return gettext(
        "Đã đưa vào văn bản tổng hợp nên không sửa, không bỏ được nữa; đề nghị cơ quan tổng hợp trả lại nếu cần."
    )


def drafts_for(actor: Actor, today: date) -> list[tuple[int, str]]:
    """The drafts this person's body was asked about, or everybody was; those past their deadline too."""
    mine = Q(open_to_all=True) | Q(asked__body__in=own(actor, "body"))
    found = DraftConsultation.objects.filter(mine, withdrawn_at=None)
    found = found.filter(opened_on__lte=today).distinct().order_by("-deadline", "-pk")
    return [(one.pk, one.title) for one in found[:200]]


def _opinion(record: Opinion) -> None:
    consultation = DraftConsultation.objects.filter(pk=record.consultation_id).first()
    if consultation is not None:
        record.title = consultation.title[:250]
        # An empty form gives no day yet.
        given: date | None = record.given_on
        record.late = given is not None and days_late(consultation, record) > 0


def _entitled(_act: Act, record: Opinion, done: str) -> None:
    """An opinion belongs to those asked, while the question stands."""
    if done == "withdrawn":
        return
    consultation = record.consultation
    if consultation.withdrawn_at is not None:
        raise Rejected([Problem("closed", gettext("Việc lấy ý kiến dự thảo này đã bỏ."), column="consultation")])
    if record.given_on < consultation.opened_on:
        message = gettext("Ngày góp ý trước ngày bắt đầu lấy ý kiến.")
        raise Rejected([Problem("early", message, gettext("Kiểm tra lại ngày."), column="given_on")])
    if not may_answer(consultation, record.body_id):
        message = gettext("Đơn vị không có trong danh sách được hỏi về dự thảo này.")
        raise Rejected([Problem("not_asked", message, gettext("Gửi kiến nghị riêng nếu cần."), column="consultation")])


PROPOSALS = register(
    Ledger(
        word="policy_proposal",
        register="proposals",
        model=PolicyProposal,
        app="proposals",
        slug="chinh-sach",
        noun=_("kiến nghị chính sách"),
        title=_("Kiến nghị sửa đổi chính sách, pháp luật"),
        hint=_("Ghi bất cập của văn bản, quy định và điều đơn vị đề nghị sửa."),
        icon="send",
        read=READ,
        change=CHANGE,
        day="submitted_on",
        name="title",
        groups=(
            Group(_("Quy định liên quan"), ("title", "kind", "instrument", "other_text", "article")),
            Group(_("Kiến nghị"), ("defect", "proposal", "audiences", "sectors", "submitted_on")),
        ),
        columns=("submitted_on", "title", "owner", "kind", "stage", "outcome"),
        optional=("instrument", "article", "audiences", "sectors"),
        filters=("stage", "outcome", "kind", "sent", "sectors"),
        locked=_locked,
        extra_panels=outcome_panels,
    )
)

OPINIONS = register(
    Ledger(
        word="draft_opinion",
        register="proposals",
        model=Opinion,
        app="proposals",
        slug="gop-y",
        noun=_("ý kiến góp ý"),
        title=_("Ý kiến góp ý dự thảo"),
        hint=_("Ghi ý kiến của đơn vị về dự thảo được hỏi; sau hạn vẫn ghi được và hiện là góp ý muộn."),
        icon="edit",
        read=READ,
        change=CHANGE,
        day="given_on",
        name="title",
        imported=False,
        groups=(
            Group(_("Dự thảo"), ("consultation", "given_on", "stance", "letter")),
            Group(_("Ý kiến"), ("article", "text")),
        ),
        columns=("given_on", "title", "owner", "stance", "late", "stage"),
        optional=("article", "letter", "outcome"),
        filters=("stage", "outcome", "stance", "late", "sent"),
        choices={"consultation": drafts_for},
        derive=_opinion,
        locked=_locked,
        after=_entitled,
        extra_panels=outcome_panels,
    )
)
