"""Writing by page: publications, dossiers received, steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.procedures import actions, queries
from atvsld.casework.procedures.actions.dossiers import NEXT
from atvsld.casework.procedures.listing import said
from atvsld.casework.procedures.models import Application, ApplicationStep
from atvsld.casework.procedures.policy import CHANGE, HANDLE, OWN, PUBLICATIONS
from atvsld.casework.procedures.rules import load_procedures
from atvsld.casework.procedures.web import forms
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.access.actor import Actor
from atvsld.platform.access.policy import Policy
from atvsld.platform.acts import clock
from atvsld.platform.ui.formats_text import moment
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force


def _bodies(actor: Actor, permission: str, *, own: bool) -> list[Body]:
    """Bodies standing today for which the actor may write; by own body alone, or by place as well."""
    policy = Policy({"body": "pk"} if own else {"body": "pk", "place": "place_id"})
    found = policy.restrict(Body.objects.all(), actor, permission)
    return list(found.order_by("name"))


@requires(CHANGE)
def publish(request: HttpRequest, procedure: str) -> HttpResponse:
    """A procedure made public."""
    known = load_procedures().by_id.get(procedure)
    if known is None or not known.local:
        raise Http404
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    named = Body.objects.filter(in_force(today), in_force(today, "functions__"), functions__function=known.decides)
    bodies = [body for body in _bodies(actor_of(request), CHANGE, own=False) if body in set(named)]
    form = forms.PublishForm(request.POST or None, bodies=bodies, initial={"published_on": today})
    return act_by_form(
        request,
        form,
        lambda: actions.publish(act_of(request), procedure=procedure, body=form.chosen, stated=form.stated()),
        title=_("Công bố thủ tục: %(label)s") % {"label": said(known.label)},
        back=reverse("procedures:procedure", args=[procedure]),
    )


@requires(CHANGE)
def end(request: HttpRequest, procedure: str, public_id: str) -> HttpResponse:
    """A publication ended."""
    found = PUBLICATIONS.restrict(queries.publications(clock.local_day(request.now)), actor_of(request), CHANGE)  # type: ignore[attr-defined]
    held = get_object_or_404(found, procedure=procedure, public_id=public_id)
    form = forms.EndForm(request.POST or None, initial={"version": held.version})
    return act_by_form(
        request,
        form,
        lambda: actions.end_publication(
            act_of(request), publication=held, version=form.cleaned_data["version"],
            ended_on=form.cleaned_data["ended_on"],
        ),
        title=_("Thôi công bố theo %(decision)s") % {"decision": held.decision},
        back=reverse("procedures:procedure", args=[procedure]),
    )  # fmt: skip


@requires(HANDLE)
def receive(request: HttpRequest) -> HttpResponse:
    """A dossier received. The key made with the page makes sending twice harmless."""
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    actor = actor_of(request)
    bodies = [body for body in _bodies(actor, HANDLE, own=True) if body.valid_to is None or body.valid_to >= today]
    initial = {"procedure": request.GET.get("thu_tuc", ""), "at": moment(request.now)}  # type: ignore[attr-defined]
    form = forms.ReceiveForm(request.POST or None, actor=actor, bodies=bodies, initial=initial)
    made: list[Application] = []
    return act_by_form(
        request,
        form,
        lambda: made.append(
            actions.receive(
                act_of(request), key=key if is_ulid(key) else new_ulid(), body=form.chosen, stated=form.stated()
            )
        ),
        title=_("Ghi hồ sơ nhận được"),
        back=reverse("procedures:applications"),
        then=lambda: reverse("procedures:application", args=[made[0].public_id]),
        template="procedures/form.html",
        key=key,
    )


@requires(HANDLE)
def step(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """A step of a dossier."""
    held = OWN.restrict(Application.objects.select_related("body"), actor_of(request), HANDLE)
    record = get_object_or_404(held, public_id=public_id)
    if kind not in ApplicationStep.Kind.values or kind not in {name for after in NEXT.values() for name in after}:
        raise Http404
    initial = {"version": record.version, "at": moment(request.now)}  # type: ignore[attr-defined]
    form = forms.StepForm(request.POST or None, initial=initial)
    return act_by_form(
        request,
        form,
        lambda: actions.take_step(
            act_of(request), application=record, version=form.cleaned_data["version"], kind=kind,
            at=form.cleaned_data["at"], text=form.cleaned_data["text"], paper=form.cleaned_data["paper"],
        ),
        title=_("Hồ sơ %(code)s: %(step)s") % {
            "code": record.grouped, "step": str(ApplicationStep.Kind(kind).label).lower(),
        },
        back=reverse("procedures:application", args=[record.public_id]),
    )  # fmt: skip
