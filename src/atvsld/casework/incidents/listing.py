"""The list of incidents."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.platform.ui.tables import BooleanWordColumn, DayColumn, ListTable, MoneyColumn, RecordColumn, StateColumn


class IncidentFilter(django_filters.FilterSet):
    """By state, seriousness, object and year."""

    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=TechnicalIncident.State.choices, empty_label=_("Tất cả")
    )
    serious = django_filters.ChoiceFilter(
        label=_("Mức độ"),
        method="by_serious",
        choices=[("yes", _("Nghiêm trọng")), ("no", _("Không nghiêm trọng")), ("unknown", _("Chưa xác định"))],
        empty_label=_("Tất cả"),
    )
    object_kind = django_filters.ChoiceFilter(
        label=_("Đối tượng"), choices=TechnicalIncident.ObjectKind.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = TechnicalIncident
        fields: list[str] = []

    def by_serious(self, queryset, name, value):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, ARG002
        wanted = {"yes": True, "no": False}.get(value)
        return queryset.filter(serious=wanted) if value else queryset


class IncidentTable(ListTable):
    """One incident a row."""

    number = RecordColumn("incidents:incident", accessor="number", order_by="pk", verbose_name=_("Số hồ sơ"))
    occurred_at = DayColumn(with_time=True, verbose_name=_("Xảy ra lúc"))
    place = tables.Column(accessor="place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Cơ sở"))
    object_name = tables.Column(verbose_name=_("Máy, thiết bị, vật tư, chất"))
    object_kind = StateColumn(verbose_name=_("Đối tượng"))
    serious = BooleanWordColumn(verbose_name=_("Nghiêm trọng"))
    damage = MoneyColumn(verbose_name=_("Thiệt hại"))
    state = StateColumn(verbose_name=_("Tình trạng"))

    optional = ("object_kind", "damage")
    fixed = ("number",)
