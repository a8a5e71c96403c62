"""Pages of the procedure: opening a file, stating its instants, taking a step."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CREATE
from atvsld.casework.accidents.procedure import actions, facade, policy
from atvsld.casework.accidents.procedure.actions.effects import investigation_clock
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.procedure.web.forms import InstantsForm, StepForm
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.law import UnknownEntry, load_book
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires

TEMPLATE = "accident_procedure/step.html"


@requires(policy.ACT)
def step(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    """One step with the facts it needs. The key made with the page makes sending twice harmless."""
    case, file = _file_or_404(request, public_id)
    try:
        wanted = load_procedure().step(step_id)
    except UnknownEntry:
        raise Http404 from None
    code = policy.OVERRIDE if step_id == "override" else policy.ACT
    policy.require(actor_of(request), file, wanted, code)
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    view = next((held for held in facade.steps(actor_of(request), file, at=_now(request)) if held.id == step_id), None)
    form = StepForm(request.POST or None, step=wanted, most_days=_most_days(file), initial={"at": _now(request)})
    version = request.POST.get("version") or str(file.version)
    return act_by_form(
        request,
        form,
        lambda: actions.advance(
            act_of(request, form.cleaned_data["reason"]),
            case=case,
            step=step_id,
            at=form.cleaned_data["at"],
            key=key if is_ulid(key) else new_ulid(),
            version=int(version) if version.isdecimal() else 0,
            **form.facts(),
        ),
        title=wanted.label.vi,
        back=_back(case),
        template=TEMPLATE,
        number=case.number,
        view=view,
        stage=load_procedure().stages[file.stage].label.vi,
        key=key,
        version=version,
    )


@requires(CREATE)
def open_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the file of a case that was recorded without one."""
    case = _case_or_404(request, public_id, CREATE)
    form = InstantsForm(request.POST or None)
    return act_by_form(
        request,
        form,
        lambda: actions.open_file(act_of(request), case=case, **_told(form)),
        title=_("Mở trình tự giải quyết"),
        back=_back(case),
        template=TEMPLATE,
        number=case.number,
    )


@requires(policy.ACT)
def describe(request: HttpRequest, public_id: str) -> HttpResponse:
    """State or correct who learned of the accident when."""
    case, file = _file_or_404(request, public_id)
    policy.require(actor_of(request), file, load_procedure().step("declare"))
    form = InstantsForm(request.POST or None, initial=InstantsForm.stated_by(file))
    version = request.POST.get("version") or str(file.version)
    return act_by_form(
        request,
        form,
        lambda: actions.describe(
            act_of(request), case=case, version=int(version) if version.isdecimal() else 0, **form.cleaned_data
        ),
        title=_("Thời điểm nhận tin, loại vụ"),
        back=_back(case),
        template=TEMPLATE,
        number=case.number,
        version=version,
    )


def _told(form: InstantsForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    kind = {name: told.pop(name) for name in ("traffic", "abroad")}
    return {"instants": facade.Instants(**told), **kind}


def _case_or_404(request: HttpRequest, public_id: str, permission: str) -> AccidentCase:
    visible = queries.visible_cases(actor_of(request), permission).select_related("place", "establishment")
    found = visible.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def _file_or_404(request: HttpRequest, public_id: str) -> tuple[AccidentCase, CaseFile]:
    case = _case_or_404(request, public_id, policy.ACT)
    file = facade.file_of(case)
    if file is None:
        raise Http404
    file.case = case
    return case, file


def _most_days(file: CaseFile) -> int | None:
    running = investigation_clock(file)
    if running is None:
        return None
    return load_book().deadline(running.rule, on=clock.local_day(running.since)).extension


def _back(case: AccidentCase) -> str:
    return reverse("accidents:case", args=[case.public_id]) + "#trinh-tu"


def _now(request: HttpRequest):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return request.now  # type: ignore[attr-defined]
