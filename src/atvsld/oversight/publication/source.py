"""The notice as a paper: who issues it, and what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.documents.model import Document
from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.oversight.publication import document, policy
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.queries import visible
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Rejected
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Home, Issuer, Offer, PaperKind, Source
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.places import tree

CONTEXT = "accident-notices"
KIND = "accident-notice"
_KINDS_OF_UNIT = ("Thành phố ", "Tỉnh ")


@dataclass(frozen=True, slots=True)
class Material:
    """A notice with its content and the edition it replaces, in words."""

    notice: Notice
    content: Content
    earlier: str


def build(material: Material, _fields: Mapping[str, str]) -> Document:
    """The paper without letterhead and signature."""
    notice = material.notice
    return document.document(
        material.content, notice.sections, revision=notice.revision, reason=notice.reason, earlier=material.earlier
    )


NOTICE_KIND = PaperKind(
    KIND, gettext_lazy("Thông báo"), "Thông tư 13/2020/TT-BLĐTBXH Điều 4 khoản 3, khoản 6", Certainty.OFFICIAL, (),
    build, context=CONTEXT, about=gettext_lazy("tình hình tai nạn lao động"), symbol="TB",
)  # fmt: skip


def material_of(notice: Notice) -> Material:
    """What the paper is made from; papers are Vietnamese whatever the reader's language."""
    return Material(notice, Content.from_json(notice.content), earlier_words(notice))


def earlier_words(notice: Notice) -> str:
    """The edition that a revision replaces: its number and day. Empty for a first edition."""
    if not notice.revision:
        return ""
    before = Notice.objects.filter(
        place_code=notice.place_code, period=notice.period, revision=notice.revision - 1
    ).first()
    if before is None or before.issued_on is None:
        return ""
    paper = Paper.objects.filter(context=CONTEXT, subject=before.public_id, state=Paper.State.ISSUED).first()
    number = f" số {paper.full_number}" if paper else ""
    return f"Thông báo{number} ngày {format_date(before.issued_on)}"


class NoticePapers(Source):
    """Notices, found by their public id. Their papers are made by issuing the notice, not offered one by one."""

    context = CONTEXT
    needs = policy.CHANGE

    def find(self, actor: Actor, subject: str) -> Notice | None:
        return visible(actor).filter(public_id=subject.replace("\x00", "")).first()

    def home(self, record: Notice) -> Home:
        label = _("Thông báo tai nạn lao động %(period)s") % {"period": record.span.label_vi}
        return Home(label, reverse("publication:notice", args=[record.public_id]), record.place_id)

    def offered(self, actor: Actor, record: Notice) -> list[Offer]:
        """The paper of a notice that has just been issued: once."""
        done = not self.may_write(actor, NOTICE_KIND, record) or _has_paper(record)
        return [] if done else [Offer(NOTICE_KIND)]

    def may_write(self, actor: Actor, kind: PaperKind, record: Notice) -> bool:  # noqa: ARG002
        return record.state != Notice.State.DRAFT and bool(policy.NOTICES.decide(actor, policy.CHANGE, record))

    def may_read(self, actor: Actor, paper: Paper, record: Notice) -> bool:  # noqa: ARG002
        return bool(policy.NOTICES.decide(actor, policy.READ, record))

    def material(self, act: Act, kind: PaperKind, record: Notice, part: str) -> Material:  # noqa: ARG002
        if _has_paper(record):
            message = _("Thông báo này đã có văn bản ban hành.")
            raise Rejected([Problem("already_issued", message, _("Lập bản điều chỉnh nếu số liệu đổi."))])
        with translation.override("vi"):
            return material_of(record)

    def reads(self, act: Act, kind: PaperKind, record: Notice) -> None:
        """Public when issued: no reading is recorded."""

    def issuer(self, act: Act, kind: PaperKind, record: Notice) -> Issuer:
        return issuer(record.place_id, kind.symbol, act.day)

    def prefill(self, kind: PaperKind, material: Any, on: date) -> dict[str, str]:  # noqa: ARG002
        return {}

    def within(self, actor: Actor) -> Q:
        return Q(subject__in=visible(actor).values("public_id"))


def _has_paper(notice: Notice) -> bool:
    return Paper.objects.filter(context=CONTEXT, subject=notice.public_id, state=Paper.State.ISSUED).exists()


def numbers(notices: Iterable[Notice]) -> dict[str, str]:
    """Number and symbol of the papers of several notices, by the notice's public id."""
    issued = Paper.objects.filter(
        context=CONTEXT, subject__in=[one.public_id for one in notices], state=Paper.State.ISSUED
    )
    return {paper.subject: paper.full_number for paper in issued}


def issuer(place_id: int, symbol: str, on: date) -> Issuer:
    """The body that leads OSH in the province on a day, with the usual title of who signs."""
    graph = tree.current()
    unit = graph.unit_on(place_id, on) or graph.nodes[place_id]
    place = unit.name
    for kind in _KINDS_OF_UNIT:
        place = place.removeprefix(kind)
    try:
        held = bodies.holder("osh_lead", unit.pk, on)
    except bodies.HolderError:
        name = load_book().name_of("labour_department", on=on)
        return Issuer(f"osh_lead:{unit.pk}", name, "", place, _symbol(symbol, name, place), "Giám đốc")
    return Issuer(f"body:{held.pk}", held.name, held.parent_line, place, _symbol(symbol, held.name, place), "Giám đốc")


def _symbol(kind: str, name: str, place: str) -> str:
    """`TB-SNV`: initials of the body without its place; Đ keeps its bar."""
    short = name
    for tail in (f"thành phố {place}", f"tỉnh {place}", f"Thành phố {place}", f"Tỉnh {place}", place):
        short = short.removesuffix(tail).strip()
    initials = "".join(unicodedata.normalize("NFD", word[0].upper())[0] for word in short.split() if word[0].isalpha())
    return f"{kind}-{initials}" if initials else kind
