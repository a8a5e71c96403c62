"""Pages of the register of places."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_date
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.places import tallies, tree
from atvsld.registers.places.labels import KINDS
from atvsld.registers.places.listing import PlaceFilter, PlaceTable, read_day
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession
from atvsld.registers.places.policy import READ, REORGANISE
from atvsld.registers.places.queries import trace_unit
from atvsld.registers.related import related

# Days on which the list differs, offered as short cuts.
STATES = (date(2024, 9, 1), date(2025, 3, 1))


class PlaceList(ListPage):
    """Units of a chosen day."""

    permission = READ
    model = Place
    table_class = PlaceTable
    filter_class = PlaceFilter
    title = _("Địa bàn")
    order = ("code", "valid_from")
    export_name = "dia-ban"
    template_name = "places/list.html"
    empty_title = _("Không có đơn vị hành chính nào vào ngày này")

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Bản đồ"), reverse("places:map"), "map-pin")]
        if self.actor.may(REORGANISE):
            found.append(PageAction(_("Sắp xếp đơn vị"), reverse("places:reorganisations"), "settings"))
        return found

    @cached_property
    def tally(self) -> tuple[tallies.Tally, dict[int, int]] | None:
        return tallies.first(self.actor)

    def make_table(self, data: Any) -> Any:
        table = super().make_table(data)
        table.day, table.graph = self.filterset.chosen, tree.current()
        if self.tally is None:
            table.exclude = (*table.exclude, "records")
        else:
            table.tally, counts = self.tally
            table.counts = tallies.by_unit(table.graph, counts, table.day)
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = self.filterset.chosen
        graph = tree.current()
        tops = [node for node in graph.nodes.values() if node.exists_on(day) and graph.has_communes(node.pk)]
        count = Counter(node.level for node in graph.nodes.values() if node.exists_on(day))
        detailed = ", ".join(node.name for node in tops if node.level == Place.Level.PROVINCE)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        return super().get_context_data(
            day=day,
            counts=[(label, count[level]) for level, label in Place.Level.choices],
            detailed=detailed,
            states=self._states(graph, today),
            tally=self.tally and self.tally[0],
            **kwargs,
        )

    def _states(self, graph: tree.PlaceTree, today: date) -> list[dict[str, Any]]:
        """The structures that can be chosen, each with its numbers of units and the total of what is counted."""
        found = []
        for state in (*STATES, today):
            levels = Counter(
                node.level
                for node in graph.nodes.values()
                if node.exists_on(state) and node.level != Place.Level.PROVINCE
            )
            found.append(
                {
                    "day": state,
                    "label": _("Hôm nay") if state == today else format_date(state),
                    "grounds": _by_ground(graph, state),
                    "communes": levels[Place.Level.COMMUNE],
                    "districts": levels[Place.Level.DISTRICT],
                    "total": tallies.total(graph, self.tally[1], state) if self.tally else None,
                }
            )
        return found


def _by_ground(graph: tree.PlaceTree, day: date) -> list[tuple[str, int]]:
    """Communes of a day by the province of the first structure on whose ground they stand, with how many each has."""
    first = STATES[0]
    counts: Counter[str] = Counter()
    for node in graph.nodes.values():
        if node.level == Place.Level.COMMUNE and node.exists_on(day):
            then = graph.unit_on(node.pk, first)
            line = graph.ancestors(then.pk, first) if then else ()
            counts[line[-1].name if line else ""] += 1
    return [(name, count) for name, count in counts.most_common() if name] if len(counts) > 1 else []


class PlacePage(Page):
    """One unit: what it is, what it was, what it became, and what stands on its ground."""

    permission = READ
    template_name = "places/place.html"
    pretitle = _("Địa bàn")

    @cached_property
    def place(self) -> Place:
        return get_object_or_404(Place, public_id=self.kwargs["public_id"])

    @cached_property
    def day(self) -> date:
        """The day asked for in the tracing form; today without one."""
        return read_day(self.request.GET.get("day")) or clock.local_day(self.request.now)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, graph = self.place, tree.current()
        shown_on = _within_span(place, self.day)
        inside = graph.within(place.pk, shown_on)
        parents = PlaceParent.objects.filter(place=place).select_related("parent").order_by("valid_from")
        address = self.request.GET.get("address", "").strip()[:300]
        found = trace_unit(place.pk, self.day, self.day, address=address)
        landings = found.landings
        units = Place.objects.in_bulk([landing.node.pk for landing in landings] + [node.pk for node in inside])
        return super().get_context_data(
            title=place.name,
            place=place,
            facts=_facts(place),
            parents=parents,
            origins=[
                (edge.predecessor, edge)
                for edge in place.precessions.select_related("predecessor").order_by("predecessor__code")
            ],
            outcomes=[
                (edge.successor, edge)
                for edge in place.successions.select_related("successor").order_by("-share", "pk")
            ],
            day=self.day,
            address=address,
            decided=found.decided_by,
            divided=place.successions.count() > 1,
            may_reorganise=self.actor.may(REORGANISE),
            shown_on=shown_on,
            landings=[(units[landing.node.pk], landing) for landing in landings],
            inside=[units[node.pk] for node in inside],
            related=related("place", place, self.actor),
            history=timeline(
                place,
                [
                    (PlaceParent, {"place_id": place.pk}, _("Trực thuộc")),
                    (PlaceSuccession, {"predecessor_id": place.pk}, _("Kế thừa")),
                ],
            ),
            **kwargs,
        )


def _within_span(place: Place, day: date) -> date:
    """The day itself, or the nearest one on which the unit exists."""
    if day < place.valid_from:
        return place.valid_from
    return min(day, place.valid_to) if place.valid_to else day


def _facts(place: Place) -> list[tuple[str | Promise, Any]]:
    known = place.valid_from_known
    start = format_date(place.valid_from) if known else _("Trước bản danh mục đầu tiên (09/2024)")
    point = f"{place.latitude:.4f}; {place.longitude:.4f}" if place.latitude is not None else None
    return [
        (_("Mã"), place.code),
        (_("Cấp"), place.get_level_display()),
        (_("Loại"), KINDS.get(place.kind, place.kind)),
        (_("Có từ"), start),
        (_("Đến hết"), format_date(place.valid_to) if place.valid_to else _("nay")),
        (_("Căn cứ"), place.legal_basis or _("không ghi trong nguồn")),
        (_("Tọa độ điểm đại diện"), point or _("không có")),
    ]
