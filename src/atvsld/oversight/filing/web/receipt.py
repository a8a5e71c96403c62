"""The public page on which whoever holds a receipt verifies it."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.documents.model import Document, KeyValues, Paragraph, QrCode
from atvsld.documents.render import FORMATS
from atvsld.documents.render import render as make
from atvsld.oversight.filing import drafts, receipts
from atvsld.oversight.filing.models import Submission
from atvsld.oversight.filing.web.grid import said
from atvsld.platform.files import facade as files
from atvsld.platform.ui.formats_text import moment
from atvsld.platform.ui.pages import View

KINDS = ("pdf", "docx")


def _public(view: View) -> View:
    """Answers carry no name of a person and must not be kept or indexed."""

    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        return response

    return answer


@_public
def ask(request: HttpRequest) -> HttpResponse:
    """The code by hand, for a receipt read from paper."""
    code = request.GET.get("ma", "").strip()
    if code and (found := receipts.by_code(code)) is not None:
        return redirect("filing_receipts:receipt", code=found.receipt)
    return _asked(request, code)


def _asked(request: HttpRequest, code: str) -> HttpResponse:
    context = {"title": _("Kiểm tra biên nhận báo cáo"), "code": code[:60], "unknown": bool(code)}
    return render(request, "filing/receipt_ask.html", context, status=404 if code else 200)


@_public
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Which report of whom was handed in when, its hash, and whether the record still says it."""
    held = receipts.by_code(code)
    if held is None:
        return _asked(request, code)
    filing = held.filing
    shape = drafts.shape(filing)
    context = {
        "title": _("Biên nhận báo cáo"),
        "submission": held,
        "filing": filing,
        "name": said(shape.form.short_title),
        "period": shape.period.label_vi,
        "hash_parts": [held.digest[start : start + 8] for start in range(0, len(held.digest), 8)],
        "holds": receipts.holds(held),
        "later": filing.current if filing.current_id != held.pk else None,
        "qr": mark_safe(picture(_address(request, held.receipt))),  # noqa: S308 - made by segno
        "downloads": [(kind, reverse("filing_receipts:file", args=[held.receipt, kind])) for kind in KINDS],
    }
    return render(request, "filing/receipt.html", context)


@_public
def receipt_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The receipt to print or keep."""
    held = receipts.by_code(code)
    if held is None or kind not in KINDS:
        return _asked(request, code)
    body = make(paper_of(held, _address(request, held.receipt)), kind)
    return files.respond(body, f"bien-nhan-{held.receipt}.{kind}", FORMATS[kind].media_type)


def paper_of(held: Submission, address: str) -> Document:
    """The receipt for print; nothing in it is about a person."""
    filing = held.filing
    shape = drafts.shape(filing)
    late = _("nộp muộn") if filing.late else _("đúng hạn")
    pairs = (
        (_("Báo cáo"), f"{filing.form} – {shape.form.short_title.vi}"),
        (_("Kỳ"), shape.period.label_vi),
        (_("Đơn vị báo cáo"), str(filing.reporter)),
        (_("Nơi nhận"), str(filing.recipient or "–")),
        (_("Lần nộp"), str(held.number)),
        (_("Nộp lúc"), f"{moment(held.submitted_at)} ({late})" if held.number == 1 else moment(held.submitted_at)),
        (_("Mã biên nhận"), held.receipt_grouped),
        (_("Mã băm SHA-256 của nội dung"), held.digest),
        (_("Kiểm tra tại"), address),
    )
    return Document(
        title=_("Biên nhận báo cáo"),
        blocks=(
            KeyValues(pairs),
            QrCode(address, _("Mã QR dẫn tới trang kiểm tra biên nhận")),
            Paragraph(
                _("Ai cầm biên nhận này cũng kiểm tra được đơn vị, báo cáo, thời điểm nộp và mã băm. Biên nhận không "
                  "có nghĩa là báo cáo đã được tiếp nhận."), "small",
            ),
        ),
        footer=f"{filing.form} {filing.period} · {moment(held.submitted_at)}",
    )  # fmt: skip


def picture(address: str) -> str:
    """The address as a QR code, SVG to stand in a page (no inline style)."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, unit="", scale=4, svgclass="qr", lineclass="qr-line"
    )
    return out.getvalue().decode()


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("filing_receipts:receipt", args=[code]))
