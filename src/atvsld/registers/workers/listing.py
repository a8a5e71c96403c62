"""The list of workers."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.law.worker_groups import WorkerGroup
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import BooleanWordColumn, DayColumn, ListTable, RecordColumn
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.workers import groups, labels
from atvsld.registers.workers.models import Employment, Worker


class WorkerFilter(django_filters.FilterSet):
    """By protected group today, sex, employer."""

    group = django_filters.ChoiceFilter(
        label=_("Nhóm đặc thù hôm nay"), method="by_group", choices=groups.choices, empty_label=_("Tất cả")
    )
    sex = django_filters.ChoiceFilter(label=_("Giới tính"), choices=Worker.Sex.choices, empty_label=_("Tất cả"))
    establishment = django_filters.ChoiceFilter(
        label=_("Đang làm việc cho"), field_name="establishment__public_id", empty_label=_("Tất cả")
    )

    class Meta:
        model = Worker
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An establishment is chosen on its own page; the list only lets go of it again.
        asked = self.data.get("establishment") if self.data else None
        found = asked and Establishment.objects.filter(public_id=asked[:26].replace("\x00", "")).first()
        if found:
            self.form.fields["establishment"].choices = [("", _("Tất cả")), (found.public_id, found.name)]
        else:
            self.form.fields.pop("establishment")

    def by_group(self, queryset: QuerySet[Worker], name: str, value: str) -> QuerySet[Worker]:  # noqa: ARG002
        return groups.in_group(queryset, WorkerGroup(value), clock.local_day(self.request.now))


class WorkerTable(ListTable):
    """One person a row; the identity number only as held or not."""

    name = RecordColumn("workers:worker", verbose_name=_("Họ và tên"), order_by="name_folded")
    birth_date = DayColumn(verbose_name=_("Ngày sinh"))
    sex = tables.Column(verbose_name=_("Giới tính"))
    establishment = tables.Column(accessor="establishment__name", verbose_name=_("Đang làm việc cho"))
    work = tables.Column(empty_values=(), orderable=False, verbose_name=_("Công việc"))
    groups = tables.Column(empty_values=(), orderable=False, verbose_name=_("Nhóm đặc thù hôm nay"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    has_identity = BooleanWordColumn(accessor="has_identity", orderable=False, verbose_name=_("Có số định danh"))

    optional = ("place", "has_identity")
    fixed = ("name",)

    def render_work(self, record: Worker) -> str:
        return self.value_work(record) or "–"

    def value_work(self, record: Worker) -> str:
        held: Employment | None = next(iter(record.employments.all()), None)
        if held is None:
            return ""
        return held.job_title or labels.occupation(held.occupation_code, clock.local_day(self.request.now))

    def render_groups(self, record: Worker) -> str:
        return self.value_groups(record) or "–"

    def value_groups(self, record: Worker) -> str:
        found = groups.groups_on(record, clock.local_day(self.request.now))
        return ", ".join(groups.label(group) for group in found)
