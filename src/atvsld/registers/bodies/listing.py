"""The list of bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, RecordColumn
from atvsld.platform.ui.templatetags import ui
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.places.listing import read_day


class BodyFilter(django_filters.FilterSet):
    """By day (today when not said) and function."""

    day = django_filters.DateFilter(
        label=_("Vào ngày"), method="keep", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    function = django_filters.ChoiceFilter(
        label=_("Chức năng"), choices=list(FUNCTIONS.items()), method="by_function", empty_label=_("Tất cả")
    )

    class Meta:
        model = Body
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, request: Any, **kwargs: Any) -> None:
        # The field shows the day the list stands for, chosen or not.
        data = QueryDict(mutable=True) if data is None else data.copy()
        self.chosen = read_day(data.get("day")) or clock.local_day(request.now)
        data["day"] = self.chosen.isoformat()
        super().__init__(data, *args, request=request, **kwargs)

    @property
    def qs(self) -> QuerySet[Body]:
        found: QuerySet[Body] = super().qs
        return found.filter(in_force(self.chosen))

    def keep(self, queryset: QuerySet[Body], name: str, value: date) -> QuerySet[Body]:  # noqa: ARG002
        """The day is applied to every answer, chosen or not."""
        return queryset

    def by_function(self, queryset: QuerySet[Body], name: str, value: str) -> QuerySet[Body]:  # noqa: ARG002
        return queryset.filter(functions__function=value).distinct()


class BodyTable(ListTable):
    """One body a row."""

    name = RecordColumn("bodies:body", verbose_name=_("Tên"))
    functions = tables.Column(accessor="pk", verbose_name=_("Chức năng"), orderable=False)
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    valid_from = DayColumn(verbose_name=_("Có từ"))
    valid_to = DayColumn(verbose_name=_("Đến hết"), default=_("nay"))
    certainty = tables.Column(verbose_name=_("Độ chắc chắn"))
    code = tables.Column(verbose_name=_("Mã"))

    optional = ("valid_to", "code")
    fixed = ("name",)

    def render_functions(self, record: Body) -> str:
        held = dict.fromkeys(row.function for row in record.functions.all())
        return "; ".join(str(FUNCTIONS.get(name, name)) for name in held)

    def value_functions(self, record: Body) -> str:
        return self.render_functions(record)

    def render_valid_from(self, value: date) -> Any:
        # The year of the province's founding stands for a first day that no source gives.
        return _("trước 2024") if value.year < 2024 else value.strftime("%d/%m/%Y")

    def render_certainty(self, value: str, record: Body) -> SafeString:
        return ui.certainty(value, record.legal_basis)

    def value_certainty(self, value: str) -> str:
        return value
