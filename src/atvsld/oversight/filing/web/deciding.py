"""What the receiving body does, page by page; and what a reporter asks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.kit.text import fold
from atvsld.oversight.filing import actions, drafts, paper, queries
from atvsld.oversight.filing.actions import Batch
from atvsld.oversight.filing.listing import FilingFilter, search
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import DECIDE, SUBMIT, UNLOCK
from atvsld.oversight.filing.web.fetching import filing_or_404, own_or_404, version_of
from atvsld.oversight.filing.web.pages import place_name
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say

NOTE = "n:"
# Lines in which somebody names a place by hand.
FREE_LINES = 3
# Reports taken in by one click.
MOST_CHOSEN = 500


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@requires(DECIDE)
def return_filing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a report back: a word on the whole, one at each place that departs or is explained, others by name."""
    filing = filing_or_404(request, public_id, DECIDE)
    problems: tuple[Any, ...] = ()
    conflict = ""
    if request.method == "POST":
        try:
            actions.return_filing(
                act_of(request), filing=filing, version=version_of(request, filing), remarks=_remarks(request)
            )
        except Rejected as error:
            problems = error.problems
        except Conflict as error:
            conflict = str(error)
        else:
            say(request, _("Đã trả lại báo cáo."))
            return redirect("filing:filing", public_id=public_id)
    context = {
        "title": _("Trả lại báo cáo để sửa"),
        "filing": filing,
        "version": request.POST.get("version") or filing.version,
        "places": _places(request, filing),
        "whole": request.POST.get(NOTE, ""),
        "free": [
            (number, request.POST.get(f"o{number}", ""), request.POST.get(f"v{number}", ""))
            for number in range(FREE_LINES)
        ],
        "problems": problems,
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if problems else 200
    return render(request, "filing/return.html", context, status=status)


def _remarks(request: HttpRequest) -> dict[str, str]:
    found = {name.removeprefix(NOTE): str(text) for name, text in request.POST.items() if name.startswith(NOTE)}
    for number in range(FREE_LINES):
        key, text = request.POST.get(f"o{number}", "").strip(), request.POST.get(f"v{number}", "").strip()
        if key and text:
            found[key] = text
    return found


def _places(request: HttpRequest, filing: Filing) -> list[tuple[str, str, str, str, str]]:
    """Places offered: those asked for in the address, those that depart, those where a check is explained."""
    if filing.current is None:
        return []
    content = paper.submitted(filing.current)
    shape = drafts.shape(filing)
    asked = [key for key in request.GET.getlist("o") if len(key) <= 110]
    faults = [str(fault["where"]) for fault in content.faults if fault["where"]]
    found = []
    for key in dict.fromkeys((*asked, *content.departures, *faults)):
        value, held = paper.departure(content, key)
        figures = f"{paper.spoken(value)} / {paper.spoken(held)}"
        reason = content.reasons.get(key, "")
        found.append((key, place_name(shape, key), figures, reason, request.POST.get(NOTE + key, "")))
    return found[:200]


@require_POST
@requires(DECIDE)
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one report in."""
    filing = filing_or_404(request, public_id, DECIDE)
    actions.accept(act_of(request), filing=filing, version=version_of(request, filing))
    say(request, _("Đã tiếp nhận báo cáo."))
    return redirect("filing:filing", public_id=public_id)


@require_POST
@requires(DECIDE)
def accept_many(request: HttpRequest) -> HttpResponse:
    """Take in all that were chosen in the list; those that need eyes stay."""
    if "tat-ca" in request.POST:
        return _accept_all(request)
    chosen = dict(
        one.split("@", 1) for one in request.POST.getlist("chon")[:MOST_CHOSEN] if "@" in one and len(one) < 60
    )
    held = queries.visible(actor_of(request), DECIDE).filter(public_id__in=chosen)
    pairs = [(filing, int(chosen[filing.public_id]) if chosen[filing.public_id].isdecimal() else 0) for filing in held]
    result = actions.accept_many(act_of(request), chosen=pairs)
    say(request, _batch(result))
    return _back(request)


def _accept_all(request: HttpRequest) -> HttpResponse:
    """Every report the list shows under its filters, in one act."""
    asked = QueryDict(request.POST.get("ve", "")[:2000].replace("\x00", ""))
    every = Filing.objects.filter(submitted_at__isnull=False)
    found = FilingFilter(asked, queryset=every, request=request).qs
    if text := asked.get("tim", "").strip()[:200]:
        found = search(found, fold(text))
    accepted, held_back = actions.accept_all(act_of(request), filings=found)
    say(request, _told(accepted, held_back, 0))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    return redirect(f"{reverse('filing:incoming')}?{QueryDict(request.POST.get('ve', '')[:2000]).urlencode()}")


def _batch(result: Batch) -> str:
    return _told(len(result.accepted), len(result.held_back), len(result.passed_over))


def _told(accepted: int, held_back: int, passed_over: int) -> str:
    told = _("Đã tiếp nhận %(accepted)s báo cáo.") % {"accepted": accepted}
    if held_back:
        told += " " + _("%(count)s báo cáo khác sổ hoặc có giải trình được giữ lại để xem từng cái.") % {
            "count": held_back
        }
    if passed_over:
        told += " " + _("%(count)s báo cáo đã đổi tình trạng nên không xử lý.") % {"count": passed_over}
    return told


@require_POST
@requires(DECIDE)
def lock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lock one accepted report."""
    filing = filing_or_404(request, public_id, DECIDE)
    done = actions.lock(act_of(request), filings=[filing])
    say(request, _("Đã khóa báo cáo.") if done else _("Chỉ khóa được báo cáo đã tiếp nhận."))
    return redirect("filing:filing", public_id=public_id)


@requires(UNLOCK)
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a locked report again, with a reason that history keeps."""
    filing = filing_or_404(request, public_id, UNLOCK)
    return _with_reason(
        request, filing, _("Mở khóa báo cáo"),
        lambda reason: actions.unlock(
            act_of(request, reason), filing=filing, version=version_of(request, filing)
        ),
    )  # fmt: skip


@requires(SUBMIT)
def ask_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask to have an accepted report returned."""
    filing = own_or_404(request, public_id)
    return _with_reason(
        request, filing, _("Xin sửa báo cáo đã tiếp nhận"),
        lambda reason: actions.ask_correction(
            act_of(request, reason), filing=filing, version=version_of(request, filing)
        ),
    )  # fmt: skip


def _with_reason(request: HttpRequest, filing: Filing, title: str, act: Callable[[str], Any]) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return act_by_form(
        request,
        form,
        lambda: act(form.cleaned_data["reason"]),
        title=title,
        back=reverse("filing:filing", args=[filing.public_id]),
        template="filing/reason.html",
        version=request.POST.get("version") or filing.version,
    )
