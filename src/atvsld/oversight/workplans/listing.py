"""The lists of plans and of tasks, with what they may be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.workplans import queries, shown
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.platform.acts import clock
from atvsld.platform.ui.filters import YesNoFilter
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.platform.ui.templatetags import ui

ALL = _("Tất cả")


def of_whom(rows: QuerySet[Any], given: QueryDict) -> QuerySet[Any]:
    """Rows of the bodies, establishments or places an address names, as figures do."""
    for column in ("body", "establishment", "place"):
        if column in given:
            keys = [int(one) for one in given.getlist(column) if one.isdecimal()]
            rows = rows.filter(**{f"{column}_id__in": keys})
    return rows


class _DayFilter(django_filters.DateFilter):
    field_class = DayField


class PlanFilter(django_filters.FilterSet):
    """By year, state and the day a plan was issued."""

    year = django_filters.NumberFilter(label=_("Năm"))
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), method="by_state", empty_label=ALL,
        choices=[*WorkPlan.State.choices, ("writing", _("Đang lập hoặc bị trả lại"))],
    )  # fmt: skip
    issued = YesNoFilter(label=_("Đã ban hành"), field_name="issued_on", lookup_expr="isnull", method="by_issued")
    kind = django_filters.ChoiceFilter(
        label=_("Của"), method="by_kind", empty_label=ALL,
        choices=[("body", _("Cơ quan, tổ chức")), ("establishment", _("Cơ sở"))],
    )  # fmt: skip
    tu = _DayFilter(label=_("Ban hành từ ngày"), field_name="issued_on", lookup_expr="gte")
    den = _DayFilter(label=_("Ban hành đến ngày"), field_name="issued_on", lookup_expr="lte")

    class Meta:
        model = WorkPlan
        fields: list[str] = []

    def by_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        states = (WorkPlan.State.DRAFT, WorkPlan.State.RETURNED) if value == "writing" else (value,)
        return queryset.filter(state__in=states)

    def by_issued(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(issued_on__isnull=value != "1")

    def by_kind(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(**{f"{value}__isnull": False})


class PlanTable(ListTable):
    """One plan a row."""

    owner = RecordColumn(
        "workplans:plan", accessor="owner__name", order_by=("body__name", "establishment__name"),
        verbose_name=_("Đơn vị"),
    )  # fmt: skip
    year = tables.Column(verbose_name=_("Năm"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    number = tables.Column(verbose_name=_("Số, ký hiệu"))
    issued_on = DayColumn(verbose_name=_("Ban hành"))
    tasks = NumberColumn(accessor="task_count", verbose_name=_("Nhiệm vụ"))
    done = NumberColumn(accessor="done_count", verbose_name=_("Đã xong"))
    sent_at = DayColumn(with_time=True, verbose_name=_("Gửi lúc"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))

    optional = ("sent_at", "place")
    fixed = ("owner",)

    def render_state(self, record: WorkPlan) -> Any:
        return ui.badge(record.get_state_display(), shown.PLAN_TONES[WorkPlan.State(record.state)])


class TaskFilter(django_filters.FilterSet):
    """By year, state, clause, span of days, proof, and whether somebody must look at who answers for it."""

    year = django_filters.NumberFilter(label=_("Năm"), field_name="plan__year")
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=Task.State.choices, empty_label=ALL)
    clause = django_filters.CharFilter(label=_("Mục, nội dung"), method="by_clause")
    proof = django_filters.ChoiceFilter(
        label=_("Bằng chứng"), method="by_proof", empty_label=ALL,
        choices=[
            ("claim", _("Báo đã làm mà chưa có bằng chứng")), ("yes", _("Có bằng chứng")),
            ("no", _("Chưa có bằng chứng")),
        ],
    )  # fmt: skip
    overdue = YesNoFilter(label=_("Quá hạn"), method="by_overdue")
    unsure = YesNoFilter(label=_("Cần rà lại nơi nhận"), method="by_unsure")
    live = YesNoFilter(label=_("Không kể việc dừng"), method="by_live")
    tu = _DayFilter(label=_("Còn làm từ ngày"), field_name="ends_on", lookup_expr="gte")
    den = _DayFilter(label=_("Bắt đầu trước hoặc trong ngày"), field_name="starts_on", lookup_expr="lte")

    class Meta:
        model = Task
        fields: list[str] = []

    def by_clause(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Tasks of a clause or of anything under it: IV.1 takes in IV.1.4a and not IV.10."""
        from atvsld.law.programme import is_part

        there = queryset.order_by().values_list("clause", flat=True).distinct()
        return queryset.filter(clause__in=[one for one in there if one and is_part(one, value.strip())])

    def by_proof(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "claim":
            return queries.unproven(queryset)
        proven = queries.standing(list(queryset.order_by().values_list("pk", flat=True)))
        return queryset.filter(pk__in=[pk for pk, found in proven.items() if bool(found) == (value == "yes")])

    def by_overdue(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        late = queries.overdue(queryset, clock.local_day(self.request.now))
        return late if value == "1" else queryset.exclude(pk__in=late.order_by().values("pk"))

    def by_unsure(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        doubtful = queryset.filter(owner_unsure=True, state__in=Task.OPEN)
        return doubtful if value == "1" else queryset.exclude(pk__in=doubtful.order_by().values("pk"))

    def by_live(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.exclude(state=Task.State.STOPPED) if value == "1" else queryset


class TaskTable(ListTable):
    """One task a row."""

    title = RecordColumn("workplans:task", verbose_name=_("Nhiệm vụ"))
    owner = tables.Column(empty_values=(), order_by=("body__name", "establishment__name"), verbose_name=_("Chủ trì"))
    clause = tables.Column(verbose_name=_("Nội dung"))
    starts_on = DayColumn(verbose_name=_("Từ ngày"))
    ends_on = DayColumn(verbose_name=_("Đến ngày"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    percent = NumberColumn(verbose_name=_("Tiến độ, %"))
    proof = tables.Column(empty_values=(), orderable=False, verbose_name=_("Bằng chứng"))
    person = tables.Column(verbose_name=_("Người phụ trách"))
    year = tables.Column(accessor="plan__year", verbose_name=_("Năm"))
    made_by = tables.Column(empty_values=(), orderable=False, verbose_name=_("Kế hoạch của"))

    optional = ("starts_on", "person", "year", "made_by")
    fixed = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._proofs: dict[int, int] = {}

    def _count(self, record: Task) -> int:
        """How many proofs stand; those of the whole page are asked for at once."""
        if record.pk not in self._proofs:
            rows = self.page.object_list if getattr(self, "page", None) is not None else self.rows
            keys = [row.record.pk for row in rows]
            self._proofs = {pk: len(found) for pk, found in queries.standing([*keys, record.pk]).items()}
        return self._proofs[record.pk]

    def value_owner(self, record: Task) -> str:
        return str(record.body or record.establishment)

    def render_owner(self, record: Task) -> Any:
        if record.doubtful:
            return format_html("{} {}", self.value_owner(record), ui.badge(_("cần rà lại"), "warning"))
        return self.value_owner(record)

    def value_made_by(self, record: Task) -> str:
        return str(record.plan.owner)

    render_made_by = value_made_by

    def render_state(self, record: Task) -> Any:
        late = record.state in Task.OPEN and record.ends_on < clock.local_day(self.request.now)
        word = ui.badge(record.get_state_display(), shown.TASK_TONES[Task.State(record.state)])
        return format_html("{} {}", word, ui.badge(_("quá hạn"), "danger")) if late else word

    def value_proof(self, record: Task) -> int:
        return self._count(record)

    def render_proof(self, record: Task) -> Any:
        return shown.proof(record, self._count(record))
