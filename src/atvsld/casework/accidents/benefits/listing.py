"""The list of benefits: what is not decided, not paid, overdue."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.benefits import timing
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.platform.ui.tables import DayColumn, ListTable, MaskedNameColumn, MoneyColumn, StateColumn


class BenefitFilter(django_filters.FilterSet):
    """By kind, state, and whether a time limit has passed."""

    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=Benefit.State.choices, empty_label=_("Tất cả"))
    kind = django_filters.ChoiceFilter(label=_("Chế độ"), choices=Benefit.Kind.choices, empty_label=_("Tất cả"))
    due = django_filters.ChoiceFilter(
        label=_("Thời hạn"), method="by_due", choices=[("overdue", _("Quá hạn"))], empty_label=_("Tất cả")
    )

    class Meta:
        model = Benefit
        fields: list[str] = []

    def by_due(self, queryset: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:  # noqa: ARG002
        late = timing.overdue(self.request.now)
        return queryset.filter(Q(public_id__in=late) | Q(victim__public_id__in=late)) if value else queryset


class BenefitTable(ListTable):
    """One sum a row; names stay masked."""

    case = tables.Column(
        accessor="case", verbose_name=_("Vụ"), order_by="case_id", attrs={"td": {"class": "record-link"}}
    )
    victim = MaskedNameColumn(accessor="victim__name", verbose_name=_("Người bị nạn"), orderable=False)
    establishment = tables.Column(accessor="case__establishment__name", verbose_name=_("Cơ sở"))
    kind = tables.Column(accessor="get_kind_display", order_by="kind", verbose_name=_("Chế độ"))
    on = DayColumn(verbose_name=_("Tính theo ngày"))
    reckoned = MoneyColumn(verbose_name=_("Mức theo luật"))
    decided = MoneyColumn(verbose_name=_("Mức quyết định"))
    decided_on = DayColumn(verbose_name=_("Ngày quyết định"))
    paid = MoneyColumn(verbose_name=_("Đã chi"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    filed_on = DayColumn(verbose_name=_("Gửi hồ sơ"))

    optional = ("on", "decided_on", "filed_on")
    fixed = ("case",)

    def render_case(self, record: Benefit) -> Any:
        url = reverse("accident_benefits:benefit", args=[record.case.public_id, record.public_id])
        return format_html('<a href="{}">{}</a>', url, record.case.number)

    def value_case(self, record: Benefit) -> str:
        return record.case.number
