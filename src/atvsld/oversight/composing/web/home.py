"""All that officers composed: tables, reports, Word forms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.composing.models import ComposedReport, SavedTable, WordForm
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.oversight.composing.vocabulary import DIMENSIONS
from atvsld.platform.ui.pages import Page, PageAction


class HomePage(Page):
    """What exists, who made it, and the ways to make more."""

    permission = COMPOSE
    template_name = "composing/home.html"
    title = _("Tự soạn báo cáo")
    pretitle = _("Báo cáo và chỉ tiêu")

    def actions(self) -> list[PageAction]:
        return [
            PageAction(_("Bảng mới"), reverse("composing:new_table"), "table"),
            PageAction(_("Mẫu Word mới"), reverse("composing:new_word_form"), "file-type-docx"),
            PageAction(_("Báo cáo mới"), reverse("composing:new_report"), "plus", primary=True),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = [
            (table, DIMENSIONS[table.by].label if table.by else _("Không chia"))
            for table in SavedTable.objects.order_by("name", "pk")
        ]
        return super().get_context_data(
            tables=tables,
            reports=ComposedReport.objects.all(),
            word_forms=WordForm.objects.prefetch_related("marks"),
            mine=self.actor.user_id,
            **kwargs,
        )
