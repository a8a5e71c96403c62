"""Consolidated papers as papers: who issues them, and what they say."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.proposals import document, queries
from atvsld.casework.proposals.answering import answers
from atvsld.casework.proposals.models import ConsolidatedPaper, ConsolidatedSource
from atvsld.casework.proposals.policy import CONSOLIDATE, PAPERS, READ
from atvsld.kit.certainty import Certainty
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Field, Home, Issuer, Offer, PaperKind, Source

CONTEXT = "policy-proposals"
_FIELDS = (
    Field("opening", gettext_lazy("Lời dẫn"), rows=4),
    Field("closing", gettext_lazy("Đề nghị cuối văn bản"), rows=3),
)
_UNITS = ("Thành phố ", "Tỉnh ")

REPORT = PaperKind(
    "policy-proposals", gettext_lazy("Báo cáo"), "Nghị định 30/2020/NĐ-CP Phụ lục I", Certainty.PROVISIONAL, _FIELDS,
    document.build, context=CONTEXT, about=gettext_lazy("tổng hợp kiến nghị chính sách, pháp luật"), symbol="BC",
)  # fmt: skip
LETTER = PaperKind(
    "draft-opinions", gettext_lazy("Công văn"), "Nghị định 30/2020/NĐ-CP Phụ lục I", Certainty.PROVISIONAL, _FIELDS,
    document.build, letter=True, context=CONTEXT, about=gettext_lazy("tổng hợp ý kiến góp ý dự thảo"),
)  # fmt: skip


def kind_for(record: ConsolidatedPaper) -> PaperKind:
    """A report of proposals, a letter with opinions."""
    return LETTER if record.consultation_id else REPORT


class ConsolidatedPapers(Source):
    """Consolidated papers, found by their public id."""

    context = CONTEXT
    needs = CONSOLIDATE

    def find(self, actor: Actor, subject: str) -> ConsolidatedPaper | None:
        return queries.papers(actor).filter(public_id=subject.replace("\x00", "")).first()

    def home(self, record: ConsolidatedPaper) -> Home:
        return Home(record.title, reverse("proposals:paper", args=[record.public_id]), record.place_id)

    def offered(self, actor: Actor, record: ConsolidatedPaper) -> list[Offer]:
        return [Offer(kind_for(record))] if self.may_write(actor, kind_for(record), record) else []

    def may_write(self, actor: Actor, kind: PaperKind, record: ConsolidatedPaper) -> bool:
        open_still = record.state == ConsolidatedPaper.State.DRAFT and kind is kind_for(record)
        return open_still and bool(PAPERS.decide(actor, CONSOLIDATE, record))

    def may_read(self, actor: Actor, paper: Paper, record: ConsolidatedPaper) -> bool:  # noqa: ARG002
        return bool(PAPERS.decide(actor, READ, record))

    def material(self, act: Act, kind: PaperKind, record: ConsolidatedPaper, part: str) -> document.Content:  # noqa: ARG002
        with translation.override("vi"):
            return content_of(record, act.day)

    def reads(self, act: Act, kind: PaperKind, record: ConsolidatedPaper) -> None:
        """Nothing personal is in it: no reading is recorded."""

    def issuer(self, act: Act, kind: PaperKind, record: ConsolidatedPaper) -> Issuer:  # noqa: ARG002
        body = record.body
        place = body.place.name
        for unit in _UNITS:
            place = place.removeprefix(unit)
        return Issuer(
            f"body:{body.pk}", body.name, body.parent_line, place, _symbol(kind.symbol, body.name, place), "Giám đốc"
        )

    def prefill(self, kind: PaperKind, material: Any, on: date) -> dict[str, str]:  # noqa: ARG002
        return {"opening": document.opening(material), "closing": document.CLOSING}

    def within(self, actor: Actor) -> Q:
        return Q(subject__in=queries.papers(actor).values("public_id"))


def content_of(record: ConsolidatedPaper, on: date) -> document.Content:
    """What the paper says, from the points as they stand."""
    held: dict[int, list[str]] = {}
    rows = ConsolidatedSource.objects.filter(item__paper=record).select_related(
        "proposal__body", "proposal__establishment", "opinion__body", "opinion__establishment"
    )
    for row in rows.order_by("pk"):
        one = row.proposal or row.opinion
        owner = one.body or one.establishment if one else None
        if owner is not None and owner.name not in held.setdefault(row.item_id, []):
            held[row.item_id].append(owner.name)
    points = tuple(
        document.Point(item.subject, item.defect, item.wording, tuple(held.get(item.pk, ())))
        for item in record.items.all()
    )
    asked_about = record.consultation
    if asked_about is None:
        return document.Content(record.addressed_to, points)
    asked, others = answers(asked_about, on)
    told = [
        document.Answered(
            row.body.name,
            document.said_of(row.opinion.get_stance_display(), row.opinion.given_on, row.late)
            if row.opinion
            else "Chưa có ý kiến",
        )
        for row in asked
    ]
    told += [
        document.Answered(one.owner, document.said_of(one.get_stance_display(), one.given_on, 0)) for one in others
    ]
    return document.Content(
        record.addressed_to, points, asked_about.title, asked_about.sender, asked_about.letter, tuple(told)
    )


def _symbol(kind: str, name: str, place: str) -> str:
    """`BC-SNV`: initials of the body without its place; Đ keeps its bar."""
    short = name
    for tail in (f"thành phố {place}", f"tỉnh {place}", place):
        short = short.removesuffix(tail).strip()
    letters = (word[0].upper() for word in short.split() if word[0].isalpha())
    initials = "".join(one if one == "Đ" else unicodedata.normalize("NFD", one)[0] for one in letters)
    return "-".join(part for part in (kind, initials) if part)


def issued_number(record: ConsolidatedPaper) -> tuple[str, date] | None:
    """Number and day of the paper issued about it, the newest; None while there is none."""
    paper = Paper.objects.filter(context=CONTEXT, subject=record.public_id, state=Paper.State.ISSUED).last()
    return (paper.full_number, paper.issued_on) if paper is not None and paper.issued_on is not None else None


def title_of(record: ConsolidatedPaper) -> str:
    """What kind of paper it is, in the reader's language."""
    return _("Góp ý dự thảo") if record.consultation_id else _("Kiến nghị chính sách")
