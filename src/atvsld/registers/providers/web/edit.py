"""Changing the register of service providers by page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.providers.actions import qualifications as acts
from atvsld.registers.providers.actions.register import change_provider, register_provider
from atvsld.registers.providers.models import ProviderPerson, ProviderQualification, ProviderSuspension, ServiceProvider
from atvsld.registers.providers.policy import CHANGE, PROVIDERS
from atvsld.registers.providers.web import forms


@requires(CHANGE)
def register(request: HttpRequest) -> HttpResponse:
    """A new provider."""
    form = forms.ProviderForm(request.POST or None, today=_today(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_provider(act_of(request), draft=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã thêm %(name)s.") % {"name": made.name})
            return redirect("providers:provider", made.public_id)
    return form_page(request, form, title=_("Thêm tổ chức dịch vụ"), back=reverse("providers:list"))


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The facts of a provider anew."""
    record = _changeable(request, public_id)
    initial = {name: getattr(record, name) for name in forms.ProviderForm.base_fields if hasattr(record, name)}
    initial |= {"place": record.place_id}
    form = forms.ProviderForm(request.POST or None, today=_today(request), initial=initial)
    return _act(
        request,
        form,
        record,
        _("Sửa: %(name)s") % {"name": record.name},
        lambda: change_provider(
            act_of(request), provider=record, version=form.cleaned_data["version"] or 0, draft=form.draft()
        ),
    )


@requires(CHANGE)
def add_qualification(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper of a provider."""
    record = _changeable(request, public_id)
    form = forms.QualificationForm(request.POST or None)
    title = _("Ghi giấy tờ hoạt động: %(name)s") % {"name": record.name}
    return _act(
        request,
        form,
        record,
        title,
        lambda: acts.add_qualification(act_of(request), provider=record, draft=form.draft()),
    )


@requires(CHANGE)
def withdraw(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """A paper withdrawn."""
    record = _changeable(request, public_id)
    held = get_object_or_404(ProviderQualification, provider=record, public_id=key)
    form = forms.WithdrawalForm(request.POST or None)
    return _act(
        request,
        form,
        record,
        _("Thu hồi: %(paper)s") % {"paper": str(held)},
        lambda: acts.withdraw_qualification(act_of(request), qualification=held, on=form.cleaned_data["withdrawn_on"]),
    )


@requires(CHANGE)
def suspend(request: HttpRequest, public_id: str) -> HttpResponse:
    """A suspension decided by an authority."""
    record = _changeable(request, public_id)
    form = forms.SuspensionForm(request.POST or None)
    title = _("Ghi đình chỉ: %(name)s") % {"name": record.name}
    return _act(
        request, form, record, title, lambda: acts.suspend(act_of(request), provider=record, **form.cleaned_data)
    )


@requires(CHANGE)
def end_suspension(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The end of a suspension."""
    record = _changeable(request, public_id)
    held = get_object_or_404(ProviderSuspension, provider=record, public_id=key)
    form = forms.SuspensionEndForm(request.POST or None)
    return _act(
        request,
        form,
        record,
        _("Kết thúc đình chỉ: %(decision)s") % {"decision": held.decision},
        lambda: acts.end_suspension(act_of(request), suspension=held, **form.cleaned_data),
    )


@requires(CHANGE)
def add_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody who does professional work."""
    record = _changeable(request, public_id)
    form = forms.PersonForm(request.POST or None)
    title = _("Thêm người làm chuyên môn: %(name)s") % {"name": record.name}
    return _act(
        request, form, record, title, lambda: acts.add_person(act_of(request), provider=record, **form.cleaned_data)
    )


@requires(CHANGE)
def end_person(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Somebody left."""
    record = _changeable(request, public_id)
    held = get_object_or_404(ProviderPerson, provider=record, public_id=key)
    form = forms.PersonEndForm(request.POST or None)
    return _act(
        request,
        form,
        record,
        _("Thôi việc: %(name)s") % {"name": held.name},
        lambda: acts.end_person(act_of(request), person=held, **form.cleaned_data),
    )


def _changeable(request: HttpRequest, public_id: str) -> ServiceProvider:
    """The provider if the asker may change it; 404 as if it were not there otherwise."""
    found = PROVIDERS.restrict(ServiceProvider.objects.all(), actor_of(request), CHANGE)
    return get_object_or_404(found, public_id=public_id)


def _act(
    request: HttpRequest, form: BaseForm, record: ServiceProvider, title: str, act: Callable[[], Any]
) -> HttpResponse:
    back = reverse("providers:provider", args=[record.public_id])
    return act_by_form(request, form, act, title=title, back=back)


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]
