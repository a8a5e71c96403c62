"""Table and filters of the list of declarations."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import F, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.declarations.models import Channel, Declaration, Kind
from atvsld.casework.accidents.declarations.panel import counts
from atvsld.casework.accidents.declarations.timing import span, timing
from atvsld.law import load_book
from atvsld.platform.ui.tables import DayColumn, ListTable, RecordColumn, muted


class TimingColumn(tables.Column):
    """How long after the word was known it was passed on, and whether that was too late."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(accessor="notified_at", orderable=False, **kwargs)

    def render(self, record: Declaration) -> Any:
        told = timing(load_book(), record)
        if told.took is None:
            return muted("–")
        took = gettext("sau %(span)s") % {"span": span(told.took)}
        if told.late:
            return format_html('<span class="tag tag-danger">{}</span> {}', gettext("Quá hạn"), took)
        return took

    def value(self, record: Declaration) -> str:
        return timing(load_book(), record).sentence


class CountsColumn(tables.Column):
    """People as told."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(accessor="content", orderable=False, **kwargs)

    def render(self, record: Declaration) -> str:
        return counts(record) or "–"

    def value(self, record: Declaration) -> str:
        return counts(record)


class DeclarationTable(ListTable):
    """The newest version of each declaration. Who told is in no column and no export."""

    number = RecordColumn("accident_declarations:declaration", verbose_name=_("Số"), order_by="pk")
    received_at = DayColumn(with_time=True, verbose_name=_("Nhận lúc"))
    kind = tables.Column(verbose_name=_("Loại tin"))
    channel = tables.Column(verbose_name=_("Hình thức"))
    stage = tables.Column(verbose_name=_("Mức độ đầy đủ"))
    occurred_at = DayColumn(with_time=True, verbose_name=_("Xảy ra lúc"))
    place = tables.Column(accessor="place__name", verbose_name=_("Nơi xảy ra"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Cơ sở"))
    people = CountsColumn(verbose_name=_("Người bị nạn"))
    timing = TimingColumn(verbose_name=_("Nhanh, chậm"))
    case = RecordColumn("accidents:case", "case__public_id", accessor="case__number", verbose_name=_("Vụ"), order_by="case_id")  # fmt: skip  # noqa: E501

    optional = ("occurred_at", "stage", "channel")
    fixed = ("number",)


class DeclarationFilter(django_filters.FilterSet):
    """By kind, channel, completeness and lateness."""

    kind = django_filters.ChoiceFilter(label=_("Loại tin"), choices=Kind.choices)
    channel = django_filters.ChoiceFilter(label=_("Hình thức"), choices=Channel.choices)
    stage = django_filters.ChoiceFilter(label=_("Mức độ đầy đủ"), choices=Declaration.Stage.choices)
    slow = django_filters.ChoiceFilter(
        label=_("Báo sau khi biết tin"), method="by_delay",
        choices=[("24", _("quá 24 giờ (ngưỡng nội bộ)")), ("unknown", _("chưa rõ lúc biết tin"))],
    )  # fmt: skip

    class Meta:
        model = Declaration
        fields: list[str] = []

    def by_delay(self, queryset: QuerySet[Declaration], name: str, value: str) -> QuerySet[Declaration]:  # noqa: ARG002
        from datetime import timedelta

        if value == "unknown":
            return queryset.filter(known_at__isnull=True)
        return queryset.filter(Q(notified_at__gt=F("known_at") + timedelta(hours=24)))
