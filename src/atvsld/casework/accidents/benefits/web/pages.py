"""Pages of the benefits: the list, and one sum."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.benefits import queries
from atvsld.casework.accidents.benefits.listing import BenefitFilter, BenefitTable
from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
from atvsld.casework.accidents.benefits.policy import BENEFITS, CHANGE, READ, READ_RECKONING
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.queries import search as search_cases
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day, money
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction


class BenefitList(ListPage):
    """All sums reckoned, decided and paid within reach."""

    permission = READ
    model = Benefit
    table_class = BenefitTable
    filter_class = BenefitFilter
    title = _("Chế độ của người bị nạn")
    order = ("-on", "-pk")
    search_help = _("Số hồ sơ vụ, tên hoặc mã số thuế của cơ sở")
    export_name = "che-do-nguoi-bi-nan"
    empty_text = _("Mở hồ sơ vụ tai nạn, mục “Chế độ của người bị nạn”, rồi chọn “Tính chế độ”.")

    def get_queryset(self) -> QuerySet[Benefit]:
        return queries.visible(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(case__in=search_cases(AccidentCase.objects.all(), text))

    def actions(self) -> list[PageAction]:
        return [PageAction(_("Tính thử"), reverse("accident_benefits:calculator"), "calculator")]


class BenefitPage(Page):
    """One sum: by law, decided, paid, filed; what is next; who did what."""

    permission = READ
    template_name = "accident_benefits/benefit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.visible(self.actor).filter(
            public_id=self.kwargs["key"], case__public_id=self.kwargs["public_id"]
        )
        benefit = found.first()
        if benefit is None:
            raise Http404
        parts = [(BenefitPayment, {"benefit_id": benefit.pk}, _("Khoản chi"))]
        return super().get_context_data(
            title=benefit.get_kind_display(),
            benefit=benefit,
            case=benefit.case,
            facts=_facts(benefit),
            payments=list(benefit.payments.all()),
            may_change=bool(BENEFITS.decide(self.actor, CHANGE, benefit)),
            may_read_reckoning=bool(BENEFITS.decide(self.actor, READ_RECKONING, benefit)),
            history=timeline(benefit, parts, masked=("reckoning_sealed", "assessment_number")),
            **kwargs,
        )


def _facts(benefit: Benefit) -> list[tuple[str, Any]]:
    return [
        (str(_("Mức theo luật")), money(benefit.reckoned)),
        (str(_("Tính theo ngày")), day(benefit.on)),
        (str(_("Mức quyết định")), money(benefit.decided)),
        (str(_("Quyết định")), f"{benefit.decision_number} ({day(benefit.decided_on)})" if benefit.decided_on else "–"),
        (str(_("Đã chi")), money(benefit.paid)),
        (str(_("Còn phải chi")), money(benefit.owed) if benefit.owed is not None else "–"),
        (str(_("Gửi hồ sơ đến cơ quan lao động")), day(benefit.filed_on) if benefit.filed_on else "–"),
        (str(_("Lý do thấp hơn mức luật")), benefit.lower_reason or "–"),
    ]
