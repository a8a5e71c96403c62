"""Registering and changing an establishment by page."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, requires, say
from atvsld.registers.establishments import tax_codes
from atvsld.registers.establishments.actions.industry import state_industry
from atvsld.registers.establishments.actions.register import change_establishment, register_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.policy import CHANGE
from atvsld.registers.establishments.web.forms import EstablishmentForm, IndustryForm, WorkforceForm
from atvsld.registers.establishments.web.pages import visible_or_404


@requires(CHANGE)
def register(request: HttpRequest) -> HttpResponse:
    """A new establishment."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_establishment(act_of(request), draft=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã thêm cơ sở %(name)s.") % {"name": made.name})
            return redirect("establishments:establishment", made.public_id)
    return page(request, form, title=_("Thêm cơ sở"), back="/co-so/")


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The facts of an establishment anew."""
    record = visible_or_404(request, public_id, CHANGE)
    form = _form(request, record)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change_establishment(act_of(request), establishment=record, version=version, draft=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi thay đổi."))
            return redirect("establishments:establishment", public_id)
    return page(request, form, title=_("Sửa: %(name)s") % {"name": record.name}, back=f"/co-so/{public_id}/")


@requires(CHANGE)
def industry(request: HttpRequest, public_id: str) -> HttpResponse:
    """The activity in a further version of the classification."""
    record = visible_or_404(request, public_id, CHANGE)
    form = IndustryForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        try:
            state_industry(act_of(request), establishment=record, **form.cleaned_data)
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi mã ngành."))
            return redirect("establishments:establishment", public_id)
    title = _("Mã ngành ở phiên bản khác: %(name)s") % {"name": record.name}
    return page(request, form, title=title, back=f"/co-so/{public_id}/")


@requires(CHANGE)
def workforce(request: HttpRequest, public_id: str) -> HttpResponse:
    """The people employed in one year."""
    record = visible_or_404(request, public_id, CHANGE)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = WorkforceForm(request.POST or None, initial=_stated_before(request, record, today.year - 1))
    if request.method == "POST" and form.is_valid():
        try:
            set_workforce(act_of(request), establishment=record, **form.stated())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi số lao động năm %(year)s.") % {"year": form.cleaned_data["year"]})
            return redirect("establishments:establishment", public_id)
    title = _("Lao động theo năm: %(name)s") % {"name": record.name}
    return page(request, form, title=title, back=f"/co-so/{public_id}/")


def _stated_before(request: HttpRequest, record: Establishment, year: int) -> dict[str, Any]:
    """What is stored of the year asked for (`?nam=`), so that restating does not lose a part."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() else year
    held = record.workforce.filter(year=year).values().first()
    return {**(held or {}), "year": year}


def _form(request: HttpRequest, record: Establishment | None = None) -> EstablishmentForm:
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    initial: dict[str, Any] = {}
    if record is not None:
        initial = {name: getattr(record, name) for name in EstablishmentForm.base_fields if hasattr(record, name)}
        initial |= {"place": record.place_id, "headquarters_place": record.headquarters_place_id}
        initial["tax_code"] = tax_codes.display(record.tax_code)
    return EstablishmentForm(request.POST or None, initial=initial, actor=actor_of(request), today=today, record=record)


def page(request: HttpRequest, form: BaseForm, *, title: str, back: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "ui/form.html", {"form": form, "title": title, "cancel_url": back}, status=status)
