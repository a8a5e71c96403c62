"""The public page on which whoever holds a receipt verifies it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations import queries, receipts
from atvsld.documents.render import FORMATS
from atvsld.documents.render import render as make
from atvsld.platform.ui.pages import View

KINDS = ("pdf", "docx")


def _public(view: View) -> View:
    """Answers carry no name and must not be kept or indexed."""

    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        return response

    return answer


@_public
def ask(request: HttpRequest) -> HttpResponse:
    """The code by hand, for a receipt read from paper."""
    if code := request.GET.get("ma", "").strip():
        if (found := queries.by_code(code)) is not None:
            return redirect("accident_receipts:receipt", code=found.code)
        context = {"title": _("Kiểm tra biên nhận"), "code": code[:60], "unknown": True}
        return render(request, "accident_declarations/receipt_ask.html", context, status=404)
    return render(request, "accident_declarations/receipt_ask.html", {"title": _("Kiểm tra biên nhận")})


@_public
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Number, moment and hash of what was received, and whether the record still says it."""
    found = queries.by_code(code)
    if found is None:
        context = {"title": _("Kiểm tra biên nhận"), "code": code[:60], "unknown": True}
        return render(request, "accident_declarations/receipt_ask.html", context, status=404)
    told = found.declaration
    later = getattr(told, "superseded_by", None)
    context = {
        "title": _("Biên nhận %(number)s") % {"number": told.number},
        "receipt": found,
        "hash_parts": [found.content_hash[start : start + 8] for start in range(0, len(found.content_hash), 8)],
        "record": told,
        "holds": receipts.holds(told),
        "later": later,
        "qr": mark_safe(receipts.picture(_address(request, found.code))),  # noqa: S308 - made by segno
    }
    return render(request, "accident_declarations/receipt.html", context)


@_public
def receipt_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The receipt to print or keep."""
    found = queries.by_code(code)
    if found is None or kind not in KINDS:
        raise Http404
    body = make(receipts.paper(found, _address(request, found.code)), kind)
    response = HttpResponse(body, content_type=FORMATS[kind].media_type)
    response["Content-Disposition"] = f'attachment; filename="bien-nhan-{found.declaration.number}.{kind}"'
    return response


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("accident_receipts:receipt", args=[code]))
