"""From a paper to its document: letterhead, signature, marks and code around what its kind builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from atvsld.documents.model import (
    Block,
    Document,
    Letterhead,
    Notice,
    QrCode,
    Signature,
    SignatureHere,
    Signatures,
)
from atvsld.kit.certainty import Certainty
from atvsld.platform.papers.models import Paper, PaperTemplate
from atvsld.platform.papers.registry import PaperKind

# Printed on papers, so in the language of papers.
PROVISIONAL_MARK = "MẪU TẠM – chưa xác nhận câu chữ chính thức"
_PROVISIONAL_WHY = (
    "Nội dung theo điều luật viện dẫn; cách trình bày và câu chữ do hệ thống đặt, dùng cho tới khi nạp mẫu chính thức."
)
_DRAFT = "DỰ THẢO – chưa ban hành"


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to be rendered, and the official template that replaces its Word form, if any."""

    document: Document
    template: PaperTemplate | None
    provisional: bool


def compose(paper: Paper, kind: PaperKind, material: Any, *, on: date) -> Composed:
    """The whole document of a draft, or of a paper being issued when it already carries number and code."""
    template = template_on(kind.code, on)
    provisional = kind.status is not Certainty.OFFICIAL and template is None
    built = kind.build(material, stated(paper))
    signature = built.signature or (None if signed_by_several(built) else _signature(paper))
    blocks: list[Block] = []
    if provisional:
        blocks.append(Notice("provisional", f"{PROVISIONAL_MARK}. {_PROVISIONAL_WHY}"))
    blocks += built.blocks
    if (signature or built.recipients) and not any(isinstance(block, SignatureHere) for block in blocks):
        blocks.append(SignatureHere())
    if paper.code:
        blocks.append(QrCode(address(paper), caption(paper)))
    marks = [built.footer, PROVISIONAL_MARK if provisional else "", "" if paper.code else _DRAFT]
    document = replace(
        built,
        title="" if kind.letter else built.title,
        subtitle="" if kind.letter else built.subtitle,
        blocks=tuple(blocks),
        letterhead=Letterhead(
            paper.issuer_parent.upper() or None, paper.issuer_name.upper(), _number(paper, kind, built),
            paper.place_name, paper.issued_on,
        ),
        signature=signature,
        footer=" · ".join(mark for mark in marks if mark),
        metadata={
            **built.metadata, "paper": paper.public_id, "kind": kind.code, "citation": kind.citation,
            "status": kind.status.value, "verification_code": paper.code or "",
        },
    )  # fmt: skip
    return Composed(document, template, provisional)


def signed_by_several(built: Document) -> bool:
    """Whether the document has a place of its own for each of those who sign it."""
    return any(isinstance(block, Signatures) for block in built.blocks)


def lacks_signer(built: Document, paper: Paper) -> bool:
    """Whether one person signs, and nobody is named."""
    if signed_by_several(built):
        return False
    return not ((built.signature.name or "") if built.signature else paper.signer_name).strip()


def stated(paper: Paper) -> dict[str, str]:
    """The written fields, and what the head of the paper says under reserved names."""
    head = {
        "issuer_name": paper.issuer_name,
        "place_name": paper.place_name,
        "signer_title": paper.signer_title,
        "signer_name": paper.signer_name,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else "",
    }
    return {**paper.fields, **head}


def template_on(kind: str, on: date) -> PaperTemplate | None:
    """The official template of a kind in force on a day."""
    return PaperTemplate.objects.select_related("file").filter(kind=kind, valid_from__lte=on).first()


def address(paper: Paper) -> str:
    """Where the paper is verified; the public address of the installation when it is known."""
    path = reverse("verification:paper", args=[paper.code or ""])
    return f"{settings.ORIGIN}{path}" if settings.ORIGIN else path


def spelled(code: str) -> str:
    """A code in two halves, as people read it aloud."""
    return f"{code[:5]}-{code[5:]}"


def caption(paper: Paper) -> str:
    where = address(paper).removesuffix(f"{paper.code}/")
    return f"Mã xác minh: {spelled(paper.code or '')}\nXác minh tại: {where}"


def template_values(paper: Paper, kind: PaperKind, material: Any) -> Mapping[str, Any]:
    """Everything an official template may name, apart from the picture of the code."""
    day = paper.issued_on
    own = kind.values(material, stated(paper)) if kind.values else {}
    return {
        **{field.name: paper.fields.get(field.name, "") for field in kind.fields},
        **own,
        "so_ky_hieu": paper.full_number or _unnumbered(paper),
        "co_quan": paper.issuer_name,
        "co_quan_chu_quan": paper.issuer_parent,
        "dia_danh": paper.place_name,
        "ngay": f"{day.day:02d}" if day else "…",
        "thang": (f"{day.month:02d}" if day.month < 3 else str(day.month)) if day else "…",
        "nam": str(day.year) if day else "……",
        "chuc_vu_ky": paper.signer_title,
        "nguoi_ky": paper.signer_name,
        "ma_xac_minh": spelled(paper.code) if paper.code else "",
        "dia_chi_xac_minh": address(paper) if paper.code else "",
    }


def _signature(paper: Paper) -> Signature | None:
    if not (paper.signer_title or paper.signer_name):
        return None
    return Signature(paper.signer_title.upper(), paper.signer_name or None)


def _number(paper: Paper, kind: PaperKind, built: Document) -> str | None:
    """Number and symbol; under those of a letter, its subject."""
    number = paper.full_number or _unnumbered(paper)
    return f"{number or '……'}\nV/v {built.subtitle}" if kind.letter else number


def _unnumbered(paper: Paper) -> str | None:
    return f"……/{paper.symbol}" if paper.symbol else None
