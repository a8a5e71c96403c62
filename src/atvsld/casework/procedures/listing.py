"""The list of dossiers."""

from __future__ import annotations

from datetime import date

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from atvsld.casework.procedures import figures
from atvsld.casework.procedures.models import Application
from atvsld.casework.procedures.policy import HANDLE, OWN
from atvsld.casework.procedures.rules import load_procedures
from atvsld.law.reading import Label
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.formats_text import mask_name
from atvsld.platform.ui.tables import BooleanWordColumn, DayColumn, ListTable, NumberColumn, RecordColumn, StateColumn
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.proving import read_whose


def said(label: Label) -> str:
    """A text of the law data in the reader's language."""
    return label.en if get_language() == "en" and label.en else label.vi


def procedure_choices() -> list[tuple[str, str]]:
    """The procedures bodies of the province decide."""
    return [(one.id, said(one.label)) for one in load_procedures() if one.local]


def body_choices() -> list[tuple[int, str]]:
    """The bodies that handled a dossier."""
    held = Application.objects.order_by().values("body_id").distinct()
    return list(Body.objects.filter(pk__in=held).order_by("name").values_list("pk", "name"))


def shown_applicant(record: Application, actor: Actor) -> str:
    """The name on the dossier: that of an organisation on record, else masked to all but those who handle it."""
    if record.establishment is not None:
        return record.establishment.name
    if OWN.decide(actor, HANDLE, record):
        return record.applicant
    return str(mask_name(record.applicant))


class DayFilter(django_filters.Filter):
    """A day, written dd/mm/yyyy or as addresses carry it."""

    field_class = DayField


class ApplicationFilter(django_filters.FilterSet):
    """By procedure, state, outcome against the time, body and days."""

    thu_tuc = django_filters.ChoiceFilter(
        field_name="procedure", label=_("Thủ tục"), choices=procedure_choices, empty_label=_("Tất cả")
    )
    tinh_trang = django_filters.ChoiceFilter(
        field_name="state", label=_("Tình trạng"), choices=Application.State.choices, empty_label=_("Tất cả")
    )
    ket_qua = django_filters.ChoiceFilter(
        label=_("So với hạn"),
        method="by_outcome",
        choices=[
            ("decided", _("Đã giải quyết")),
            ("in_time", _("Giải quyết đúng hạn")),
            ("late", _("Giải quyết quá hạn")),
            ("open", _("Chưa xong")),
            ("overdue", _("Chưa xong, đã quá hạn")),
        ],
        empty_label=_("Tất cả"),
    )
    co_quan = django_filters.MultipleChoiceFilter(field_name="body_id", label=_("Cơ quan"), choices=body_choices)
    xong_tu = DayFilter(field_name="finished_on", lookup_expr="gte", label=_("Xong từ ngày"))
    xong_den = DayFilter(field_name="finished_on", lookup_expr="lte", label=_("Xong đến ngày"))
    # Whose dossiers a figure counted, as the lists of ledgers carry it.
    of = django_filters.CharFilter(label=_("Của"), method="by_whose", widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields: list[str] = []

    def by_outcome(self, queryset: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:  # noqa: ARG002
        today: date = clock.local_day(self.request.now)
        wanted = {
            "decided": figures.DONE,
            "in_time": figures.DONE & Q(in_time=True),
            "late": figures.DONE & Q(in_time=False),
            "open": figures.OPEN,
            "overdue": figures.overdue(today),
        }
        return queryset.filter(wanted[value]) if value in wanted else queryset

    def by_whose(self, queryset: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:  # noqa: ARG002
        return queryset.filter(read_whose(value).condition)


class ApplicationTable(ListTable):
    """One dossier a row."""

    code = RecordColumn("procedures:application", accessor="grouped", order_by="code", verbose_name=_("Mã hồ sơ"))
    procedure = tables.Column(verbose_name=_("Thủ tục"))
    applicant = tables.Column(empty_values=(), orderable=False, verbose_name=_("Người nộp"))
    received_at = DayColumn(with_time=True, verbose_name=_("Nhận lúc"))
    due_on = DayColumn(verbose_name=_("Hạn"))
    finished_on = DayColumn(verbose_name=_("Xong ngày"))
    days_used = NumberColumn(verbose_name=_("Số ngày đã dùng"))
    in_time = BooleanWordColumn(verbose_name=_("Đúng hạn"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    body = tables.Column(accessor="body__name", verbose_name=_("Cơ quan"))
    days_waited = NumberColumn(verbose_name=_("Số ngày chờ bổ sung"))
    channel = StateColumn(verbose_name=_("Cách nộp"))

    optional = ("body", "days_waited", "channel")
    fixed = ("code",)

    def render_procedure(self, value: str) -> str:
        return said(load_procedures()[value].label)

    def render_applicant(self, record: Application) -> str:
        return shown_applicant(record, self.request.actor)

    def value_procedure(self, value: str) -> str:
        return self.render_procedure(value)

    def value_applicant(self, record: Application) -> str:
        return self.render_applicant(record)
