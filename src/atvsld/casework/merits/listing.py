"""The list of commendations."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.casework.merits.models import Commendation
from atvsld.casework.merits.queries import PERSONS
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.registers.ledgers.proving import read_whose

ALL = _("Tất cả")


class _DayFilter(django_filters.DateFilter):
    field_class = DayField


class CommendationFilter(django_filters.FilterSet):
    """By state, subject, form, level and the day of the decision. What was taken back is hidden until asked for."""

    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=[*Commendation.State.choices, ("withdrawn", _("Đã rút"))], empty_label=ALL,
        method="by_state",
    )  # fmt: skip
    subject = django_filters.ChoiceFilter(
        label=_("Đối tượng"), choices=[("group", _("Tập thể")), ("person", _("Cá nhân"))], empty_label=ALL,
        method="by_subject",
    )  # fmt: skip
    form = django_filters.ChoiceFilter(label=_("Hình thức"), choices=Commendation.Form.choices, empty_label=ALL)
    level = django_filters.ChoiceFilter(label=_("Cấp"), choices=Commendation.Level.choices, empty_label=ALL)
    start = _DayFilter(label=_("Quyết định từ ngày"), field_name="decision_on", lookup_expr="gte")
    end = _DayFilter(label=_("Quyết định đến ngày"), field_name="decision_on", lookup_expr="lte")
    # Whose proposals a figure counted.
    of = django_filters.CharFilter(label=_("Của"), method="by_whose", widget=forms.HiddenInput)

    class Meta:
        model = Commendation
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") == "withdrawn" else found.filter(withdrawn_at=None)

    def by_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Where it stands, or taken back."""
        return queryset.exclude(withdrawn_at=None) if value == "withdrawn" else queryset.filter(state=value)

    def by_subject(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """A person, or a group of any kind."""
        return queryset.filter(PERSONS) if value == "person" else queryset.exclude(PERSONS)

    def by_whose(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The owners an address names."""
        return queryset.filter(read_whose(value).condition)


class CommendationTable(ListTable):
    """One commendation a row; a person by initials and unit."""

    shown_name = RecordColumn("merits:commendation", order_by="subject_name", verbose_name=_("Tập thể, cá nhân"))
    subject_kind = tables.Column(
        accessor="get_subject_kind_display", order_by="subject_kind", verbose_name=_("Đối tượng")
    )
    form = tables.Column(accessor="get_form_display", order_by="form", verbose_name=_("Hình thức"))
    level = tables.Column(accessor="get_level_display", order_by="level", verbose_name=_("Cấp"))
    year = NumberColumn(verbose_name=_("Năm thành tích"))
    owner = tables.Column(orderable=False, verbose_name=_("Đơn vị đề nghị"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    decision_number = tables.Column(verbose_name=_("Số quyết định"))
    decision_on = DayColumn(verbose_name=_("Ngày quyết định"))

    optional = ("level", "year")
    fixed = ("shown_name",)

    def render_year(self, value: int) -> str:
        """A year is a name, not an amount."""
        return str(value)
