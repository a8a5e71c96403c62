"""The public list of service providers: no sign-in, no personal data beyond what providers must publish."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from atvsld.platform.acts import clock
from atvsld.platform.ui.listing import ListPage
from atvsld.registers.providers import queries
from atvsld.registers.providers.listing import ProviderFilter, PublicProviderTable
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.web.pages import papers, public_facts, services


class PublicProviderList(ListPage):
    """Every provider, for everybody."""

    model = ServiceProvider
    table_class = PublicProviderTable
    filter_class = ProviderFilter
    template_name = "providers/public_list.html"
    title = _("Danh sách tổ chức dịch vụ an toàn, vệ sinh lao động")
    pretitle = _("Thông tin công khai")
    order = ("name_folded", "pk")
    search_help = _("Tên (có dấu hay không dấu), số giấy tờ hoặc mã số thuế")
    export_name = "to-chuc-dich-vu"
    empty_title = _("Chưa có tổ chức dịch vụ nào trong danh sách")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Open to strangers: the check of sign-in is left out."""
        return TemplateView.dispatch(self, request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ServiceProvider]:
        return queries.public()

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)


class PublicProviderPage(TemplateView):
    """One provider, for everybody: papers and suspensions, not people."""

    template_name = "providers/public_provider.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = get_object_or_404(queries.public(), public_id=self.kwargs["public_id"])
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        return super().get_context_data(
            title=record.name,
            provider=record,
            facts=public_facts(record),
            services=services(record, today),
            papers=papers(record),
            suspensions=list(record.suspensions.all()),
            today=today,
            **kwargs,
        )
