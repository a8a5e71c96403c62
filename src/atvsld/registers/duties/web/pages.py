"""Pages of duties: the work list, and one duty with why it is so."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.duties import panel, queries, wording
from atvsld.registers.duties.contexts import context_name
from atvsld.registers.duties.glance import at_a_glance
from atvsld.registers.duties.listing import DutyFilter, DutyTable
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owner_name
from atvsld.registers.duties.policy import READ


class DutyList(ListPage):
    """What is to be done: mine, my body's, everything within reach."""

    permission = READ
    model = Duty
    template_name = "duties/list.html"
    table_class = DutyTable
    filter_class = DutyFilter
    title = _("Việc và hạn")
    order = ("due_at", "pk")
    search_help = _("Việc, số hồ sơ hoặc tên cơ sở")
    export_name = "viec-va-han"
    open_filters = 7
    empty_title = _("Không có việc nào đang chờ")
    empty_text = _("Việc phát sinh từ hồ sơ tai nạn và nghĩa vụ báo cáo sẽ tự hiện ở đây, kèm hạn và điều luật.")

    def get_queryset(self) -> QuerySet[Duty]:
        return queries.visible(self.actor).select_related("place", "body", "establishment")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:  # noqa: ARG002 — tone marks matter here
        return queries.search(queryset, self.query_text)

    def actions(self) -> list[PageAction]:
        return [PageAction(_("Đưa vào lịch của tôi"), reverse("duties:feed"), "calendar")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        return super().get_context_data(tiles=at_a_glance(self.actor, now), **kwargs)


class DutyPage(Page):
    """One duty: what, by when, why, and what happened to it."""

    permission = READ
    template_name = "duties/duty.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.visible(self.actor).select_related("place", "body", "establishment", "from_place", "from_body")
        duty = get_object_or_404(found, public_id=self.kwargs["public_id"])
        now = self.request.now  # type: ignore[attr-defined]
        return super().get_context_data(
            title=duty.title,
            duty=duty,
            line=panel.line(duty, now),
            facts=_facts(duty),
            why=duty.answer.get("explanation") or {},
            history=timeline(duty),
            page_actions=[PageAction(_("Mở hồ sơ"), duty.url, "external-link", primary=True)] if duty.url else [],
            **kwargs,
        )


def _facts(duty: Duty) -> list[tuple[Any, Any]]:
    from atvsld.platform.ui import formats_text

    found: list[tuple[Any, Any]] = [
        (_("Hồ sơ"), duty.label),
        (_("Lĩnh vực"), context_name(duty.context)),
        (_("Người phải làm"), owner_name(duty.owner)),
        (_("Cơ quan phải làm"), duty.body),
        (_("Cơ sở liên quan"), duty.establishment),
        (_("Địa bàn"), duty.place),
        (_("Tính từ"), formats_text.moment(duty.begun_at) if duty.begun_at else duty.period),
        (_("Hạn"), wording.due_text(duty)),
        (_("Trạng thái"), duty.get_state_display()),
    ]
    if duty.done_at:
        found.append((_("Xong lúc"), formats_text.moment(duty.done_at)))
    if duty.reason:
        found.append((_("Lý do"), duty.reason))
    if duty.moved_on:
        found.append((_("Chuyển từ"), f"{duty.from_body or duty.from_place} ({formats_text.day(duty.moved_on)})"))
    return found
