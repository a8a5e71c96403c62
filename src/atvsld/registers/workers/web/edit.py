"""Changing the register of workers by page, and reading an identity number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.workers import queries
from atvsld.registers.workers.actions import employment as employments
from atvsld.registers.workers.actions import groups as memberships
from atvsld.registers.workers.actions.register import change_worker, read_identity, register_worker
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker
from atvsld.registers.workers.policy import CHANGE, READ_IDENTITY
from atvsld.registers.workers.web import forms
from atvsld.registers.workers.web.pages import visible_or_404


@requires(CHANGE)
def register(request: HttpRequest) -> HttpResponse:
    """A new person with the present work."""
    form = forms.RegistrationForm(request.POST or None, actor=actor_of(request), today=_today(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_worker(act_of(request), draft=form.draft(), employment=form.work())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã thêm %(name)s.") % {"name": made.name})
            return redirect("workers:worker", made.public_id)
    return form_page(request, form, title=_("Thêm người lao động"), back=reverse("workers:list"))


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The facts of a person anew."""
    record = visible_or_404(request, public_id, CHANGE)
    shown = ("name", "birth_date", "sex", "identity_kind", "version")
    form = forms.ChangeForm(request.POST or None, initial={name: getattr(record, name) for name in shown})
    return _act(
        request,
        form,
        record,
        _("Sửa: %(name)s") % {"name": record.name},
        lambda: change_worker(
            act_of(request), worker=record, version=form.cleaned_data["version"] or 0, draft=form.draft()
        ),
    )


@requires(CHANGE)
def start_employment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another place of work."""
    record = visible_or_404(request, public_id, CHANGE)
    form = forms.WorkFields(request.POST or None, actor=actor_of(request), today=_today(request))
    title = _("Ghi nơi làm việc: %(name)s") % {"name": record.name}
    return _act(
        request,
        form,
        record,
        title,
        lambda: employments.start_employment(act_of(request), worker=record, draft=form.work()),
    )


@requires(CHANGE)
def end_employment(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The end of an employment."""
    record = visible_or_404(request, public_id, CHANGE)
    held = get_object_or_404(Employment, worker=record, public_id=key)
    form = forms.EndForm(request.POST or None)
    return _act(
        request,
        form,
        record,
        _("Ghi thôi việc: %(name)s") % {"name": record.name},
        lambda: employments.end_employment(act_of(request), employment=held, **form.cleaned_data),
    )


@requires(CHANGE)
def state_group(request: HttpRequest, public_id: str) -> HttpResponse:
    """Belonging to a protected group."""
    record = visible_or_404(request, public_id, CHANGE)
    form = forms.GroupForm(request.POST or None)
    title = _("Ghi nhóm đặc thù: %(name)s") % {"name": record.name}
    return _act(
        request,
        form,
        record,
        title,
        lambda: memberships.state_group(act_of(request), worker=record, **form.cleaned_data),
    )


@requires(CHANGE)
def end_group(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The last day in a protected group."""
    record = visible_or_404(request, public_id, CHANGE)
    held = get_object_or_404(ProtectedGroup, worker=record, public_id=key)
    form = forms.GroupEndForm(request.POST or None)
    return _act(
        request,
        form,
        record,
        _("Kết thúc: %(group)s") % {"group": str(held)},
        lambda: memberships.end_group(act_of(request), membership=held, **form.cleaned_data),
    )


@never_cache
@requires(READ_IDENTITY)
def identity(request: HttpRequest, public_id: str) -> HttpResponse:
    """The identity number, once the purpose is stated; the reading is recorded."""
    record = visible_or_404(request, public_id, READ_IDENTITY)
    form = forms.PurposeForm(request.POST or None)
    number, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                number, status = read_identity(act_of(request, form.cleaned_data["purpose"]), worker=record), 200
            except Rejected as error:
                apply_problems(form, error)
    context = {
        "form": form,
        "worker": record,
        "number": number,
        "title": _("Số định danh: %(name)s") % {"name": record.name},
        "submit_label": _("Xem số"),
        "cancel_url": reverse("workers:worker", args=[public_id]),
    }
    return render(request, "workers/identity.html", context, status=status)


def _act(request: HttpRequest, form: BaseForm, record: Worker, title: str, act: Callable[[], Any]) -> HttpResponse:
    back = reverse("workers:worker", args=[record.public_id])

    def then() -> str:
        # Whoever moved a worker out of reach has no page to come back to.
        return back if queries.visible(actor_of(request)).filter(pk=record.pk).exists() else "workers:list"

    return act_by_form(request, form, act, title=title, back=back, then=then)


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]
