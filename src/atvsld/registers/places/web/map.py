"""The map of a day, and the province's own boundary file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.kit.text import format_date
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.ui.pages import Page, PageAction, act_of, apply_problems, requires, say
from atvsld.registers.places import boundaries, charting, tallies, tree
from atvsld.registers.places.listing import read_day
from atvsld.registers.places.models import Place
from atvsld.registers.places.policy import READ, REORGANISE
from atvsld.registers.places.web.pages import STATES


class MapPage(Page):
    """Counts by commune: circles at their points, or shaded outlines when the province loaded its boundaries."""

    permission = READ
    template_name = "places/map.html"
    title = gettext_lazy("Bản đồ")
    pretitle = gettext_lazy("Địa bàn")

    def actions(self) -> list[PageAction]:
        if not self.actor.may(REORGANISE):
            return []
        return [PageAction(_("Nạp tệp ranh giới"), reverse("places:boundaries"), "upload")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        places, held = tree.current(), boundaries.current()
        day = read_day(self.request.GET.get("day")) or today
        found = tallies.first(self.actor)
        counts = tallies.by_unit(places, found[1], day) if found else {}
        outlined = held is not None and _same_units(places, held.on, day)
        if held is not None and outlined:
            sheets, legend = charting.shaded(places, counts, held)
        else:
            sheets, legend = charting.circles(places, counts, charting.points(places, day, _points()))
        spots = [spot for sheet in sheets for spot in sheet.spots]
        units = Place.objects.in_bulk([spot.node.pk for spot in spots])
        whole = tallies.total(places, found[1], day) if found else 0
        return super().get_context_data(
            day=day,
            states=[(state, format_date(state)) for state in STATES] + [(today, _("Hôm nay"))],
            tally=found[0] if found else None,
            sheets=[
                {
                    "sheet": sheet,
                    "spots": [(spot, units[spot.node.pk].public_id) for spot in sheet.spots],
                    "names": sheet.names(),
                    "alone": sheet.spots[0].node.name if number and sheet.spots else "",
                }
                for number, sheet in enumerate(sheets)
            ],
            legend=legend,
            rows=[
                (spot, units[spot.node.pk], found[0].url(spot.node) if found and spot.count else "")
                for spot in sorted(spots, key=lambda spot: (-spot.count, spot.node.code))
            ],
            borrowed=any(spot.borrowed for spot in spots),
            whole=whole,
            elsewhere=whole - sum(spot.count for spot in spots),
            outlined=outlined,
            unmatched=held is not None and not outlined,
            **kwargs,
        )


class BoundaryForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp GeoJSON"),
        help_text=gettext_lazy(
            "FeatureCollection, kinh độ và vĩ độ WGS 84; mỗi vùng có thuộc tính code (hoặc ma_xa) là mã đơn vị cấp xã."
        ),
    )
    on = forms.DateField(
        label=gettext_lazy("Ranh giới của ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Một ngày mà các đơn vị trong tệp đang tồn tại."),
    )


@requires(REORGANISE)
def load_boundaries(request: HttpRequest) -> HttpResponse:
    """The province's own outlines: checked, kept, and from then on drawn on the map."""
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = BoundaryForm(request.POST or None, request.FILES or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            done = boundaries.load(
                act_of(request), content=form.cleaned_data["file"].read(), on=form.cleaned_data["on"]
            )
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(
                request,
                _("Đã nạp %(count)s vùng; %(missing)s đơn vị chưa có ranh giới.")
                % {"count": done["outlines"], "missing": len(done["missing"])},
            )
            return redirect("places:map")
    context = {
        "form": form,
        "title": _("Nạp tệp ranh giới"),
        "pretitle": _("Địa bàn"),
        "cancel_url": reverse("places:map"),
        "multipart": True,
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


def _points() -> dict[int, charting.Point]:
    rows = Place.objects.filter(latitude__isnull=False, longitude__isnull=False)
    return {pk: (float(x), float(y)) for pk, x, y in rows.values_list("pk", "longitude", "latitude")}  # type: ignore[arg-type]


def _same_units(places: tree.PlaceTree, one: date, other: date) -> bool:
    """Whether the communes of two days are the same, so that outlines of one fit the other."""
    return all(
        node.exists_on(one) == node.exists_on(other) for node in places.nodes.values() if node.level == "commune"
    )
