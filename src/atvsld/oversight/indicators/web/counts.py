"""Pages of a target that reports tell: the target, the establishments behind a figure, the same as a file."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.documents.render import FORMATS, render
from atvsld.oversight.filing.facade import Filing
from atvsld.oversight.indicators import count_paper, count_wording, counted, line_chart, policy, reported, wording
from atvsld.oversight.indicators.counted import CountReport
from atvsld.oversight.indicators.facade import default_place
from atvsld.oversight.indicators.summary import of_count
from atvsld.oversight.indicators.web.board import PAGE_FONT
from atvsld.oversight.indicators.web.forms import LiftForm, LockForm, PlaceChoice
from atvsld.oversight.indicators.web.tables import table_html
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, actor_of, requires
from atvsld.platform.ui.tables import ListTable, RecordColumn
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.policy import ESTABLISHMENTS
from atvsld.registers.establishments.policy import READ as READ_ESTABLISHMENTS

_LISTS = {
    "counted": gettext_lazy("Cơ sở làm nên con số"),
    "told": gettext_lazy("Cơ sở đã báo cáo"),
    "blank": gettext_lazy("Cơ sở để trống mục này"),
    "silent": gettext_lazy("Cơ sở có yếu tố có hại chưa báo cáo"),
    "unclear": gettext_lazy("Cơ sở chưa báo cáo, chưa rõ có yếu tố có hại"),
}
# Establishments without a readable figure are few; those listed are found by their keys.
_YEAR_DIGITS = 4


class CountPage(Page):
    """A target on a count, from reports handed in."""

    permission = policy.READ
    template_name = "indicators/counted.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = target_or_404(self.kwargs["target"])
        place = self.request.GET.get("place", "") or default_place(self.actor)
        context: dict[str, Any] = {
            "choice": PlaceChoice({"place": place}, actor=self.actor),
            "pretitle": _("Chỉ tiêu %(id)s của kế hoạch") % {"id": target},
        }
        try:
            report = counted.count_report(self.actor, target, place=place, at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            return super().get_context_data(problems=error.problems, title=target, **context, **kwargs)
        return super().get_context_data(**context, **_shown(report, place, self.actor), **kwargs)


def _shown(report: CountReport, place: str, actor: Actor) -> dict[str, Any]:
    line = of_count(report, place=place)

    def href(year: int, wanted: str) -> str:
        return address("reports", report.target.id, place=place, year=str(year), list=wanted)

    return {
        "title": count_wording.title(report),
        "subtitle": report.subject.name,
        "report": report,
        "line": line,
        "verdict": wording.verdict(report.verdict),
        "missing": count_wording.when(report),
        "reason": count_wording.reason(report),
        "chart": line_chart.spec(line, font=PAGE_FONT, height=280) if line_chart.drawable(line) else None,
        "chart_alt": line_chart.alt(line),
        "years_table": mark_safe(table_html(count_paper.years_table(report, href=href))),  # noqa: S308 - escaped by the renderer
        "method": list(count_paper.method(report)),
        "reading_note": count_paper.reading_note(report),
        "lock": lock_state(report, actor, exact=report.baseline.known.exact and bool(report.baseline.known.low)),
        "downloads": [(kind, address("download_count", report.target.id, kind, place=place))
                      for kind in ("docx", "pdf", "xlsx", "json")],
    }  # fmt: skip


def lock_state(report: Any, actor: Actor, *, exact: bool) -> dict[str, Any] | None:
    """The form by which a baseline is fixed or lifted; None for those who may not."""
    if not actor.may(policy.LOCK):
        return None
    return {
        "form": LockForm(), "lift": LiftForm(), "locked": report.locked, "possible": exact,
        "target": report.target.id, "place": report.subject.code,
    }  # fmt: skip


class ReportTable(ListTable):
    """An establishment a row, with the report that was read."""

    name = RecordColumn("establishments:establishment", verbose_name=gettext_lazy("Cơ sở"), order_by="name_folded")
    tax_code = tables.Column(verbose_name=gettext_lazy("Mã số thuế"))
    place = tables.Column(accessor="place__name", verbose_name=gettext_lazy("Nơi hoạt động"))
    filed = tables.Column(
        accessor="report_read", verbose_name=gettext_lazy("Báo cáo"), empty_values=(), orderable=False,
        linkify=lambda record: reverse("filing:filing", args=[record.report_read]) if record.report_read else None,
    )  # fmt: skip

    fixed = ("name",)

    def render_filed(self, value: str | None) -> str:
        return _("Mở báo cáo") if value else "–"

    def value_filed(self, value: str | None) -> str:
        return value or ""


class ReportsPage(ListPage):
    """The establishments behind a figure of a year: the passport of the count."""

    permission = policy.READ
    template_name = "indicators/reports.html"
    model = Establishment
    table_class = ReportTable
    order = ("name_folded", "pk")
    pretitle = gettext_lazy("Báo cáo đứng sau con số")
    export_name = "co-so-dung-sau-chi-tieu"

    @cached_property
    def asked(self) -> tuple[str, int, str, str]:
        """Target, year, list and place; 404 for an address no figure leads to."""
        get = self.request.GET.get
        target, year, wanted = target_or_404(self.kwargs["target"]), get("year", ""), get("list", "counted")
        if wanted not in reported.LISTS or not (year.isdecimal() and len(year) == _YEAR_DIGITS):
            raise Http404
        return target, int(year), wanted, get("place", "") or default_place(self.actor)

    @cached_property
    def firms(self) -> frozenset[int]:
        target_id, year, wanted, place = self.asked
        target, measure = counted.told_target(target_id)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        if not target.baseline_year <= year <= today.year:
            raise Http404
        subject = counted.ground_of(self.actor, place=place, today=today)
        return counted.told_in(measure, subject, year, today=today).firms(wanted)

    def get_queryset(self) -> QuerySet[Establishment]:
        target_id, year, _wanted, _place = self.asked
        _target, measure = counted.told_target(target_id)
        read = Filing.objects.filter(
            establishment=OuterRef("pk"), period=str(year), report__in=measure.reports, state__in=reported.COUNTED
        ).order_by("report")
        found = Establishment.objects.filter(pk__in=self.firms).select_related("place")
        seen = ESTABLISHMENTS.restrict(found, self.actor, READ_ESTABLISHMENTS)
        return seen.annotate(report_read=Subquery(read.values("public_id")[:1]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target_id, year, wanted, place = self.asked
        return super().get_context_data(
            title=_("Chỉ tiêu %(id)s, năm %(year)s") % {"id": target_id, "year": year},
            label=_LISTS[wanted],
            total=len(self.firms),
            hidden=len(self.firms) - self.scoped().count(),
            back=address("counted", target_id, place=place),
            **kwargs,
        )


@requires(policy.READ)
def download_count(request: HttpRequest, target: str, kind: str) -> HttpResponse:
    """The same target as a file."""
    if kind not in FORMATS:
        raise Http404
    actor = actor_of(request)
    place = request.GET.get("place", "") or default_place(actor)
    report = counted.count_report(actor, target_or_404(target), place=place, at=request.now)  # type: ignore[attr-defined]
    if kind == "json":
        content = (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        content = render(count_paper.document(report), kind)
    response = HttpResponse(content, content_type=FORMATS[kind].media_type)
    name = f"chi-tieu-{target}_{report.subject.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def target_or_404(text: str) -> str:
    """The id of a target that reports tell."""
    try:
        return counted.told_target(text)[0].id
    except Rejected as error:
        raise Http404 from error


def address(route: str, *args: str, **query: str) -> str:
    """An address of this room with what was chosen."""
    url = reverse(f"indicators:{route}", args=args)
    chosen = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(chosen)}" if chosen else url
