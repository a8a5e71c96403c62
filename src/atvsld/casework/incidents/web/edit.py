"""Recording incidents by page: each page fetches through the scope, calls one action, answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.incidents import actions, queries
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.casework.incidents.policy import CHANGE, CREATE, JUDGE
from atvsld.casework.incidents.web import forms
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.law import load_book
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires

TEMPLATE = "incidents/form.html"


@requires(CREATE)
def report(request: HttpRequest) -> HttpResponse:
    """A new incident. The key made with the page makes sending twice harmless."""
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    form = _form(request, CREATE, initial={"occurred_at": None})
    made: list[TechnicalIncident] = []
    return act_by_form(
        request,
        form,
        lambda: made.append(
            actions.report_incident(act_of(request), key=key if is_ulid(key) else new_ulid(), draft=form.draft())
        ),
        title=_("Ghi nhận sự cố kỹ thuật"),
        back=reverse("incidents:list"),
        then=lambda: _url(made[0]),
        template=TEMPLATE,
        key=key,
    )


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is stated, anew."""
    incident = incident_or_404(request, public_id, CHANGE)
    form = _form(request, CHANGE, initial=forms.IncidentForm.stated_by(incident))
    return _act(
        request, form, incident, _("Sửa sự cố %(number)s") % {"number": incident.number},
        lambda version: actions.change_incident(
            act_of(request), incident=incident, version=version, draft=form.draft()
        ),
    )  # fmt: skip


@requires(JUDGE)
def judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Serious or not, with the reason."""
    incident = incident_or_404(request, public_id, JUDGE)
    known = {} if incident.serious is None else {"serious": str(incident.serious).lower()}
    form = forms.JudgementForm(request.POST or None, initial=known | {"reason": incident.serious_reason})
    return _act(
        request, form, incident, _("Xác định mức độ của sự cố"),
        lambda version: actions.judge_incident(
            act_of(request), incident=incident, version=version, **form.cleaned_data
        ),
    )  # fmt: skip


@requires(CHANGE)
def note(request: HttpRequest, public_id: str, rule: str) -> HttpResponse:
    """A notice was given."""
    incident = incident_or_404(request, public_id, CHANGE)
    deadline = load_book().deadlines.get(rule)
    if deadline is None:
        raise Http404
    form = forms.NoticeForm(request.POST or None, initial={"at": clock.now() if request.method == "GET" else None})
    return _act(
        request, form, incident, _("Ghi thời điểm đã báo"),
        lambda _version: actions.note_notice(
            act_of(request), incident=incident, rule=rule, at=form.cleaned_data["at"]
        ),
    )  # fmt: skip


@requires(CHANGE)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result of an incident."""
    incident = incident_or_404(request, public_id, CHANGE)
    form = forms.ClosingForm(request.POST or None, initial={"closed_on": _today(request), "result": incident.result})
    return _act(
        request, form, incident, _("Kết thúc hồ sơ sự cố"),
        lambda version: actions.close_incident(
            act_of(request), incident=incident, version=version, **form.cleaned_data
        ),
    )  # fmt: skip


@requires(CHANGE)
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """A closed file, opened again."""
    incident = incident_or_404(request, public_id, CHANGE)
    form = forms.ReasonForm(request.POST or None)
    return _act(
        request, form, incident, _("Mở lại hồ sơ sự cố"),
        lambda version: actions.reopen_incident(
            act_of(request, form.cleaned_data["reason"]), incident=incident, version=version
        ),
    )  # fmt: skip


def incident_or_404(request: HttpRequest, public_id: str, permission: str) -> TechnicalIncident:
    """The incident, if it exists for this person."""
    found = queries.visible(actor_of(request), permission).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, permission: str, *, initial: dict[str, Any]) -> forms.IncidentForm:
    actor = actor_of(request)
    return forms.IncidentForm(
        request.POST or None, actor=actor, today=_today(request), places=_reach(actor, permission),
        cases=queries.case_by_number, initial=initial,
    )  # fmt: skip


def _reach(actor: Actor, permission: str) -> frozenset[int] | None:
    """Places in which the person records; None for everywhere."""
    reach: frozenset[int] = frozenset()
    for scope in actor.scopes(permission):
        if scope.everything or scope.dimension != "place":
            return None
        reach |= scope.ids
    return reach


def _act(request: HttpRequest, form: Any, incident: TechnicalIncident, title: str, run: Any) -> HttpResponse:
    """Run one action with the version the page was drawn from."""
    version = request.POST.get("version") or str(incident.version)
    return act_by_form(
        request, form, lambda: run(int(version) if version.isdecimal() else 0), title=title, back=_url(incident),
        template=TEMPLATE, version=version, incident=incident,
    )  # fmt: skip


def _url(incident: TechnicalIncident) -> str:
    return reverse("incidents:incident", args=[incident.public_id])


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]
