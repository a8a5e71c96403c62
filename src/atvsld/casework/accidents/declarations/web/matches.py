"""Notices that may speak of one accident: looking, deciding, taking back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents import queries as cases
from atvsld.casework.accidents.declarations import actions, matching, queries
from atvsld.casework.accidents.declarations.models import CaseMatch
from atvsld.casework.accidents.declarations.web.forms import UndoForm
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.platform.acts import Refused
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say

SHOWN = 50


@requires(CHANGE)
def matches(request: HttpRequest) -> HttpResponse:
    """Pairs nobody has decided yet; the answer says which of the two is kept."""
    _require_authority(request)
    if request.method == "POST":
        kept, other = (_case(request, request.POST.get(name, "")) for name in ("kept", "other"))
        verdict = "same" if request.POST.get("verdict") == "same" else "different"
        actions.decide_match(act_of(request), kept=kept, other=other, verdict=verdict)
        sentence = _("Đã ghi: hai hồ sơ là một vụ.") if verdict == "same" else _("Đã ghi: hai vụ khác nhau.")
        say(request, sentence)
        return redirect("accident_declarations:matches")
    pairs = matching.pairs(actor_of(request), request.now)  # type: ignore[attr-defined]
    context = {"title": _("Tin báo nghi trùng"), "pairs": pairs[:SHOWN], "more": max(len(pairs) - SHOWN, 0)}
    return render(request, "accident_declarations/matches.html", context)


@requires(CHANGE)
def undo_match(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take two cases apart again, with the reason."""
    _require_authority(request)
    match = CaseMatch.objects.filter(public_id=public_id.replace("\x00", "")).select_related("kept", "other").first()
    if match is None or not CASES.decide(actor_of(request), CHANGE, match.kept):
        raise Http404
    form = UndoForm(request.POST or None)
    return act_by_form(
        request, form,
        lambda: actions.undo_match(act_of(request, form.cleaned_data["reason"]), match=match),
        title=_("Tách lại %(kept)s và %(other)s") % {"kept": match.kept.number, "other": match.other.number},
        back=reverse("accidents:case", args=[match.kept.public_id]),
    )  # fmt: skip


def _require_authority(request: HttpRequest) -> None:
    if not queries.hears_everyone(actor_of(request)):
        raise Refused(_("Chỉ cơ quan nhà nước xác định các tin báo có về cùng một vụ hay không."))


def _case(request: HttpRequest, public_id: str) -> AccidentCase:
    found = cases.visible_cases(actor_of(request), CHANGE).filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found
