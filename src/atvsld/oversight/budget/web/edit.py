"""Lines by page: made, changed, put forward, given back, taken out."""

from __future__ import annotations

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.oversight.budget import actions, facade, queries
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.policy import ALLOCATE, CHANGE, LINES, OWN, READ
from atvsld.oversight.budget.web import fetching, forms
from atvsld.oversight.workplans.facade import Task, visible_tasks
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires
from atvsld.registers.bodies.models import Body


@requires(CHANGE)
def add(request: HttpRequest, task: str) -> HttpResponse:
    """A new line. The key made with the page makes sending twice harmless."""
    actor = actor_of(request)
    rows = visible_tasks(actor).select_related("plan", "body")
    found = rows.filter(public_id=task.replace("\x00", "")).first()
    if found is None or not facade.may_add(actor, found):
        raise Http404
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    payers = _payers(actor, found)
    year = min(max(fetching.year_of(request), found.starts_on.year), found.ends_on.year)
    form = forms.LineForm(
        request.POST or None, task=found, actor=actor, payers=payers, initial={"year": year, "source": "province"}
    )
    made: list[BudgetLine] = []

    def act() -> None:
        chosen = form.cleaned_data.get("body")
        body = next((one for one in payers if one.pk == chosen), payers[0] if payers else None)
        sent = key if is_ulid(key) else new_ulid()
        made.append(actions.add_line(act_of(request), key=sent, task=found, draft=form.draft(), body=body))

    return act_by_form(
        request, form, act, title=_("Dòng dự toán cho: %(task)s") % {"task": found.title},
        back=reverse("budget:overview"), then=lambda: fetching.url(made[0]), template=fetching.TEMPLATE, key=key,
    )  # fmt: skip


def _payers(actor: Actor, task: Task) -> list[Body]:
    """The bodies of the task for which the actor may write: its owner first, then those working along."""
    own = {pk for scope in actor.scopes(CHANGE) if scope.dimension == "body" for pk in scope.ids}
    every = any(scope.everything for scope in actor.scopes(CHANGE))
    found = [task.body] if task.body else []
    found += [support.body for support in task.supports.select_related("body") if support.body_id != task.body_id]
    return [body for body in found if every or body.pk in own]


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a line says, anew."""
    actor = actor_of(request)
    line = fetching.line_or_404(queries.own(actor, CHANGE), public_id)
    initial = forms.LineForm.stated_by(line)
    form = forms.LineForm(request.POST or None, task=line.task, actor=actor, initial=initial)
    return fetching.on_line(
        request, form, line, _("Sửa dòng dự toán"),
        lambda version: actions.change_line(act_of(request), line=line, version=version, draft=form.draft()),
    )  # fmt: skip


@requires(CHANGE)
def propose_all(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Put forward every line of one's own body that is still being made."""
    body = Body.objects.filter(code=code).first()
    rows = queries.standing(queries.own(actor_of(request), CHANGE)).filter(year=year, state=BudgetLine.State.DRAFT)
    lines = list(rows.filter(body=body)) if body else []
    if body is None or not queries.own(actor_of(request), CHANGE).filter(body=body).exists():
        raise Http404
    back = f"{reverse('budget:body', args=[code])}?nam={year}"
    return act_by_form(
        request, django_forms.Form({} if request.method == "POST" else None),
        lambda: actions.propose(act_of(request), lines=lines),
        title=_("Đề xuất %(count)s dòng dự toán năm %(year)s") % {"count": len(lines), "year": year}, back=back,
        template=fetching.TEMPLATE, lines=lines, submit_label=_("Đề xuất"),
    )  # fmt: skip


@requires(READ)
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to being made."""
    line = fetching.line_or_404(queries.visible(actor_of(request)), public_id)
    if not LINES.decide(actor_of(request), ALLOCATE, line):
        OWN.require(actor_of(request), CHANGE, line)
    form = forms.ReasonForm(request.POST or None)
    return fetching.on_line(
        request, form, line, _("Trả lại dự toán để sửa"),
        lambda version: actions.return_line(
            act_of(request, form.cleaned_data["reason"]), line=line, version=version
        ),
    )  # fmt: skip


@requires(CHANGE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Out of the estimate."""
    line = fetching.line_or_404(queries.own(actor_of(request), CHANGE), public_id)
    form = forms.ReasonForm(request.POST or None)
    return fetching.on_line(
        request, form, line, _("Bỏ dòng dự toán"),
        lambda version: actions.withdraw_line(
            act_of(request, form.cleaned_data["reason"]), line=line, version=version
        ),
    )  # fmt: skip
