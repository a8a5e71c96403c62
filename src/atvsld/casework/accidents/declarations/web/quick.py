"""The quick notice: six questions on a phone, and the question whether the accident is known already."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.casework.accidents import queries as cases
from atvsld.casework.accidents.declarations import actions, matching
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.casework.accidents.declarations.web.forms import QuickForm, is_employer, quick_initial
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, requires, say

NEW = "moi"


@requires(CREATE)
def new(request: HttpRequest) -> HttpResponse:
    """A notice. The key made with the page makes sending twice harmless."""
    actor, now = actor_of(request), request.now  # type: ignore[attr-defined]
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    key = key if is_ulid(key) else new_ulid()
    spoken_of = _case(request, request.GET.get("vu", ""))
    initial = quick_initial(actor, now, spoken_of)
    form = QuickForm(request.POST or None, actor=actor, now=now, initial=initial)
    found: list[matching.Candidate] = []
    conflict = ""
    if request.method == "POST" and form.is_valid():
        answer = request.POST.get("trung", "")
        notice = form.notice()
        if not (answer or spoken_of or Declaration.objects.filter(public_id=key).exists()):
            found = matching.candidates(actor, notice)
        if not found:
            case = spoken_of or (_case(request, answer) if answer and answer != NEW else None)
            try:
                made = actions.receive(act_of(request), key=key, notice=notice, case=case)
            except Rejected as error:
                apply_problems(form, error)
            except Conflict as error:
                conflict = str(error)
            else:
                say(request, _("Đã nhận tin báo %(number)s.") % {"number": made.number})
                return redirect("accident_declarations:declaration", made.public_id)
    context = {
        "form": form, "key": key, "title": _("Khai báo tai nạn"), "found": found, "conflict": conflict,
        "spoken_of": spoken_of, "employer": is_employer(actor),
    }  # fmt: skip
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "accident_declarations/quick.html", context, status=status)


def _case(request: HttpRequest, public_id: str) -> AccidentCase | None:
    """The case a person says the notice speaks of; they must be able to see it."""
    if not public_id:
        return None
    found = cases.visible_cases(actor_of(request)).filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found
