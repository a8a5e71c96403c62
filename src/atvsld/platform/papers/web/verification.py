"""The public page of verification: number, day, issuer, hashes, and whether a file is the one issued."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.platform.acts import Rejected
from atvsld.platform.papers import verifying
from atvsld.platform.papers.composing import spelled
from atvsld.platform.papers.web.forms import CompareForm, handed
from atvsld.platform.ui.pages import apply_problems


def ask(request: HttpRequest) -> HttpResponse:
    """Where the code on a paper is typed in."""
    if code := verifying.normal(request.GET.get("ma", "")):
        return redirect("verification:paper", code)
    return render(request, "papers/verify.html", {"title": _("Xác minh văn bản"), "asked": ""})


def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What a code stands for. A file handed in is hashed, compared and forgotten."""
    asked = verifying.normal(code)
    found = verifying.look_up(asked)
    if found is not None and found.url:
        return redirect(found.url)
    form = CompareForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "title": _("Xác minh văn bản"), "asked": asked, "spelled": spelled(asked) if len(asked) == 10 else asked,
        "found": found, "form": form,
    }  # fmt: skip
    if found is None:
        return render(request, "papers/verify.html", context, status=404)
    if request.method == "POST" and form.is_valid():
        try:
            given = handed(form.cleaned_data["file"])
        except Rejected as error:
            apply_problems(form, error)
        else:
            assert given is not None  # the form asks for it
            context |= {"compared": given.name, "match": verifying.matching(found, given.content)}
    return render(request, "papers/verify.html", context, status=422 if form.errors else 200)
