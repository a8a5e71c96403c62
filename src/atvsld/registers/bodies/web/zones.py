"""Zones by page: all of them with who manages each, and recording who manages one from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.kit.certainty import Certainty
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pages import Page, PageAction, act_by_form, act_of, requires
from atvsld.registers.bodies.actions.zones import manage_zone
from atvsld.registers.bodies.models import Body, Zone
from atvsld.registers.bodies.policy import CHANGE, READ
from atvsld.registers.bodies.queries import in_force


class ZoneList(Page):
    """Every zone, its kind and place, and its authorities in the order of time."""

    permission = READ
    template_name = "bodies/zones.html"
    title = _("Khu kinh tế, khu công nghiệp")
    pretitle = _("Cơ quan, tổ chức")

    def actions(self) -> list[PageAction]:
        if not self.actor.may(CHANGE):
            return []
        return [PageAction(_("Ghi khu, cơ quan quản lý khu"), reverse("bodies:manage_zone"), "plus", primary=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        zones = Zone.objects.select_related("place").prefetch_related("authorities__body")
        rows = [(zone, sorted(zone.authorities.all(), key=lambda row: row.valid_from)) for zone in zones]
        return super().get_context_data(rows=rows, **kwargs)


class ZoneForm(forms.Form):
    """A zone and who manages it from when. Field names are those of the act's problems."""

    name = forms.CharField(
        label=_("Tên khu"),
        max_length=200,
        help_text=_("Theo quyết định thành lập. Khu đã có thì ghi đúng tên cũ."),
    )
    kind = forms.ChoiceField(label=_("Loại khu"), choices=Zone.Kind.choices, initial=Zone.Kind.INDUSTRIAL)
    body = forms.ModelChoiceField(label=_("Cơ quan quản lý"), queryset=Body.objects.none())
    since = DayField(label=_("Từ ngày"))
    legal_basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=250)
    certainty = forms.ChoiceField(
        label=_("Mức xác nhận"), choices=[(mark.value, mark.label_vi) for mark in Certainty.of_law()]
    )

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = in_force(day, "functions__")
        bodies = Body.objects.filter(held, functions__function="zone_authority").distinct().order_by("name")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


@requires(CHANGE)
def manage(request: HttpRequest) -> HttpResponse:
    """Record a zone, or that another body manages it from a day on."""
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = ZoneForm(request.POST or None, day=today, initial={"name": request.GET.get("khu", ""), "since": today})

    def act() -> None:
        said = form.cleaned_data
        manage_zone(act_of(request), **{**said, "certainty": Certainty(said["certainty"])})

    return act_by_form(request, form, act, title=_("Ghi khu, cơ quan quản lý khu"), back=reverse("bodies:zones"))
