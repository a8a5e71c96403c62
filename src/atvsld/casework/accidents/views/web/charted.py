"""Cases on the map: circles whose area is the number of cases, the same figures in a table beside."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.filters import CaseFilter
from atvsld.casework.accidents.policy import READ
from atvsld.casework.accidents.queries import visible_cases
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page
from atvsld.registers.places import charting, tallies, tree
from atvsld.registers.places.models import Place

# What narrows the cases of the map; the same parameters as of the list.
NARROWING = ("period", "severity", "conclusion", "cause", "agent")


class CaseMap(Page):
    """Counts of the filtered cases by the communes of today."""

    permission = READ
    template_name = "accident_views/map.html"
    title = _("Bản đồ vụ tai nạn")
    pretitle = _("Tai nạn lao động")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        asked = {name: self.request.GET[name] for name in NARROWING if self.request.GET.get(name)}
        narrowed = CaseFilter(asked, queryset=visible_cases(self.actor), request=self.request)
        form = narrowed.form
        for name in [name for name in form.fields if name not in NARROWING]:
            del form.fields[name]
        counted = dict(narrowed.qs.order_by().values_list("place_id").annotate(count=Count("pk")))
        places = tree.current()
        counts = tallies.by_unit(places, counted, day)
        sheets, legend = charting.circles(places, counts, charting.points(places, day, _points()))
        spots = sorted(
            (spot for sheet in sheets for spot in sheet.spots), key=lambda spot: (-spot.count, spot.node.code)
        )
        query = urlencode(asked)
        whole = sum(counted.values())
        return super().get_context_data(
            form=form,
            sheets=[
                {"sheet": sheet, "spots": [(spot, _url(spot, query)) for spot in sheet.spots], "names": sheet.names(),
                 "alone": sheet.spots[0].node.name if number and sheet.spots else ""}
                for number, sheet in enumerate(sheets)
            ],
            legend=legend,
            rows=[(spot, _url(spot, query)) for spot in spots if spot.count],
            whole=whole,
            elsewhere=whole - sum(spot.count for spot in spots),
            none=sum(not spot.count for spot in spots),
            **kwargs,
        )  # fmt: skip


def _url(spot: charting.Spot, query: str) -> str:
    return f"{reverse('accidents:list')}?place={spot.node.code}{'&' + query if query else ''}"


def _points() -> dict[int, charting.Point]:
    rows = Place.objects.filter(latitude__isnull=False, longitude__isnull=False)
    return {pk: (float(x), float(y)) for pk, x, y in rows.values_list("pk", "longitude", "latitude")}  # type: ignore[arg-type]
