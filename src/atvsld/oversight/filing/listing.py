"""Lists of reports: columns, filters, search."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.kit.periods import Period, PeriodError
from atvsld.law import load_book
from atvsld.oversight.filing.actions import needs_eyes
from atvsld.oversight.filing.models import Filing
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, StateColumn
from atvsld.platform.ui.templatetags import ui

STATES = [choice for choice in Filing.State.choices if choice[0] != Filing.State.DRAFT]


def _forms(_request: Any = None) -> list[tuple[str, str]]:
    held = {form.code: form for form in load_book().forms}
    return [(code, f"{code} – {form.short_title.vi}") for code, form in sorted(held.items())]


class FilingFilter(django_filters.FilterSet):
    """By form, period, state, lateness, and what needs eyes."""

    form = django_filters.ChoiceFilter(label=_("Biểu mẫu"), choices=_forms, empty_label=_("Tất cả"))
    period = django_filters.CharFilter(label=_("Kỳ (2025, 2025-H1)"), method="by_period")
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES, empty_label=_("Tất cả"))
    late = django_filters.ChoiceFilter(
        label=_("Đúng hạn"),
        method="by_late",
        choices=[("no", _("Đúng hạn")), ("yes", _("Nộp muộn"))],
        empty_label=_("Tất cả"),
    )
    eyes = django_filters.ChoiceFilter(
        label=_("Cần xem"),
        method="by_eyes",
        choices=[
            ("departs", _("Khác sổ")),
            ("explained", _("Có giải trình")),
            ("asked", _("Xin sửa")),
            ("corrected", _("Đã sửa sau khi nộp")),
            ("nil", _("Không phát sinh")),
        ],
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Filing
        fields: list[str] = []

    def by_period(self, queryset: QuerySet[Filing], name: str, value: str) -> QuerySet[Filing]:  # noqa: ARG002
        try:
            return queryset.filter(period=Period.parse(value).code)
        except PeriodError:
            return queryset.none()

    def by_late(self, queryset: QuerySet[Filing], name: str, value: str) -> QuerySet[Filing]:  # noqa: ARG002
        return queryset.filter(late=value == "yes", submitted_at__isnull=False) if value else queryset

    def by_eyes(self, queryset: QuerySet[Filing], name: str, value: str) -> QuerySet[Filing]:  # noqa: ARG002
        match value:
            case "departs":
                return queryset.filter(current__departures__gt=0)
            case "explained":
                return queryset.filter(current__explained__gt=0)
            case "asked":
                return queryset.filter(asked_at__isnull=False)
            case "corrected":
                return queryset.filter(number__gt=1)
            case "nil":
                return queryset.filter(nil=True)
        return queryset


def search(queryset: QuerySet[Filing], text: str) -> QuerySet[Filing]:
    """By the reporter's name or tax code."""
    return queryset.filter(
        Q(establishment__name_folded__contains=text)
        | Q(establishment__tax_code__startswith=text)
        | Q(body__name_folded__contains=text)
        | Q(provider__name_folded__contains=text)
    )


class FilingTable(ListTable):
    """One report a row."""

    reporter = tables.Column(accessor="reporter", verbose_name=_("Đơn vị báo cáo"), orderable=False,
                             attrs={"td": {"class": "record-link"}})  # fmt: skip
    form = tables.Column(verbose_name=_("Biểu mẫu"))
    period = tables.Column(verbose_name=_("Kỳ"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    last_submitted_at = DayColumn(with_time=True, verbose_name=_("Nộp lúc"))
    late = tables.Column(verbose_name=_("Đúng hạn"), empty_values=())
    number = NumberColumn(verbose_name=_("Lần nộp"))
    departures = NumberColumn(accessor="current__departures", verbose_name=_("Ô khác sổ"))
    explained = NumberColumn(accessor="current__explained", verbose_name=_("Giải trình"))
    nil = tables.Column(verbose_name=_("Không phát sinh"))
    due_before = DayColumn(verbose_name=_("Trước ngày"))
    accepted_at = DayColumn(with_time=True, verbose_name=_("Tiếp nhận lúc"))

    optional = ("place", "due_before", "accepted_at", "nil")
    fixed: tuple[str, ...] = ("reporter",)

    def render_reporter(self, record: Filing) -> Any:
        return format_html(
            '<a href="{}">{}</a>', reverse("filing:filing", args=[record.public_id]), str(record.reporter)
        )

    def value_reporter(self, record: Filing) -> str:
        return str(record.reporter)

    def render_late(self, record: Filing) -> Any:
        if record.submitted_at is None:
            return "–"
        return ui.badge(gettext("Muộn"), "warning") if record.late else gettext("Đúng hạn")

    def value_late(self, record: Filing) -> str | None:
        return None if record.submitted_at is None else gettext("Muộn") if record.late else gettext("Đúng hạn")

    def render_nil(self, value: Any) -> str:
        return gettext("Có") if value else gettext("Không")


class IncomingTable(FilingTable):
    """The same with a box to choose by, for those who take reports in."""

    chosen = tables.Column(empty_values=(), orderable=False, verbose_name=_("Chọn"), exclude_from_export=True)

    class Meta(ListTable.Meta):
        sequence = ("chosen", "...")

    fixed: tuple[str, ...] = ("chosen", "reporter")

    def render_chosen(self, record: Filing) -> Any:
        if record.state != Filing.State.SUBMITTED:
            return ""
        return format_html(
            '<input class="form-check-input" form="tiep-nhan" type="checkbox" name="chon" value="{}@{}" '
            'aria-label="{}"{}>',
            record.public_id, record.version, gettext("Chọn báo cáo của %(name)s") % {"name": record.reporter},
            " checked" if self.request.GET.get("chon") == "het" and not needs_eyes(record) else "",
        )  # fmt: skip
