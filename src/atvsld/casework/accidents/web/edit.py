"""Recording and changing by page: each page fetches through the scope, calls one action, answers."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents import actions, queries
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, CHANGE, CREATE, READ_IDENTITY
from atvsld.casework.accidents.web.forms import CaseForm, RemovalForm, VictimForm, reach
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, requires, say
from atvsld.registers.places import tree

VICTIM = "victim"


@requires(CREATE)
def new_case(request: HttpRequest) -> HttpResponse:
    """A new case with its first victim, in one form. The key made with the page makes sending twice harmless."""
    actor, today = actor_of(request), _today(request)
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    form = CaseForm(request.POST or None, actor=actor, permission=CREATE, day=today, initial=_preset(request, CREATE))
    victim = VictimForm(request.POST or None, day=today, prefix=VICTIM)
    conflict = ""
    if request.method == "POST" and form.is_valid() & victim.is_valid():
        try:
            made = actions.open_case(
                act_of(request), key=key if is_ulid(key) else new_ulid(), case=form.draft(), victims=[victim.draft()]
            )
        except Rejected as error:
            _place_problems(form, victim, error)
        except Conflict as error:
            conflict = str(error)
        else:
            say(request, _("Đã ghi nhận hồ sơ %(number)s.") % {"number": made.number})
            return redirect("accidents:case", made.public_id)
    context = {"form": form, "victim": victim, "key": key, "title": _("Ghi nhận vụ tai nạn"), "conflict": conflict}
    return render(request, "accidents/new_case.html", context, status=_status(form, conflict))


@requires(CHANGE)
def change_case(request: HttpRequest, public_id: str) -> HttpResponse:
    """The case's own facts anew."""
    case = case_or_404(request, public_id, CHANGE)
    form = CaseForm(
        request.POST or None, actor=actor_of(request), permission=CHANGE, day=clock.local_day(case.occurred_at),
        initial=CaseForm.stated_by(case),
    )  # fmt: skip
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_case(
                act_of(request), case=case, version=form.cleaned_data["version"] or 0, changes=form.draft()
            )
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            return _done(request, case, _("Đã ghi thay đổi."))
    return _page(request, "accidents/change_case.html", case, form, title=_("Sửa vụ tai nạn"), conflict=conflict)


@requires(CHANGE)
def add_victim(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more victim."""
    case = case_or_404(request, public_id, CHANGE)
    form = VictimForm(request.POST or None, day=clock.local_day(case.occurred_at), initial={"version": case.version})
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.add_victim(act_of(request), case=case, version=version, victim=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            return _done(request, case, _("Đã thêm người bị nạn."))
    return _page(request, "accidents/victim.html", case, form, title=_("Thêm người bị nạn"), conflict=conflict)


@requires(CHANGE)
def change_victim(request: HttpRequest, public_id: str, victim_id: str) -> HttpResponse:
    """A victim's facts anew. The page shows the name, so opening it is recorded as a reading."""
    case = case_or_404(request, public_id, CHANGE)
    CASES.require(actor_of(request), READ_IDENTITY, case)
    victim = _victim_or_404(case, victim_id)
    if request.method != "POST":
        actions.read_identities(act_of(request, _("Sửa hồ sơ")), cases=[case])
    form = VictimForm(
        request.POST or None, day=clock.local_day(case.occurred_at), held=victim,
        initial=VictimForm.stated_by(victim, case.version),
    )  # fmt: skip
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_victim(act_of(request), victim=victim, version=version, changes=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            return _done(request, case, _("Đã ghi thay đổi."))
    title = _("Sửa người bị nạn thứ %(position)s") % {"position": victim.position}
    response = _page(request, "accidents/victim.html", case, form, title=title, conflict=conflict)
    response["Cache-Control"] = "no-store"
    return response


@requires(CHANGE)
def remove_victim(request: HttpRequest, public_id: str, victim_id: str) -> HttpResponse:
    """Take out a victim entered by mistake, with the reason."""
    case = case_or_404(request, public_id, CHANGE)
    victim = _victim_or_404(case, victim_id)
    form = RemovalForm(request.POST or None, initial={"version": case.version})
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            act = act_of(request, form.cleaned_data["reason"])
            actions.remove_victim(act, victim=victim, version=form.cleaned_data["version"])
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            return _done(request, case, _("Đã bỏ người bị nạn khỏi hồ sơ; nhật ký vẫn giữ thông tin đã bỏ."))
    title = _("Bỏ người bị nạn thứ %(position)s") % {"position": victim.position}
    return _page(request, "accidents/remove_victim.html", case, form, title=title, conflict=conflict)


def case_or_404(request: HttpRequest, public_id: str, permission: str) -> AccidentCase:
    """The case, when it lies in the actor's area."""
    visible = queries.visible_cases(actor_of(request), permission)
    found = visible.select_related("place", "establishment").filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def _victim_or_404(case: AccidentCase, victim_id: str) -> Victim:
    found = case.victims.filter(public_id=victim_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _preset(request: HttpRequest, permission: str) -> dict[str, Any]:
    """The commune of someone bound to one: the unit that exists today."""
    places, _own = reach(actor_of(request), permission)
    today, graph = _today(request), tree.current()
    now = [pk for pk in places or () if graph.nodes[pk].exists_on(today) and graph.nodes[pk].level == "commune"]
    return {"place_code": now[0]} if len(now) == 1 else {}


def _place_problems(form: CaseForm, victim: VictimForm, error: Rejected) -> None:
    """Problems with a row number speak of the victim, the others of the case."""
    apply_problems(victim, Rejected(problem for problem in error.problems if problem.row))
    apply_problems(form, Rejected(problem for problem in error.problems if not problem.row))


def _page(
    request: HttpRequest, template: str, case: AccidentCase, form: BaseForm, *, title: str, conflict: str
) -> HttpResponse:
    back = reverse("accidents:case", args=[case.public_id])
    context = {
        "form": form,
        "case": case,
        "title": title,
        "pretitle": case.number,
        "cancel_url": back,
        "conflict": conflict,
    }
    return render(request, template, context, status=_status(form, conflict))


def _status(form: BaseForm, conflict: str) -> int:
    if conflict:
        return 409
    return 422 if form.is_bound else 200


def _done(request: HttpRequest, case: AccidentCase, sentence: str) -> HttpResponse:
    say(request, sentence)
    return redirect("accidents:case", case.public_id)


def _today(request: Any) -> Any:
    return clock.local_day(request.now)
