"""The list of administrative units of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_number, sort_key
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn
from atvsld.registers.places import tree
from atvsld.registers.places.labels import KINDS
from atvsld.registers.places.models import Place
from atvsld.registers.places.tallies import Tally


def on_day(day: date) -> Q:
    """Units that exist on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class PlaceFilter(django_filters.FilterSet):
    """By day (today when not said), level, kind and the unit above."""

    day = django_filters.DateFilter(
        label=_("Vào ngày"), method="keep", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    level = django_filters.ChoiceFilter(label=_("Cấp"), choices=Place.Level.choices, empty_label=_("Tất cả"))
    kind = django_filters.ChoiceFilter(label=_("Loại"), choices=list(KINDS.items()), empty_label=_("Tất cả"))
    within = django_filters.ChoiceFilter(label=_("Thuộc"), method="by_parent", empty_label=_("Tất cả"))

    class Meta:
        model = Place
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, request: Any, **kwargs: Any) -> None:
        # The field shows the day the list stands for, chosen or not.
        data = QueryDict(mutable=True) if data is None else data.copy()
        self.chosen = read_day(data.get("day")) or clock.local_day(request.now)
        data["day"] = self.chosen.isoformat()
        super().__init__(data, *args, request=request, **kwargs)
        graph = tree.current()
        above = {
            up.code: up
            for node in graph.nodes.values()
            if node.exists_on(self.chosen)
            for up in graph.ancestors(node.pk, self.chosen)
        }
        ordered = sorted(above.values(), key=lambda node: (node.level != "province", sort_key(node.name)))
        self.form.fields["within"].choices = [
            ("", _("Tất cả")),
            *((up.code, f"{up.name} ({up.code})") for up in ordered),
        ]

    @property
    def qs(self) -> QuerySet[Place]:
        found: QuerySet[Place] = super().qs
        return found.filter(on_day(self.chosen))

    def keep(self, queryset: QuerySet[Place], name: str, value: date) -> QuerySet[Place]:  # noqa: ARG002
        """The day is applied to every answer, chosen or not."""
        return queryset

    def by_parent(self, queryset: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:  # noqa: ARG002
        graph = tree.current()
        top = graph.at(value, self.chosen)
        if top is None:
            return queryset.none()
        below = [
            node.pk
            for node in graph.nodes.values()
            if node.exists_on(self.chosen) and any(up.pk == top.pk for up in graph.ancestors(node.pk, self.chosen))
        ]
        return queryset.filter(pk__in=below)


class PlaceTable(ListTable):
    """One unit a row; `day` says by which boundaries the unit above is named."""

    name = RecordColumn("places:place", verbose_name=_("Tên"))
    code = tables.Column(verbose_name=_("Mã"))
    level = tables.Column(verbose_name=_("Cấp"))
    kind = tables.Column(verbose_name=_("Loại"))
    parent = tables.Column(accessor="pk", verbose_name=_("Thuộc"), orderable=False)
    records = NumberColumn(accessor="pk", verbose_name=_("Số vụ tai nạn"), orderable=False)
    valid_from = DayColumn(verbose_name=_("Có từ"))
    valid_to = DayColumn(verbose_name=_("Đến hết"), default=_("nay"))
    legal_basis = tables.Column(verbose_name=_("Căn cứ"), default="")

    optional = ("level", "legal_basis")
    fixed = ("name",)
    day: date | None = None
    # The graph asked once for the whole table: each look at it asks the database whether it still holds.
    graph: tree.PlaceTree | None = None
    # What is counted by unit, and the counts on the ground of each unit of the day.
    tally: Tally | None = None
    counts: dict[int, int] = {}

    def render_records(self, value: int) -> Any:
        count = self.counts.get(value, 0)
        if self.tally is None or self.graph is None or not count:
            return format_number(count)
        return format_html('<a href="{}">{}</a>', self.tally.url(self.graph.nodes[value]), format_number(count))

    def value_records(self, value: int) -> int:
        return self.counts.get(value, 0)

    def render_kind(self, value: str) -> str:
        return str(KINDS.get(value, value))

    def render_parent(self, value: int) -> str:
        ups = self.graph.ancestors(value, self.day) if self.day and self.graph else ()
        return " · ".join(up.name for up in ups)

    def value_parent(self, value: int) -> str:
        return self.render_parent(value)

    def render_valid_from(self, value: date, record: Place) -> Any:
        return value.strftime("%d/%m/%Y") if record.valid_from_known else _("trước %(day)s") % {"day": "09/2024"}


def read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
