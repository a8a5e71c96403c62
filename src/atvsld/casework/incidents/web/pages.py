"""Pages of technical incidents: the list, and one incident."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.incidents import queries, timing
from atvsld.casework.incidents.listing import IncidentFilter, IncidentTable
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.casework.incidents.policy import CHANGE, CREATE, INCIDENTS, JUDGE, READ
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import day, moment, money, number
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.duties import facade as duties


class IncidentList(ListPage):
    """All incidents within reach."""

    permission = READ
    model = TechnicalIncident
    table_class = IncidentTable
    filter_class = IncidentFilter
    title = _("Sự cố kỹ thuật gây mất an toàn, vệ sinh lao động")
    order = ("-occurred_at", "-pk")
    search_help = _("Số hồ sơ, cơ sở, mã số thuế, tên hoặc số thiết bị")
    export_name = "su-co-ky-thuat"
    empty_text = _("Sự cố làm người lao động của cơ sở bị nạn còn có hồ sơ tai nạn riêng.")

    def get_queryset(self) -> QuerySet[TechnicalIncident]:
        return queries.visible(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        if not self.actor.may(CREATE):
            return []
        return [PageAction(_("Ghi nhận sự cố"), reverse("incidents:new"), "plus", primary=True)]


class IncidentPage(Page):
    """One incident: what happened, what must be reported to whom, the result, who did what."""

    permission = READ
    template_name = "incidents/incident.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incident = queries.visible(self.actor).filter(public_id=self.kwargs["public_id"]).first()
        if incident is None:
            raise Http404
        now = self.request.now  # type: ignore[attr-defined]
        may_change = bool(INCIDENTS.decide(self.actor, CHANGE, incident))
        held = duties.lines(duties.of_subject("incidents", incident.public_id), now)
        is_open = incident.state == TechnicalIncident.State.OPEN
        return super().get_context_data(
            title=_("Sự cố %(number)s") % {"number": incident.number},
            incident=incident,
            facts=_facts(incident),
            duties=[(line, line.duty.rule in timing.RULES and line.duty.state == "open") for line in held],
            may_change=may_change and is_open,
            may_judge=bool(INCIDENTS.decide(self.actor, JUDGE, incident)) and is_open,
            may_reopen=may_change and not is_open,
            page_actions=_actions(incident) if may_change and is_open else [],
            history=timeline(incident, []),
            **kwargs,
        )


def _actions(incident: TechnicalIncident) -> list[PageAction]:
    return [
        PageAction(_("Kết thúc hồ sơ"), reverse("incidents:close", args=[incident.public_id]), "check"),
        PageAction(_("Sửa"), reverse("incidents:change", args=[incident.public_id]), "pencil", primary=True),
    ]


def _facts(incident: TechnicalIncident) -> list[tuple[str, Any]]:
    return [
        (str(_("Xảy ra lúc")), moment(incident.occurred_at)),
        (str(_("Nơi xảy ra")), incident.place.name),
        (str(_("Cơ sở")), incident.establishment.name if incident.establishment else "–"),
        (str(_("Đối tượng gây sự cố")), f"{incident.get_object_kind_display()}: {incident.object_name}"),
        (str(_("Số chế tạo hoặc số đăng ký")), incident.object_number or "–"),
        (str(_("Pháp luật áp dụng")), incident.get_sector_law_display()),
        (str(_("Người sử dụng lao động biết lúc")), moment(incident.known_at) if incident.known_at else "–"),
        (str(_("Cơ quan nhận tin lúc")), moment(incident.received_at) if incident.received_at else "–"),
        (str(_("Người chết không thuộc quyền quản lý")), number(incident.outsiders_dead)),
        (str(_("Người bị thương nặng không thuộc quyền quản lý")), number(incident.outsiders_severe)),
        (str(_("Thương vong chưa rõ")), _("Có") if incident.casualties_unclear else _("Không")),
        (str(_("Nhiều cơ sở hoặc địa phương")), _("Có") if incident.many_places else _("Không")),
        (str(_("Thiệt hại")), money(incident.damage)),
        (str(_("Kết thúc ngày")), day(incident.closed_on) if incident.closed_on else "–"),
    ]
