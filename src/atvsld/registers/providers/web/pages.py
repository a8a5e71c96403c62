"""Pages of the register of service providers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_date
from atvsld.law.providers import ProviderKind, load_provider_rules
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.providers import labels, queries, standing
from atvsld.registers.providers.listing import ProviderFilter, ProviderTable
from atvsld.registers.providers.models import (
    ProviderPerson,
    ProviderQualification,
    ProviderSuspension,
    ServiceProvider,
)
from atvsld.registers.providers.models.qualification import Kind
from atvsld.registers.providers.policy import CHANGE, PROVIDERS, READ


class ProviderList(ListPage):
    """All service providers."""

    permission = READ
    model = ServiceProvider
    table_class = ProviderTable
    filter_class = ProviderFilter
    title = _("Tổ chức dịch vụ an toàn, vệ sinh lao động")
    order = ("name_folded", "pk")
    search_help = _("Tên (có dấu hay không dấu), số giấy tờ hoặc mã số thuế")
    export_name = "to-chuc-dich-vu"

    def get_queryset(self) -> QuerySet[ServiceProvider]:
        return queries.visible(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Danh sách công khai"), reverse("public_providers:list"), "external-link")]
        if self.actor.may(CHANGE):
            found.append(PageAction(_("Thêm tổ chức"), reverse("providers:register"), "plus", primary=True))
        return found


class ProviderPage(Page):
    """One provider: what it may do today and why, papers, suspensions, people, who changed what."""

    permission = READ
    template_name = "providers/provider.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = get_object_or_404(queries.visible(self.actor), public_id=self.kwargs["public_id"])
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        may_change = bool(PROVIDERS.decide(self.actor, CHANGE, record))
        parts = {"provider_id": record.pk}
        return super().get_context_data(
            title=record.name,
            provider=record,
            facts=[*public_facts(record), (_("Người đứng đầu"), record.head)],
            services=services(record, today),
            papers=papers(record),
            suspensions=list(record.suspensions.all()),
            people=list(record.people.all()),
            may_change=may_change,
            page_actions=_actions(record) if may_change else [],
            today=today,
            history=timeline(
                record,
                [
                    (ProviderQualification, parts, _("Giấy tờ")),
                    (ProviderSuspension, parts, _("Đình chỉ")),
                    (ProviderPerson, parts, _("Người làm chuyên môn")),
                ],
            ),
            **kwargs,
        )


def public_facts(record: ServiceProvider) -> list[tuple[str | Promise, Any]]:
    """What everybody may know."""
    return [
        (_("Mã số thuế"), record.tax_code),
        (_("Địa bàn đặt trụ sở"), record.place.name if record.place else ""),
        (_("Địa chỉ"), record.address),
        (_("Điện thoại"), record.phone),
        (_("Thư điện tử"), record.email),
        (_("Trang thông tin"), record.website),
        (
            _("Tình trạng"),
            _("Chấm dứt từ %(day)s") % {"day": format_date(record.ceased_on)} if record.ceased_on else _("Hoạt động"),
        ),
    ]


def services(record: ServiceProvider, on: date) -> list[dict[str, Any]]:
    """Each service with its state on a day, the sentence behind it and the regime of the law on that day."""
    found = []
    for kind in standing.kinds(record):
        finding = standing.standing(record, standing.Matter(kind), on)
        word, tone = labels.STATES[standing.state(record, kind, on)]
        found.append({"label": Kind(kind).label, "word": word, "tone": tone, "finding": finding})
    return found


def papers(record: ServiceProvider) -> list[dict[str, Any]]:
    """Each paper with its last day by law and its scope in words."""
    rules = load_provider_rules()
    return [
        {
            "record": held,
            "ends_on": standing.ends_on(held),
            "scopes": labels.scopes(held.kind, rules.scope_of(standing.paper(held))),
            "rule": rules.kinds[ProviderKind(held.kind)],
        }
        for held in record.qualifications.all()
    ]


def _actions(record: ServiceProvider) -> list[PageAction]:
    def to(name: str) -> str:
        return reverse(f"providers:{name}", args=[record.public_id])

    return [
        PageAction(_("Ghi giấy tờ"), to("add_qualification"), "plus", primary=True),
        PageAction(_("Sửa thông tin"), to("change"), "edit"),
        PageAction(_("Ghi đình chỉ"), to("suspend"), "alert-triangle"),
        PageAction(_("Thêm người"), to("add_person"), "users"),
    ]
