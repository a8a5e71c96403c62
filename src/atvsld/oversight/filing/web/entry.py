"""Filling a report in: the page, its savings, files laid beside it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atvsld.kit.outcome import Problem
from atvsld.oversight.filing import actions, drafts, judging
from atvsld.oversight.filing.actions import Clash, Edit
from atvsld.oversight.filing.actions.drafting import MOST_FILES
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.formulas import formulas
from atvsld.oversight.filing.models import Filing, Remark
from atvsld.oversight.filing.policy import DECIDE, FILINGS, OWN, READ, SUBMIT
from atvsld.oversight.filing.web import answers, grid, posted
from atvsld.oversight.filing.web.fetching import filing_or_404, own_or_404
from atvsld.oversight.reporting.policy import READ as READ_REPORTS
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import act_of, actor_of, requires, say

TEMPLATE = "filing/entry.html"


@never_cache
@requires(SUBMIT)
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form to write in. Without a script the whole page is sent at once; with it, cell by cell to `save`."""
    filing = own_or_404(request, public_id)
    if filing.state not in Filing.OPEN:
        return redirect("filing:filing", public_id=public_id)
    clashes: tuple[Clash, ...] = ()
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        changes = posted.edits(drafts.shape(filing), request.POST.dict())
        result = actions.save_cells(act_of(request), filing=filing, edits=changes)
        clashes, problems = result.clashes, result.problems
        if not clashes and not problems:
            say(request, _("Đã ghi."))
            onward = "filing:submit" if "nop" in request.POST else "filing:entry"
            return redirect(onward, public_id=public_id)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    if "dong" in request.GET:
        return _row(request, draft)
    context = _context(request, draft) | {"clashes": clashes, "problems": problems}
    return render(request, TEMPLATE, context, status=409 if clashes else 422 if problems else 200)


def _row(request: HttpRequest, draft: Draft) -> HttpResponse:
    """One row of a long list that the page left out, for the script that puts it in."""
    sheet = grid.Sheet(draft, remarks_of(draft.filing))
    try:
        return HttpResponse(sheet.row(request.GET.get("bang", ""), request.GET["dong"]))
    except KeyError as error:
        raise Http404 from error


def _context(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    filing, filled = draft.filing, draft.filled
    remarks = remarks_of(filing)
    sheet = grid.Sheet(draft, remarks, everything="tat-ca" in request.GET)
    told = answers.state_of(draft)
    return {
        "title": _("%(form)s – %(period)s") % {
            "form": grid.said(draft.shape.form.short_title), "period": draft.shape.period.label_vi,
        },
        "filing": filing,
        "form": draft.shape.form,
        "draft": draft,
        "grids": sheet.grids,
        "header": sheet.header,
        "sections": sheet.sections,
        "remarks": remarks,
        "whole_remarks": remarks.get("", []),
        "drawn": posted.drawn(draft),
        "state": told,
        "formulas": formulas(draft.shape),
        "problem_count": len(judging.problems(filled)),
        "attachments": list(filing.attachments.filter(removed_at__isnull=True).select_related("file")),
        "most_files": MOST_FILES,
        "nil_allowed": draft.shape.nil_allowed,
        "records": _records(request, filing),
    }  # fmt: skip


def _records(request: HttpRequest, filing: Filing) -> str:
    """The address under which the records behind a figure open, without the cell; empty where none can."""
    if not actor_of(request).may(READ_REPORTS):
        return ""
    named = {"establishment": filing.establishment.tax_code} if filing.establishment else {}
    named |= {"body": filing.body.code} if filing.body else {}
    if not named:
        return ""
    return f"{reverse('reporting:figure', args=[filing.form])}?{urlencode({'period': filing.period} | named)}"


def remarks_of(filing: Filing) -> dict[str, list[Remark]]:
    """What was said of the last submission when it was returned, by place; nothing in any other state."""
    found: dict[str, list[Remark]] = defaultdict(list)
    if filing.state == Filing.State.RETURNED and filing.current is not None:
        for remark in filing.current.remarks.all():
            found[remark.key].append(remark)
    return dict(found)


@never_cache
@require_POST
@requires(SUBMIT)
def save(request: HttpRequest, public_id: str) -> HttpResponse:
    """One batch of changes as JSON; the answer says what was written, what clashed, and how the draft stands now."""
    filing = own_or_404(request, public_id)
    try:
        edits = _edits(request.body)
        result = actions.save_cells(act_of(request), filing=filing, edits=edits)
    except Rejected as error:
        return JsonResponse({"error": str(error)}, status=422)
    except Conflict as error:
        return JsonResponse({"error": str(error)}, status=409)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    return JsonResponse(answers.saved(draft, result))


def _edits(body: bytes) -> list[Edit]:
    """The batch of a request; `Rejected` for anything else."""
    try:
        told = json.loads(body)["edits"]
        return [
            Edit(str(one["key"]), _text(one.get("was")), _text(one.get("now")), _text(one.get("reason")))
            for one in told
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("Yêu cầu ghi không đúng dạng.")
        raise Rejected([Problem("bad_request", message, _("Mở lại trang lập báo cáo."))]) from error


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


@require_POST
@requires(SUBMIT)
def attach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lay a file beside the report."""
    filing = own_or_404(request, public_id)
    upload = request.FILES.get("file")
    if upload is None:
        say(request, _("Chưa chọn tệp."))
    else:
        actions.attach(act_of(request), filing=filing, name=upload.name or "", content=files.read_upload(upload))
        say(request, _("Đã kèm tệp."))
    return redirect(reverse("filing:entry", args=[public_id]) + "#tep-kem-theo")


@require_POST
@requires(SUBMIT)
def detach(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """Take a file out of the draft."""
    filing = own_or_404(request, public_id)
    held = filing.attachments.filter(public_id=file_id, removed_at__isnull=True).first()
    if held is None:
        raise Http404
    actions.detach(act_of(request), attachment=held)
    say(request, _("Đã bỏ tệp."))
    return redirect(reverse("filing:entry", args=[public_id]) + "#tep-kem-theo")


@requires(READ)
def attachment(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A file of the report: for its writers any, for those who decide on it what was handed in.

    Nobody else: files may speak of people, and no form says what they hold.
    """
    filing = filing_or_404(request, public_id)
    held = filing.attachments.filter(public_id=file_id).select_related("file").first()
    decides = bool(FILINGS.decide(actor_of(request), DECIDE, filing)) and _handed_in(filing, file_id)
    if held is None or not (decides or OWN.decide(actor_of(request), SUBMIT, filing)):
        raise Http404
    return files.download(held.file, name=held.name)


def _handed_in(filing: Filing, file_id: str) -> bool:
    told = filing.submissions.values_list("content__files", flat=True)
    return any(file["id"] == file_id for held in told for file in held or ())
