"""The list of lines."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.budget import queries
from atvsld.oversight.budget.models import Allocation, BudgetLine, Commitment, Payment
from atvsld.platform.ui.tables import ListTable, MoneyColumn, RecordColumn, StateColumn
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places.models import Place


def with_amounts(rows: QuerySet[BudgetLine]) -> QuerySet[Any]:
    """Each line with what was given, promised and paid."""
    return rows.annotate(
        allocated=_sum(Allocation, Allocation.Kind.CUT),
        committed=_sum(Commitment),
        spent=_sum(Payment, Payment.Kind.RETURNED),
    )


def _sum(model: Any, minus: str = "") -> Coalesce:
    amount = Case(When(kind=minus, then=-F("amount")), default=F("amount")) if minus else F("amount")
    rows = model.objects.filter(line=OuterRef("pk"), cancelled_at=None).order_by().values("line")
    return Coalesce(Subquery(rows.annotate(sum=Sum(amount)).values("sum")), 0, output_field=DecimalField())


class NamedKeys(forms.Field):
    """Primary keys, comma between them, shown by name where the filter in force is told."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)
        self.asked = ""
        self.model = model

    def to_python(self, value: Any) -> frozenset[int] | None:
        if not str(value or "").strip():
            return None
        return frozenset(int(key) for key in str(value or "").split(",")[:500] if key.isdecimal() and len(key) < 12)

    @property
    def choices(self) -> list[tuple[str, str]]:
        value = self.asked
        names = list(
            self.model.objects.filter(pk__in=self.to_python(value) or ()).order_by("pk").values_list("name", flat=True)
        )
        shown = ", ".join(names[:3]) + (f" (+{len(names) - 3})" if len(names) > 3 else "")
        return [(value, shown or "–")]


class KeysFilter(django_filters.Filter):
    """Records of the named bodies, establishments or places. (`model` is the library's own word.)"""

    def __init__(self, *args: Any, named: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named

    @property
    def field(self) -> NamedKeys:
        if not hasattr(self, "_held"):
            self._held = NamedKeys(self.named, label=self.label)
        return self._held


class LineFilter(django_filters.FilterSet):
    """By year, source, state, payer, and whether the line is in the sums."""

    nam = django_filters.NumberFilter(label=_("Năm ngân sách"), field_name="year", min_value=2000, max_value=2100)
    nguon = django_filters.ChoiceFilter(
        label=_("Nguồn"), field_name="source", choices=BudgetLine.Source.choices, empty_label=_("Tất cả")
    )
    tinh_trang = django_filters.ChoiceFilter(
        label=_("Tình trạng"), field_name="state", choices=BudgetLine.State.choices, empty_label=_("Tất cả")
    )
    tinh = django_filters.ChoiceFilter(
        label=_("Tính vào tổng"), method="by_counted", empty_label=_("Tất cả"),
        choices=[("1", _("Có")), ("0", _("Không: đang lập, hoặc đã tính ở đơn vị khác"))],
    )  # fmt: skip
    tu_nam = django_filters.NumberFilter(
        label=_("Từ năm"), field_name="year", lookup_expr="gte", widget=forms.HiddenInput
    )
    den_nam = django_filters.NumberFilter(
        label=_("Đến năm"), field_name="year", lookup_expr="lte", widget=forms.HiddenInput
    )
    don_vi = KeysFilter(label=_("Đơn vị chi"), method="by_body", named=Body)
    co_so = KeysFilter(label=_("Cơ sở"), method="by_establishment", named=Establishment)
    dia_ban = KeysFilter(label=_("Địa bàn"), method="by_place", named=Place)

    class Meta:
        model = BudgetLine
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for name in ("don_vi", "co_so", "dia_ban"):
            self.form.fields[name].asked = (data or {}).get(name, "")

    def by_counted(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        counted = queries.in_sums(queryset).filter(state__in=BudgetLine.SAID)
        return counted if value == "1" else queries.standing(queryset).exclude(pk__in=counted.values("pk"))

    def by_body(self, queryset: QuerySet[Any], name: str, value: frozenset[int]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(queries.touching(value))

    def by_establishment(self, queryset: QuerySet[Any], name: str, value: frozenset[int]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(establishment__in=value)

    def by_place(self, queryset: QuerySet[Any], name: str, value: frozenset[int]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(place__in=value)


class LineTable(ListTable):
    """One line a row."""

    year = tables.Column(verbose_name=_("Năm"))
    purpose = RecordColumn("budget:line", verbose_name=_("Nội dung chi"))
    payer = tables.Column(accessor="payer", orderable=False, verbose_name=_("Đơn vị chi"))
    task = tables.Column(accessor="task__title", verbose_name=_("Nhiệm vụ"))
    clause = tables.Column(accessor="task__clause", verbose_name=_("Nội dung của kế hoạch"))
    source = tables.Column(accessor="get_source_display", order_by="source", verbose_name=_("Nguồn"))
    estimate = MoneyColumn(verbose_name=_("Dự toán"))
    allocated = MoneyColumn(verbose_name=_("Được giao"))
    committed = MoneyColumn(verbose_name=_("Cam kết"))
    spent = MoneyColumn(verbose_name=_("Đã chi"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    counted_in = tables.Column(accessor="counted_in__payer", orderable=False, default="", verbose_name=_("Đã tính ở"))

    optional = ("clause", "committed", "counted_in")
    fixed = ("purpose",)
