"""The list of establishments."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.registers.establishments import labels, queries, tax_codes
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places.labels import commune_choices
from atvsld.registers.places.models import Place

SIZES = [("1-9", _("Dưới 10 lao động")), ("10-49", _("10 – 49")), ("50-299", _("50 – 299")), ("300-", _("Từ 300"))]


class EstablishmentFilter(django_filters.FilterSet):
    """By place, industry division of a version, ownership group, size, state."""

    place = django_filters.ChoiceFilter(label=_("Địa bàn"), method="by_place", empty_label=_("Tất cả"))
    industry = django_filters.ChoiceFilter(
        label=_("Ngành"), method="by_industry", choices=labels.section_choices, empty_label=_("Tất cả")
    )
    ownership_type = django_filters.ChoiceFilter(label=_("Loại hình"), empty_label=_("Tất cả"), null_label=None)
    size = django_filters.ChoiceFilter(
        label=_("Số lao động (số liệu mới nhất)"), method="by_size", choices=SIZES, empty_label=_("Tất cả")
    )
    verification = django_filters.ChoiceFilter(
        label=_("Xác minh"), choices=Establishment.Verification.choices, empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(
        label=_("Hoạt động"),
        method="by_state",
        choices=[("open", _("Đang hoạt động")), ("closed", _("Đã ngừng"))],
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Establishment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.local_day(self.request.now)
        self.form.fields["ownership_type"].choices = [("", _("Tất cả")), *labels.ownership_choices(today)]
        self.form.fields["place"].choices = [("", _("Tất cả")), *self._places(today)]

    def _places(self, today: Any) -> list[tuple[str, str]]:
        keys = dict(
            Place.objects.filter(level=Place.Level.COMMUNE, valid_to__isnull=True).values_list("pk", "public_id")
        )
        found = [(keys[pk], label) for pk, label in commune_choices(today) if pk in keys]
        # A place of another day or level is chosen from its own page; it must stay readable in the form.
        asked = self.data.get("place") if self.data else None
        if asked and asked not in keys.values() and (place := Place.objects.filter(public_id=asked).first()):
            found.insert(0, (place.public_id, f"{place.name} ({place.code})"))
        return found

    def by_place(self, queryset: QuerySet[Establishment], name: str, value: str) -> QuerySet[Establishment]:  # noqa: ARG002
        place = Place.objects.filter(public_id=value).first()
        return queryset.none() if place is None else queries.within(queryset, place.pk)

    def by_industry(self, queryset: QuerySet[Establishment], name: str, value: str) -> QuerySet[Establishment]:  # noqa: ARG002
        version, _slash, code = value.partition("/")
        return queryset.filter(industry_version=version, industry_code__startswith=code)

    def by_size(self, queryset: QuerySet[Establishment], name: str, value: str) -> QuerySet[Establishment]:  # noqa: ARG002
        least, _dash, most = value.partition("-")
        found = Q(workers__gte=int(least))
        return queryset.filter(found & Q(workers__lte=int(most)) if most else found)

    def by_state(self, queryset: QuerySet[Establishment], name: str, value: str) -> QuerySet[Establishment]:  # noqa: ARG002
        today = clock.local_day(self.request.now)
        is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
        return queryset.filter(is_open if value == "open" else ~is_open)


class EstablishmentTable(ListTable):
    """One establishment a row; workers are those of the latest year stated."""

    name = RecordColumn("establishments:establishment", verbose_name=_("Tên cơ sở"), order_by="name_folded")
    tax_code = tables.Column(verbose_name=_("Mã số thuế"))
    place = tables.Column(accessor="place__name", verbose_name=_("Nơi hoạt động"))
    industry = tables.Column(accessor="industry_code", verbose_name=_("Ngành"), empty_values=())
    ownership_type = tables.Column(verbose_name=_("Loại hình"))
    workers = NumberColumn(verbose_name=_("Lao động"))
    verification = StateColumn(verbose_name=_("Xác minh"))
    industry_full = tables.Column(
        accessor="industry_code", verbose_name=_("Mã ngành, phiên bản"), orderable=False, empty_values=()
    )
    headquarters = tables.Column(accessor="headquarters_place__name", verbose_name=_("Nơi đặt trụ sở"))
    address = tables.Column(verbose_name=_("Địa chỉ"), orderable=False)
    closed_on = DayColumn(verbose_name=_("Ngừng từ"))

    optional = ("industry_full", "headquarters", "address", "closed_on")
    fixed = ("name",)

    def render_tax_code(self, value: str) -> str:
        return tax_codes.display(value)

    def value_tax_code(self, value: str) -> str:
        return tax_codes.display(value)

    def render_industry(self, record: Establishment) -> str:
        label = labels.industry_short(record.industry_version, record.industry_code)
        return Truncator(label).words(9) or "–"

    def value_industry(self, record: Establishment) -> str:
        return labels.industry_short(record.industry_version, record.industry_code)

    def render_industry_full(self, record: Establishment) -> str:
        return labels.industry(record.industry_version, record.industry_code) or "–"

    def value_industry_full(self, record: Establishment) -> str:
        return labels.industry(record.industry_version, record.industry_code)

    def render_ownership_type(self, value: str) -> str:
        return labels.ownership(value, clock.local_day(self.request.now))

    def value_ownership_type(self, value: str) -> str:
        return self.render_ownership_type(value)
