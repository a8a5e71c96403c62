"""Reports as papers: who issues them, and what they say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from atvsld.documents.model import Document
from atvsld.kit.certainty import Certainty
from atvsld.oversight.yearly import policy, printing
from atvsld.oversight.yearly.actions.sending import CONTEXT
from atvsld.oversight.yearly.addressing import bare, province_of
from atvsld.oversight.yearly.models import YearReport
from atvsld.oversight.yearly.queries import visible
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import Home, Issuer, Offer, PaperKind, Source
from atvsld.registers.bodies.models import BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.places import tree

# A report has no form of its own: it is a named document of the decree, its content is its author's.
_CITATION = "Nghị định 30/2020/NĐ-CP Phụ lục I; Kế hoạch của UBND tỉnh, Mục IV.19"


@dataclass(frozen=True)
class Material:
    """What the paper is made from; drawn up once, when it is built."""

    report: YearReport

    @cached_property
    def document(self) -> Document:
        with translation.override("vi"):
            return printing.paper(self.report)


def build(material: Material, _fields: Mapping[str, str]) -> Document:
    """The paper without letterhead and signature."""
    return material.document


def _kind(code: str, about: Any) -> PaperKind:
    return PaperKind(
        code, _("Báo cáo"), _CITATION, Certainty.OFFICIAL, (), build, context=CONTEXT, about=about, symbol="BC"
    )


KINDS = {
    "plan-report-body": _kind("plan-report-body", _("kết quả thực hiện kế hoạch của đơn vị")),
    "plan-report-standing": _kind("plan-report-standing", _("tổng hợp kết quả thực hiện kế hoạch")),
    "plan-report-request": _kind("plan-report-request", _("thực hiện kế hoạch theo yêu cầu")),
}
_CODES = {
    YearReport.Kind.BODY: "plan-report-body",
    YearReport.Kind.ESTABLISHMENT: "plan-report-body",
    YearReport.Kind.STANDING: "plan-report-standing",
    YearReport.Kind.ON_REQUEST: "plan-report-request",
}


class ReportPapers(Source):
    """Reports by their public id. Their papers are made by handing in or issuing them, not offered one by one."""

    context = CONTEXT
    needs = policy.CHANGE

    def find(self, actor: Actor, subject: str) -> YearReport | None:
        return visible(actor).filter(public_id=subject.replace("\x00", "")).first()

    def home(self, record: YearReport) -> Home:
        url = reverse("yearly:report", args=[record.public_id])
        return Home(record.title, url, record.place_id, record.establishment_id)

    def offered(self, actor: Actor, record: YearReport) -> list[Offer]:
        kind = KINDS[_CODES[YearReport.Kind(record.kind)]]
        return [Offer(kind)] if self.may_write(actor, kind, record) and not _has_paper(record) else []

    def may_write(self, actor: Actor, kind: PaperKind, record: YearReport) -> bool:
        right = kind.code == _CODES[YearReport.Kind(record.kind)]
        return right and not record.open and bool(policy.OWN.decide(actor, policy.CHANGE, record))

    def may_read(self, actor: Actor, paper: Paper, record: YearReport) -> bool:  # noqa: ARG002
        return bool(policy.REPORTS.decide(actor, policy.READ, record))

    def material(self, act: Act, kind: PaperKind, record: YearReport, part: str) -> Material:  # noqa: ARG002
        return Material(record)

    def reads(self, act: Act, kind: PaperKind, record: YearReport) -> None:
        """Nothing protected: no reading is recorded."""

    def issuer(self, act: Act, kind: PaperKind, record: YearReport) -> Issuer:
        return issuer_of(record, kind.symbol, act.day)

    def prefill(self, kind: PaperKind, material: Any, on: date) -> dict[str, str]:  # noqa: ARG002
        return {}

    def within(self, actor: Actor) -> Q:
        return Q(subject__in=visible(actor).values("public_id"))


def _has_paper(report: YearReport) -> bool:
    return Paper.objects.filter(context=CONTEXT, subject=report.public_id, state=Paper.State.ISSUED).exists()


def issuer_of(report: YearReport, symbol: str, on: date) -> Issuer:
    """Who issues a report, with the usual title of who signs it."""
    unit = bare(province_of(report.place_id, on))
    if report.body is None:
        firm = report.establishment
        assert firm is not None  # the database lets exactly one stand
        return Issuer(f"establishment:{firm.pk}", firm.name, "", unit, symbol, "GIÁM ĐỐC")
    body = report.body
    functions = set(BodyFunction.objects.filter(in_force(on), body=body).values_list("function", flat=True))
    if functions & {"commune", "district", "ppc"}:
        node = tree.current().unit_on(body.place_id, on)
        place = _commune(node.name) if node else unit
        return Issuer(
            f"body:{body.pk}", body.name, body.parent_line, place, f"{symbol}-UBND", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
        )
    title = {"union": "CHỦ TỊCH", "front": "CHỦ TỊCH", "farmers": "CHỦ TỊCH", "press": "TỔNG BIÊN TẬP"}
    head = next((title[one] for one in title if one in functions), "GIÁM ĐỐC")
    if "zone_authority" in functions:
        head = "TRƯỞNG BAN"
    return Issuer(f"body:{body.pk}", body.name, body.parent_line, unit, _symbol(symbol, body.name, unit), head)


def _commune(name: str) -> str:
    for kind in ("Xã ", "Phường ", "Thị trấn ", "Đặc khu ", "Huyện ", "Thị xã ", "Thành phố "):
        name = name.removeprefix(kind)
    return name


def _symbol(kind: str, name: str, unit: str) -> str:
    """`BC-SNV`: initials of the body without its place; Đ keeps its bar."""
    short = name
    for tail in (f"thành phố {unit}", f"tỉnh {unit}", f"Thành phố {unit}", f"Tỉnh {unit}", unit):
        short = short.removesuffix(tail).strip()
    words = [
        word for word in short.replace("-", " ").split() if word[:1].isalpha() and word not in {"và", "các", "của"}
    ]
    initials = "".join(unicodedata.normalize("NFD", word[0].upper())[0] for word in words)
    return f"{kind}-{initials}" if initials else kind
