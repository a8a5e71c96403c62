"""Pages of the register of bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_date
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.listing import BodyFilter, BodyTable
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.policy import CHANGE, READ
from atvsld.registers.related import related


class BodyList(ListPage):
    """Bodies of a chosen day."""

    permission = READ
    model = Body
    table_class = BodyTable
    filter_class = BodyFilter
    title = _("Cơ quan, tổ chức")
    order = ("-place__level", "place__code", "name_folded")  # the province first: its level sorts last
    export_name = "co-quan"
    empty_title = _("Không có cơ quan nào vào ngày này")

    def actions(self) -> list[PageAction]:
        return [PageAction(_("Khu kinh tế, khu công nghiệp"), reverse("bodies:zones"), "map-pin")]

    def get_queryset(self) -> QuerySet[Body]:
        return Body.objects.select_related("place").prefetch_related("functions")


class BodyPage(Page):
    """One body: what it holds, from whom it took over, who took over from it."""

    permission = READ
    template_name = "bodies/body.html"

    def actions(self) -> list[PageAction]:
        if not self.actor.may(CHANGE):
            return []
        address = reverse("bodies:succession", args=[self.kwargs["public_id"]])
        return [PageAction(_("Ghi cơ quan kế thừa"), address, "arrow-right")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body = get_object_or_404(Body.objects.select_related("place"), public_id=self.kwargs["public_id"])
        held = body.functions.select_related("place").order_by("function", "valid_from")
        return super().get_context_data(
            title=body.name,
            body=body,
            facts=_facts(body),
            functions=[(FUNCTIONS.get(row.function, row.function), row) for row in held],
            predecessors=[
                (edge.predecessor, edge)
                for edge in body.precessions.select_related("predecessor").order_by("effective_on", "predecessor__code")
            ],
            successors=[
                (edge.successor, edge)
                for edge in body.successions.select_related("successor").order_by("effective_on", "successor__code")
            ],
            zones=body.zones.select_related("zone").order_by("zone__name", "valid_from"),
            related=related("body", body, self.actor),
            history=timeline(body, [(BodyFunction, {"body_id": body.pk}, _("Chức năng"))]),
            **kwargs,
        )


def _facts(body: Body) -> list[tuple[str | Promise, Any]]:
    first = _("trước 2024 (nguồn không ghi ngày)") if body.valid_from.year < 2024 else format_date(body.valid_from)
    return [
        (_("Mã"), body.code),
        (_("Tên tắt"), body.short_name or "–"),
        (_("Cơ quan chủ quản"), body.parent_line or "–"),
        (_("Có từ"), first),
        (_("Đến hết"), format_date(body.valid_to) if body.valid_to else _("nay")),
        (_("Ghi chú"), body.note or "–"),
    ]
