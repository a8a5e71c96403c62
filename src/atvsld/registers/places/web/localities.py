"""The villages and streets of each part of a divided unit, stated by page."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.platform.ui.pages import act_by_form, act_of, requires
from atvsld.registers.places.actions.localities import state_localities
from atvsld.registers.places.models import Place
from atvsld.registers.places.policy import REORGANISE


class LocalitiesForm(forms.Form):
    """One box for each part; `seen` is what stood there when the page was drawn."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, place: Place) -> None:
        edges = list(place.successions.select_related("successor").order_by("-share", "pk"))
        initial = {f"edge-{edge.pk}": edge.localities for edge in edges}
        initial["seen"] = json.dumps({edge.pk: edge.localities for edge in edges})
        super().__init__(data, initial=initial)
        for edge in edges:
            self.fields[f"edge-{edge.pk}"] = forms.CharField(
                label=edge.successor.name,
                required=False,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=gettext_lazy("Mỗi dòng một thôn, tổ dân phố hoặc đường thuộc phần này."),
            )

    def clean_seen(self) -> dict[int, str]:
        try:
            held = json.loads(self.cleaned_data["seen"])
            return {int(pk): str(text) for pk, text in held.items()}
        except (ValueError, AttributeError) as error:
            raise forms.ValidationError(_("Trang đã cũ; mở lại trang rồi ghi.")) from error

    def stated(self) -> dict[int, str]:
        return {
            int(name.removeprefix("edge-")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("edge-")
        }


@requires(REORGANISE)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Only for a unit that went to several."""
    place = get_object_or_404(Place, public_id=public_id)
    if place.successions.count() < 2:
        raise Http404
    form = LocalitiesForm(request.POST or None, place=place)
    return act_by_form(
        request,
        form,
        lambda: state_localities(act_of(request), place=place, stated=form.stated(), seen=form.cleaned_data["seen"]),
        title=_("Thôn, đường của từng phần: %(unit)s") % {"unit": place.name},
        back=reverse("places:place", args=[place.public_id]),
        pretitle=_("Địa bàn"),
    )
