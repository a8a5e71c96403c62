"""By page: hazards of an establishment, its point and sites, people to turn to, and what happens in its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.kit.outcome import Severity
from atvsld.law import load_book
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.establishments import points, rules
from atvsld.registers.establishments.actions import hazards, lifecycle, merging, sites
from atvsld.registers.establishments.models import Contact, Establishment, HazardFact, Site
from atvsld.registers.establishments.policy import CHANGE
from atvsld.registers.establishments.web import profile_forms as forms
from atvsld.registers.establishments.web.pages import visible_or_404
from atvsld.registers.places import tree


def _act(
    request: HttpRequest, record: Establishment, form: BaseForm, act: Callable[[], Any], *, title: str
) -> HttpResponse:
    back = reverse("establishments:establishment", args=[record.public_id])
    return act_by_form(request, form, act, title=title % {"name": record.name}, back=back)


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]


@requires(CHANGE)
def state_hazard(request: HttpRequest, public_id: str) -> HttpResponse:
    """A factor, machine or arduous work that is there from a day on."""
    record = visible_or_404(request, public_id, CHANGE)
    form = forms.HazardForm(request.POST or None, initial={"valid_from": _today(request)})
    return _act(
        request, record, form,
        lambda: hazards.state_hazard(act_of(request), establishment=record, draft=form.draft()),
        title=_("Ghi yếu tố rủi ro: %(name)s"),
    )  # fmt: skip


@requires(CHANGE)
def end_hazard(request: HttpRequest, public_id: str, hazard_id: str) -> HttpResponse:
    """It is there no longer."""
    record = visible_or_404(request, public_id, CHANGE)
    fact = get_object_or_404(HazardFact, establishment=record, public_id=hazard_id)
    form = forms.EndForm(request.POST or None, initial={"on": _today(request)})
    return _act(
        request, record, form,
        lambda: hazards.end_hazard(act_of(request), fact=fact, on=form.cleaned_data["on"]),
        title=_("Kết thúc yếu tố rủi ro: %(name)s"),
    )  # fmt: skip


@requires(CHANGE)
@require_POST
def withdraw_hazard(request: HttpRequest, public_id: str, hazard_id: str) -> HttpResponse:
    """It was written down by mistake."""
    record = visible_or_404(request, public_id, CHANGE)
    fact = HazardFact.objects.filter(establishment=record, public_id=hazard_id).first()
    if fact is not None:  # a second click finds it gone
        hazards.withdraw_hazard(act_of(request), fact=fact)
    say(request, _("Đã bỏ dòng ghi nhầm; nhật ký còn giữ."))
    return redirect("establishments:establishment", public_id)


@requires(CHANGE)
def locate(request: HttpRequest, public_id: str) -> HttpResponse:
    """The point and the zone."""
    record = visible_or_404(request, public_id, CHANGE)
    shown = ("latitude", "longitude", "zone_name", "version")
    initial = {name: getattr(record, name) for name in shown} | {"zone_authority": record.zone_authority_id}
    form = forms.LocationForm(request.POST or None, initial=initial)

    def act() -> None:
        done = sites.locate_establishment(act_of(request), establishment=record, **form.cleaned_data)
        _warn(request, rules.check_point(done.latitude, done.longitude, points.of_place(done.place_id)))

    return _act(request, record, form, act, title=_("Tọa độ và khu công nghiệp: %(name)s"))


@requires(CHANGE)
def state_site(request: HttpRequest, public_id: str, site_id: str = "") -> HttpResponse:
    """A further place of work, new or changed."""
    record = visible_or_404(request, public_id, CHANGE)
    site = get_object_or_404(Site, establishment=record, public_id=site_id) if site_id else None
    initial = {} if site is None else {name: getattr(site, name, None) for name in forms.SiteForm.base_fields}
    initial |= {"place": record.place_id if site is None else site.place_id}
    form = forms.SiteForm(request.POST or None, initial=initial, today=_today(request), held=initial["place"])

    def act() -> None:
        done = sites.state_site(act_of(request), establishment=record, values=form.values(), site=site)
        _warn(request, rules.check_point(done.latitude, done.longitude, points.of_place(done.place_id)))

    return _act(request, record, form, act, title=_("Địa điểm của %(name)s"))


@requires(CHANGE)
@require_POST
def withdraw_site(request: HttpRequest, public_id: str, site_id: str) -> HttpResponse:
    """It was written down by mistake."""
    record = visible_or_404(request, public_id, CHANGE)
    if (site := Site.objects.filter(establishment=record, public_id=site_id).first()) is not None:
        sites.withdraw_site(act_of(request), site=site)
    say(request, _("Đã bỏ dòng ghi nhầm; nhật ký còn giữ."))
    return redirect("establishments:establishment", public_id)


@requires(CHANGE)
def state_contact(request: HttpRequest, public_id: str, contact_id: str = "") -> HttpResponse:
    """A person to turn to, new or changed."""
    record = visible_or_404(request, public_id, CHANGE)
    held = get_object_or_404(Contact, establishment=record, public_id=contact_id) if contact_id else None
    initial = {} if held is None else {name: getattr(held, name) for name in forms.ContactForm.base_fields}
    form = forms.ContactForm(request.POST or None, initial=initial)
    return _act(
        request, record, form,
        lambda: sites.state_contact(act_of(request), establishment=record, values=form.cleaned_data, contact=held),
        title=_("Người liên hệ của %(name)s"),
    )  # fmt: skip


@requires(CHANGE)
@require_POST
def withdraw_contact(request: HttpRequest, public_id: str, contact_id: str) -> HttpResponse:
    """No longer to be turned to."""
    record = visible_or_404(request, public_id, CHANGE)
    if (held := Contact.objects.filter(establishment=record, public_id=contact_id).first()) is not None:
        sites.withdraw_contact(act_of(request), contact=held)
    say(request, _("Đã bỏ người liên hệ."))
    return redirect("establishments:establishment", public_id)


@requires(CHANGE)
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new name."""
    record = visible_or_404(request, public_id, CHANGE)
    form = forms.RenameForm(request.POST or None, initial={"name": record.name, "version": record.version})
    return _act(
        request, record, form,
        lambda: lifecycle.rename_establishment(act_of(request), establishment=record, **form.cleaned_data),
        title=_("Đổi tên: %(name)s"),
    )  # fmt: skip


@requires(CHANGE)
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """To another commune."""
    record = visible_or_404(request, public_id, CHANGE)
    initial = {"version": record.version, "with_headquarters": record.place_id == record.headquarters_place_id}
    form = forms.MoveForm(request.POST or None, initial=initial, actor=actor_of(request), today=_today(request))

    def act() -> None:
        said = dict(form.cleaned_data)
        lifecycle.move_establishment(act_of(request), establishment=record, place_id=said.pop("place"), **said)

    return _act(request, record, form, act, title=_("Chuyển địa bàn: %(name)s"))


@requires(CHANGE)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """No work from a day on; or work again for one that is closed."""
    record = visible_or_404(request, public_id, CHANGE)
    initial = {"closed_on": record.closed_on or _today(request), "version": record.version}
    form = forms.CloseForm(request.POST or None, initial=initial)
    return _act(
        request, record, form,
        lambda: lifecycle.close_establishment(
            act_of(request), establishment=record, version=form.cleaned_data["version"],
            on=form.cleaned_data["closed_on"],
        ),
        title=_("Ngừng hoạt động: %(name)s"),
    )  # fmt: skip


@requires(CHANGE)
@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Work goes on again."""
    record = visible_or_404(request, public_id, CHANGE)
    asked = request.POST.get("version", "")
    try:
        lifecycle.reopen_establishment(
            act_of(request), establishment=record, version=int(asked) if asked.isdigit() else 0
        )
    except Rejected as rejected:
        messages.warning(request, " ".join(problem.message for problem in rejected.problems))
    else:
        say(request, _("Đã ghi hoạt động trở lại."))
    return redirect("establishments:establishment", public_id)


@requires(CHANGE)
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    """New establishments out of one: said, looked at, then done."""
    record = visible_or_404(request, public_id, CHANGE)
    today = _today(request)
    initial = {"version": record.version}
    form = forms.SplitForm(request.POST or None, initial=initial, record=record, actor=actor_of(request), today=today)
    back = reverse("establishments:establishment", args=[public_id])
    title = _("Tách: %(name)s") % {"name": record.name}
    confirmed = request.POST.get("xac-nhan") == "1"
    if request.method == "POST" and form.is_valid():
        parts = list(form.parts())
        found = [problem for part in parts for problem in rules.check(load_book(), tree.current(), part, on=today)]
        blocking = [problem for problem in found if problem.severity is Severity.BLOCK]
        if blocking:
            apply_problems(form, Rejected(blocking))
        elif not confirmed:
            names = tree.current().nodes
            shown = {
                "form": form, "title": title, "record": record, "cancel_url": back,
                "parts": [(part, names[part.place_id].name) for part in parts],
                "close_on": form.cleaned_data["close_on"],
                "staying": sorted(merging.counts_behind([record]).get(record.pk, {}).items()),
            }  # fmt: skip
            return render(request, "establishments/split.html", shown)
        else:
            return act_by_form(
                request, form,
                lambda: lifecycle.split_establishment(
                    act_of(request), establishment=record, version=form.cleaned_data["version"], parts=parts,
                    close_on=form.cleaned_data["close_on"],
                ),
                title=title, back=back,
            )  # fmt: skip
    return form_page(request, form, title=title, back=back, submit_label=_("Xem trước"))


def _warn(request: HttpRequest, problems: list[Any]) -> None:
    for problem in problems:
        messages.warning(request, f"{problem.message} {problem.remedy}".strip())
