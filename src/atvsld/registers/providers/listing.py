"""The list of service providers, for officers and for everybody."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from atvsld.law.providers import load_provider_rules
from atvsld.platform.acts import clock
from atvsld.platform.ui.tables import DayColumn, ListTable, RecordColumn
from atvsld.platform.ui.templatetags.ui import badge
from atvsld.registers.providers import labels, queries, standing
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.models.qualification import Kind


class ProviderFilter(django_filters.FilterSet):
    """By service and by whether the provider works today."""

    kind = django_filters.ChoiceFilter(
        label=_("Dịch vụ"), method="by_kind", choices=Kind.choices, empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        method="by_state",
        choices=[
            ("working", _("Còn giấy tờ, không bị đình chỉ")),
            *((code, word) for code, (word, _tone) in labels.STATES.items()),
        ],
        empty_label=_("Tất cả"),
    )
    scope = django_filters.ChoiceFilter(
        label=_("Được làm phạm vi"), method="by_scope", choices=labels.scope_choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = ServiceProvider
        fields: list[str] = []

    def by_kind(self, queryset: QuerySet[ServiceProvider], name: str, value: str) -> QuerySet[ServiceProvider]:  # noqa: ARG002
        return queries.of_kind(queryset, value)

    def by_state(self, queryset: QuerySet[ServiceProvider], name: str, value: str) -> QuerySet[ServiceProvider]:  # noqa: ARG002
        kind, today = self.form.cleaned_data.get("kind") or "", clock.local_day(self.request.now)
        if value == "working":
            return queries.working(queryset, today, kind)
        # What a paper that states no end is worth only the law book knows; the register is small.
        return queryset.filter(pk__in=standing.narrowed(queryset, today, kind=kind, word=value))

    def by_scope(self, queryset: QuerySet[ServiceProvider], name: str, value: str) -> QuerySet[ServiceProvider]:  # noqa: ARG002
        kind, _mark, code = value.partition("/")
        today = clock.local_day(self.request.now)
        return queryset.filter(pk__in=standing.clear_for(queryset, standing.Matter(kind, code), today))


class PublicProviderTable(ListTable):
    """What everybody may know of a provider: its papers, not its people."""

    name = RecordColumn("public_providers:provider", verbose_name=_("Tên tổ chức"), order_by="name_folded")
    services = tables.Column(empty_values=(), orderable=False, verbose_name=_("Dịch vụ, tình trạng hôm nay"))
    scopes = tables.Column(empty_values=(), orderable=False, verbose_name=_("Phạm vi"))
    address = tables.Column(verbose_name=_("Địa chỉ"), orderable=False)
    phone = tables.Column(verbose_name=_("Điện thoại"), orderable=False)
    place = tables.Column(accessor="place__name", verbose_name=_("Địa bàn"))
    tax_code = tables.Column(verbose_name=_("Mã số thuế"))
    ceased_on = DayColumn(verbose_name=_("Chấm dứt từ"))

    optional: tuple[str, ...] = ("place", "tax_code", "ceased_on")
    fixed = ("name",)

    def _states(self, record: ServiceProvider) -> list[tuple[str, str]]:
        today = clock.local_day(self.request.now)
        return [(kind, standing.state(record, kind, today)) for kind in standing.kinds(record)]

    def render_services(self, record: ServiceProvider) -> Any:
        rows = [(Kind(kind).label, badge(*labels.STATES[state])) for kind, state in self._states(record)]
        return format_html_join("", "<div>{} {}</div>", rows) if rows else "–"

    def value_services(self, record: ServiceProvider) -> str:
        rows = self._states(record)
        return "; ".join(f"{Kind(kind).label}: {labels.STATES[state][0]}" for kind, state in rows)

    def render_scopes(self, record: ServiceProvider) -> str:
        return self.value_scopes(record) or "–"

    def value_scopes(self, record: ServiceProvider) -> str:
        rules = load_provider_rules()
        parts = []
        for kind in standing.kinds(record):
            held = [item for item in record.qualifications.all() if item.kind == kind]
            codes = {code for item in held for code in rules.scope_of(standing.paper(item))}
            parts.append(labels.scopes(kind, codes))
        return " · ".join(filter(None, parts))


class ProviderTable(PublicProviderTable):
    """The same for officers, leading to the full record."""

    name = RecordColumn("providers:provider", verbose_name=_("Tên tổ chức"), order_by="name_folded")
    head = tables.Column(verbose_name=_("Người đứng đầu"), orderable=False)

    optional = (*PublicProviderTable.optional, "head")
