"""Pages of campaigns: the list, one campaign with what came of it, the results, one result."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.campaigns import asked, queries
from atvsld.casework.campaigns.charting import chart, chart_alt
from atvsld.casework.campaigns.listing import (
    CampaignFilter,
    CampaignTable,
    ResultFilter,
    ResultTable,
    by_owner,
    timeliness,
)
from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.casework.campaigns.offers import offers
from atvsld.casework.campaigns.policy import CAMPAIGNS, CHANGE, OPEN, OWN, READ
from atvsld.casework.campaigns.summary import summary
from atvsld.casework.campaigns.web.sheet import sheet
from atvsld.kit.text import fold
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui import export
from atvsld.platform.ui.formats_text import day, moment
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction


class CampaignList(ListPage):
    """Every campaign: they are announced to all."""

    permission = READ
    model = Campaign
    table_class = CampaignTable
    filter_class = CampaignFilter
    title = _("Tháng hành động, Tháng Công nhân và các đợt cao điểm")
    order = ("-year", "-starts_on", "-pk")
    search_help = _("Chủ đề hoặc tên đợt")
    export_name = "dot-cao-diem"
    empty_text = _("Cơ quan thường trực mở đợt của năm.")

    def get_queryset(self) -> QuerySet[Campaign]:
        seen = queries.visible_results(self.actor).filter(current__isnull=False).values("pk")
        return Campaign.objects.select_related("body").annotate(
            told=Count("results", filter=Q(results__in=seen), distinct=True)
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        wanted = [one.pk for one in queryset if text in fold(f"{one} {one.theme}")]
        return queryset.filter(pk__in=wanted)

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Kết quả các đơn vị"), reverse("campaigns:results"), "list-details")]
        if self.actor.may(OPEN):
            found.append(PageAction(_("Mở đợt mới"), reverse("campaigns:new"), "plus", primary=True))
        return found


class CampaignPage(Page):
    """One campaign: what it asks, who told, who did not, what it adds up to."""

    permission = READ
    template_name = "campaigns/campaign.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        campaign = campaign_or_404(self.kwargs["public_id"])
        if request.GET.get("xuat") == "xlsx":
            rows = sheet(campaign, summary(campaign, self.actor))
            return export.respond("xlsx", f"ket-qua-dot-{campaign.year}", rows)
        return super().get(request, *args, campaign=campaign, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign: Campaign = kwargs["campaign"]
        found = summary(campaign, self.actor)
        spec = asked.form(campaign.ends_on)
        own = {owner_key(one): one for one in queries.visible_results(self.actor, CHANGE).filter(campaign=campaign)}
        actions = [PageAction(_("Xuất Excel"), "?xuat=xlsx", "file-spreadsheet")]
        may_open = bool(CAMPAIGNS.decide(self.actor, OPEN, campaign))
        if may_open:
            actions.append(PageAction(_("Sửa đợt"), reverse("campaigns:change", args=[campaign.public_id]), "pencil"))
        mine = [(owner, own.get(owner.key)) for owner in queries.writes_for(self.actor, campaign)]
        return super().get_context_data(
            **kwargs | {
                "title": str(campaign), "campaign": campaign, "facts": _facts(campaign), "form": spec,
                "found": found, "chart": chart(found), "chart_alt": chart_alt(found), "mine": mine,
                "may_open": may_open,
                "rows": [(row, [kind.sums.get(row.key) for kind in (*found.kinds, found.total)])
                         for row in asked.rows(campaign.ends_on)],
                "told": [(one, timeliness(one)) for one in found.told], "page_actions": actions,
                "history": timeline(campaign),
            }
        )  # fmt: skip


class ResultList(ListPage):
    """Results within reach, narrowed to those a figure counted when its address says so."""

    permission = READ
    model = CampaignResult
    table_class = ResultTable
    filter_class = ResultFilter
    title = _("Kết quả đợt cao điểm của các đơn vị")
    order = ("-campaign__starts_on", "-first_sent_at", "-pk")
    search_help = _("Tên cơ quan, cơ sở")
    export_name = "ket-qua-dot-cao-diem"

    def get_queryset(self) -> QuerySet[CampaignResult]:
        return by_owner(queries.visible_results(self.actor), self.request.GET)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(Q(body__name_folded__contains=text) | Q(establishment__name_folded__contains=text))

    def figure(self) -> Any:
        narrowed = {"body", "establishment", "place", "co"} & set(self.request.GET)
        return _("Danh sách chỉ gồm các kết quả được đếm trong con số vừa mở.") if narrowed else ""


class ResultPage(Page):
    """One result: figures typed beside those the registers hold, words, versions sent, receipt."""

    permission = READ
    template_name = "campaigns/result.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        result = result_or_404(self.actor, self.kwargs["public_id"], READ)
        may_change = bool(OWN.decide(self.actor, CHANGE, result))
        # Whoever writes it sees the page being written; others what was sent.
        held = asked.read(result.stated) if may_change else queries.sent_figures(result)
        beside = offers(result)
        lines = []
        for row in asked.rows(result.campaign.ends_on):
            given, offer = held.get(row.key), beside.get(row.key)
            gap = given.value - offer.value if given and offer and offer.value is not None else None
            lines.append((row, given, offer, gap))
        actions = []
        if may_change:
            label = _("Đính chính") if result.current_id else _("Ghi kết quả")
            url = reverse("campaigns:write", args=[result.public_id])
            actions = [PageAction(label, url, "pencil", primary=True)]
        return super().get_context_data(
            title=result.owner_name, result=result, campaign=result.campaign, lines=lines,
            words=_words(result, may_change=may_change),
            form=asked.form(result.campaign.ends_on), timeliness=timeliness(result),
            sendings=result.sendings.order_by("-edition"), page_actions=actions, may_change=may_change,
            history=timeline(result), **kwargs,
        )  # fmt: skip


def campaign_or_404(public_id: str) -> Campaign:
    """A campaign; they are announced to everybody who may read this room."""
    found = Campaign.objects.select_related("body", "place").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def result_or_404(actor: Any, public_id: str, permission: str) -> CampaignResult:
    """The result, if it exists for this person."""
    found = queries.visible_results(actor, permission).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def owner_key(result: CampaignResult) -> str:
    """How forms name the owner of a result."""
    return f"body-{result.body_id}" if result.body_id else f"establishment-{result.establishment_id}"


def _words(result: CampaignResult, *, may_change: bool) -> list[tuple[Any, str]]:
    """The texts, as written or as sent."""
    source = result if may_change or result.current is None else result.current
    names = ((name, CampaignResult._meta.get_field(name)) for name in asked.WORDS)  # noqa: SLF001
    return [(field.verbose_name, getattr(source, name)) for name, field in names]  # type: ignore[union-attr]


def _facts(campaign: Campaign) -> list[tuple[Any, Any]]:
    # The law fixes no term: the letter of the year does.
    due = day(campaign.report_due) if campaign.report_due else _("Chưa có văn bản ấn định")
    return [
        (_("Chủ đề"), campaign.theme or "–"),
        (_("Thời gian"), f"{day(campaign.starts_on)} – {day(campaign.ends_on)}"),
        (_("Cơ quan thường trực"), campaign.body.name),
        (_("Hạn báo cáo"), due),
        (_("Văn bản ấn định hạn"), campaign.due_source or "–"),
        (_("Mở lúc"), moment(campaign.opened_at)),
    ]
