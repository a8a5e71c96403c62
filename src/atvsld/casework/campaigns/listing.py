"""The list of campaigns, and the list of results."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.platform.ui.tables import DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.platform.ui.templatetags import ui

STATES = (
    ("sent", _("Đã gửi")),
    ("in_time", _("Gửi đúng hạn")),
    ("late", _("Gửi muộn")),
    ("draft", _("Chưa gửi")),
)


TONES = {True: "danger", False: "success", None: "outline"}


class CampaignFilter(django_filters.FilterSet):
    """By kind and year."""

    kind = django_filters.ChoiceFilter(label=_("Loại đợt"), choices=Campaign.Kind.choices, empty_label=_("Tất cả"))
    year = django_filters.NumberFilter(label=_("Năm"))

    class Meta:
        model = Campaign
        fields: list[str] = []


class CampaignTable(ListTable):
    """One campaign a row."""

    name = RecordColumn("campaigns:campaign", accessor="full_name", order_by=("year", "kind"), verbose_name=_("Đợt"))
    theme = tables.Column(verbose_name=_("Chủ đề"))
    starts_on = DayColumn(verbose_name=_("Từ ngày"))
    ends_on = DayColumn(verbose_name=_("Đến ngày"))
    report_due = DayColumn(verbose_name=_("Hạn báo cáo"))
    body = tables.Column(accessor="body__name", verbose_name=_("Cơ quan thường trực"))
    told = NumberColumn(verbose_name=_("Đơn vị đã gửi"))

    optional = ("ends_on",)
    fixed = ("name",)


def by_state(queryset: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Results by what became of them; the day of the first sending in Viet Nam decides."""
    if state == "draft":
        return queryset.filter(current__isnull=True)
    told = queryset.filter(current__isnull=False)
    if state not in ("late", "in_time"):
        return told
    # The connection speaks Viet Nam's time, so the day is that of Viet Nam.
    dated = told.annotate(first_day=TruncDate("first_sent_at")).filter(campaign__report_due__isnull=False)
    late: QuerySet[Any] = dated.filter(first_day__gt=F("campaign__report_due"))
    in_time: QuerySet[Any] = dated.filter(first_day__lte=F("campaign__report_due"))
    return late if state == "late" else in_time


class ResultFilter(django_filters.FilterSet):
    """By campaign, state and the days in which the campaign began."""

    campaign = django_filters.ModelChoiceFilter(
        label=_("Đợt"), queryset=Campaign.objects.order_by("-year", "kind"), empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES, empty_label=_("Tất cả"), method="stated")
    year = django_filters.NumberFilter(label=_("Năm"), field_name="campaign__year")
    tu = django_filters.DateFilter(label=_("Đợt bắt đầu từ ngày"), field_name="campaign__starts_on", lookup_expr="gte")
    den = django_filters.DateFilter(
        label=_("Đợt bắt đầu đến ngày"), field_name="campaign__starts_on", lookup_expr="lte"
    )

    class Meta:
        model = CampaignResult
        fields: list[str] = []

    def stated(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By what became of it."""
        return by_state(queryset, value)


class ResultTable(ListTable):
    """One result a row."""

    owner_name = RecordColumn(
        "campaigns:result", order_by=("body__name", "establishment__name"), verbose_name=_("Đơn vị")
    )
    campaign = tables.Column(accessor="campaign", order_by=("campaign__year", "campaign__kind"), verbose_name=_("Đợt"))
    first_sent_at = DayColumn(with_time=True, verbose_name=_("Gửi lần đầu lúc"))
    edition = NumberColumn(accessor="current__edition", verbose_name=_("Số lần gửi"))
    late = StateColumn(accessor="late", orderable=False, verbose_name=_("Đúng hạn"))
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))

    optional = ("place",)
    fixed = ("owner_name",)

    def render_late(self, record: CampaignResult) -> Any:
        """In words, beside a colour."""
        return ui.badge(timeliness(record), TONES[record.late])

    def value_late(self, record: CampaignResult) -> str:
        """The same word in a file."""
        return str(timeliness(record))


def timeliness(result: CampaignResult) -> Any:
    """Sent in time, late, without a term, or not sent."""
    if result.current_id is None:
        return _("Chưa gửi")
    return {True: _("Gửi muộn"), False: _("Đúng hạn"), None: _("Đã gửi, đợt chưa có hạn")}[result.late]


def by_owner(queryset: QuerySet[Any], given: QueryDict) -> QuerySet[Any]:
    """Narrowed to owners, places and the figure an address names by primary key (see `proofs`)."""
    for name in ("body", "establishment", "place"):
        if name in given:
            ids = [int(one) for one in given.getlist(name) if one.isdecimal() and len(one) < 19]
            queryset = queryset.filter(**{f"{name}_id__in": ids})
    if row := given.get("co"):
        queryset = queryset.filter(current__figures__row=row[:20], current__figures__value__gt=0)
    return queryset
