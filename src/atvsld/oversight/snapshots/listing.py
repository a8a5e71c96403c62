"""The list of accepted reports."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.platform.ui.tables import BooleanWordColumn, DayColumn, ListTable, NumberColumn, RecordColumn


def with_drafts() -> QuerySet[ReportSnapshot]:
    """Snapshots, each knowing whether its records have overtaken it."""
    draft = ReportRevision.objects.filter(snapshot=OuterRef("pk"), state=ReportRevision.State.OPEN)
    return ReportSnapshot.objects.annotate(overtaken=Exists(draft))


class SnapshotFilter(django_filters.FilterSet):
    """By form, period, state, and whether the records have moved on."""

    form = django_filters.CharFilter(label=_("Biểu mẫu"), lookup_expr="iexact")
    period = django_filters.CharFilter(label=_("Kỳ báo cáo"), lookup_expr="iexact")
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=ReportSnapshot.State.choices, empty_label=_("Tất cả")
    )
    overtaken = django_filters.BooleanFilter(label=_("Nay khác hồ sơ"))

    class Meta:
        model = ReportSnapshot
        fields: list[str] = []


class SnapshotTable(ListTable):
    """One acceptance a row."""

    form = RecordColumn("snapshots:report", "public_id", verbose_name=_("Biểu mẫu"))
    period = tables.Column(verbose_name=_("Kỳ"))
    subject_name = tables.Column(verbose_name=_("Đối tượng"))
    number = NumberColumn(verbose_name=_("Lần"))
    state = tables.Column(verbose_name=_("Trạng thái"))
    overtaken = BooleanWordColumn(verbose_name=_("Nay khác hồ sơ"), orderable=False)
    as_of = DayColumn(with_time=True, verbose_name=_("Số liệu lúc"))
    accepted_by_name = tables.Column(verbose_name=_("Người chấp nhận"))
    code = tables.Column(accessor="spelled_code", verbose_name=_("Mã số liệu"), orderable=False)

    fixed = ("form",)
    optional = ("accepted_by_name",)

    def render_state(self, record: Any) -> str:
        return str(record.get_state_display())
