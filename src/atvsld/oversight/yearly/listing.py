"""The list of yearly reports: columns, filters, search."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.yearly.models import YearReport
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, StateColumn
from atvsld.platform.ui.templatetags import ui

FIRST_YEAR = 2024


def _years(_request: Any = None) -> list[tuple[str, str]]:
    this = clock.local_day(clock.now()).year
    return [(str(year), str(year)) for year in range(this, FIRST_YEAR - 1, -1)]


class ReportFilter(django_filters.FilterSet):
    """By year, kind, state, lateness."""

    year = django_filters.ChoiceFilter(label=_("Năm"), choices=_years, empty_label=_("Tất cả"))
    kind = django_filters.ChoiceFilter(label=_("Loại"), choices=YearReport.Kind.choices, empty_label=_("Tất cả"))
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=YearReport.State.choices, empty_label=_("Tất cả")
    )
    late = django_filters.ChoiceFilter(
        label=_("Đúng hạn"), choices=[("no", _("Đúng hạn")), ("yes", _("Gửi muộn"))], method="by_late",
        empty_label=_("Tất cả"),
    )  # fmt: skip

    class Meta:
        model = YearReport
        fields: list[str] = []

    def by_late(self, queryset: QuerySet[YearReport], name: str, value: str) -> QuerySet[YearReport]:  # noqa: ARG002
        return queryset.filter(late=value == "yes", first_sent_at__isnull=False)


def search(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By the name of whoever reports."""
    return queryset.filter(Q(body__name_folded__contains=text) | Q(establishment__name_folded__contains=text))


class ReportTable(ListTable):
    """One report a row."""

    owner = tables.Column(
        accessor="owner", verbose_name=_("Đơn vị báo cáo"), orderable=False, attrs={"td": {"class": "record-link"}}
    )
    year = tables.Column(verbose_name=_("Năm"))
    kind = StateColumn(verbose_name=_("Loại"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    first_sent_at = DayColumn(with_time=True, verbose_name=_("Gửi lần đầu"))
    late = tables.Column(verbose_name=_("Đúng hạn"), empty_values=())
    number = tables.Column(verbose_name=_("Số, ký hiệu"))
    claims = NumberColumn(verbose_name=_("Câu nêu việc đã, đang làm"))
    bare = NumberColumn(verbose_name=_("Chưa có bằng chứng khi gửi"))
    due_before = DayColumn(verbose_name=_("Trước ngày"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))

    optional = ("due_before", "place", "number")
    fixed: tuple[str, ...] = ("owner",)

    def render_owner(self, record: YearReport) -> Any:
        address = reverse("yearly:report", args=[record.public_id])
        return format_html('<a href="{}">{}</a>', address, str(record.owner))

    def value_owner(self, record: YearReport) -> str:
        return str(record.owner)

    def render_late(self, record: YearReport) -> Any:
        if record.first_sent_at is None:
            return "–"
        return ui.badge(gettext("Muộn"), "warning") if record.late else gettext("Đúng hạn")

    def value_late(self, record: YearReport) -> str | None:
        return None if record.first_sent_at is None else gettext("Muộn") if record.late else gettext("Đúng hạn")
