"""Issuing, attaching the signed copy, cancelling, fetching a kept file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.files import facade as files
from atvsld.platform.papers import actions
from atvsld.platform.papers.actions.issuing import Handed
from atvsld.platform.papers.composing import template_on
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.web.access import Met, met_or_404
from atvsld.platform.papers.web.forms import AttachForm, CancelForm, IssueForm, handed
from atvsld.platform.ui.pages import act_of, apply_problems, requires, say


@requires("")
def issue_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give number and day. A second click on the button finds the paper issued and shows it."""
    met = met_or_404(request, public_id, writable=True)
    if met.paper.state != Paper.State.DRAFT:
        return redirect("papers:paper", public_id)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = IssueForm(
        request.POST or None, request.FILES or None, initial={"version": met.paper.version, "issued_on": today}
    )
    conflict = ""
    if request.method == "POST" and form.is_valid():
        act = act_of(request, _("Ban hành văn bản: %(kind)s") % {"kind": met.kind.label})
        try:
            paper = actions.issue(
                act, paper=met.paper, version=form.cleaned_data["version"], on=form.cleaned_data["issued_on"],
                edited=handed(form.cleaned_data["file"]),
            )  # fmt: skip
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            say(request, _("Đã ban hành, số %(number)s.") % {"number": paper.full_number})
            return redirect("papers:paper", public_id)
    context = _context(met, _("Ban hành: %(kind)s"), form) | {
        "conflict": conflict, "multipart": True, "submit_label": _("Cấp số và ban hành"),
        "official": template_on(met.kind.code, today), "kind": met.kind, "paper": met.paper,
    }  # fmt: skip
    return render(request, "papers/issue.html", context, status=409 if conflict else 422 if form.is_bound else 200)


@requires("")
def attach_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add the signed scan to an issued paper."""
    met = met_or_404(request, public_id, writable=True)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = handed_or_none(form)
        try:
            if given is not None:
                actions.attach(act_of(request), paper=met.paper, role=form.cleaned_data["role"], handed=given)
        except Rejected as error:
            apply_problems(form, error)
        else:
            if given is not None:
                say(request, _("Đã giữ tệp theo mã băm."))
                return redirect("papers:paper", public_id)
    context = _context(met, _("Đính tệp: %(kind)s"), form) | {"multipart": True, "submit_label": _("Nạp tệp")}
    return render(request, "ui/form.html", context, status=422 if form.is_bound else 200)


def handed_or_none(form: AttachForm) -> Handed | None:
    """The uploaded file; a refusal is written into the form."""
    try:
        return handed(form.cleaned_data["file"])
    except Rejected as error:
        apply_problems(form, error)
        return None


@requires("")
def cancel_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Cancel with a reason."""
    met = met_or_404(request, public_id, writable=True)
    form = CancelForm(request.POST or None, initial={"version": met.paper.version})
    if request.method == "POST" and form.is_valid():
        act = act_of(request, form.cleaned_data["reason"])
        try:
            actions.cancel(act, paper=met.paper, version=form.cleaned_data["version"])
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã hủy văn bản; số đã cấp không dùng lại."))
            return redirect("papers:paper", public_id)
    context = _context(met, _("Hủy: %(kind)s"), form) | {"submit_label": _("Hủy văn bản")}
    return render(request, "ui/form.html", context, status=422 if form.is_bound else 200)


@requires("")
def issued_file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A kept file of the paper; fetching it is a reading of what stands in it."""
    met = met_or_404(request, public_id)
    held = met.paper.files.select_related("file").filter(file__public_id=file_id.replace("\x00", "")).first()
    if held is None:
        raise Http404
    met.source.reads(act_of(request, _("Tải văn bản: %(kind)s") % {"kind": met.kind.label}), met.kind, met.record)
    return files.download(held.file)


def _context(met: Met, title: str, form: object) -> dict[str, object]:
    return {
        "title": title % {"kind": met.kind.label},
        "pretitle": met.home.label,
        "form": form,
        "cancel_url": reverse("papers:paper", args=[met.paper.public_id]),
    }
