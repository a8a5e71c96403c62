"""Pages of target II.1: measured, its downloads, and the people behind a number of deaths."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import policy as accidents
from atvsld.casework.accidents.models import Victim
from atvsld.documents.render import FORMATS, render
from atvsld.law import load_book
from atvsld.oversight.indicators import chart, figures, paper, policy, service, splitting, wording
from atvsld.oversight.indicators.facade import default_place
from atvsld.oversight.indicators.result import TargetReport
from atvsld.oversight.indicators.web.counts import lock_state
from atvsld.oversight.indicators.web.forms import TargetChoice
from atvsld.oversight.indicators.web.tables import table_html
from atvsld.oversight.reporting.subject import Basis, Boundary
from atvsld.oversight.reporting.web.tables import VictimTable
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, actor_of, requires

PAGE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; the actor's own place where it says nothing."""

    place: str
    basis: str
    boundary: str

    def address(self, route: str, *, kind: str = "", **extra: str) -> str:
        chosen = {name: value for name, value in asdict(self).items() if value} | extra
        return f"{reverse(f'indicators:{route}', kwargs={'kind': kind} if kind else None)}?{urlencode(chosen)}"


class FatalRatePage(Page):
    """Target II.1 measured."""

    permission = policy.READ
    template_name = "indicators/fatal_rate.html"
    title = gettext_lazy("Tỷ lệ tai nạn lao động chết người")
    pretitle = gettext_lazy("Chỉ tiêu II.1 của kế hoạch")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = asked_for(self.request, self.actor)
        targets = load_book().targets
        context: dict[str, Any] = {
            "choice": TargetChoice(asdict(asked), actor=self.actor),
            "target": targets[service.FATAL_RATE],
        }
        try:
            report = service.fatal_rate(self.actor, **asdict(asked), at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            return super().get_context_data(problems=error.problems, **context, **kwargs)
        context["lock"] = lock_state(report, self.actor, exact=report.baseline.rate.value is not None)
        return super().get_context_data(**context, **_shown(report, asked), **kwargs)


@requires(policy.READ)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same target as a file."""
    if kind not in FORMATS:
        raise Http404
    report = service.fatal_rate(
        actor_of(request), **asdict(asked_for(request, actor_of(request))), at=request.now  # type: ignore[attr-defined]
    )  # fmt: skip
    if kind == "json":
        content = (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        content = render(paper.document(report), kind)
    response = HttpResponse(content, content_type=FORMATS[kind].media_type)
    name = f"chi-tieu-{report.target.id}_{report.subject.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class RecordsPage(ListPage):
    """The people behind a number of deaths."""

    permission = policy.READ
    template_name = "indicators/records.html"
    model = Victim
    table_class = VictimTable
    searchable = False
    order = ("case__occurred_at", "case_id", "position")
    pretitle = gettext_lazy("Hồ sơ đứng sau con số")
    export_name = "nguoi-chet-chi-tieu-II1"

    @cached_property
    def asked(self) -> Asked:
        return asked_for(self.request, self.actor)

    @cached_property
    def picked(self) -> tuple[int, str, str]:
        """Year, conclusion and labour relation of the figure; 404 for an address no figure leads to."""
        get = self.request.GET.get
        year, conclusion, group = get("year", ""), get("conclusion", figures.COUNTED), get("group", "")
        known = conclusion in (figures.COUNTED, figures.PENDING) and group in ("", *figures.GROUPS)
        if not known or not year.isdecimal() or len(year) > 4:
            raise Http404
        return int(year), conclusion, group

    @property
    def serious(self) -> bool:
        """Whether severe injuries count beside deaths."""
        return self.request.GET.get("harm", "") == "serious"

    @property
    def since(self) -> int:
        """The first of several years; 0 for one year alone."""
        text = self.request.GET.get("since", "")
        return int(text) if text.isdecimal() and len(text) == len("2023") and int(text) <= self.picked[0] else 0

    @cached_property
    def every(self) -> QuerySet[Victim]:
        year, conclusion, group = self.picked
        piece = service.ground_of(self.actor, year, **asdict(self.asked), at=self.request.now)  # type: ignore[attr-defined]
        measures = service.SERIOUS if self.serious else ("deaths",)
        if first := self.since:
            piece = service.since(piece, first)
        groups = (group,) if group else figures.GROUPS
        found = figures.victims(piece, conclusion=conclusion, groups=groups, measures=measures)
        by, unit = self.request.GET.get("by", ""), self.request.GET.get("unit", "")
        if not by:
            return found
        if by not in splitting.GROUPINGS:
            raise Http404
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        return splitting.narrowed(
            found, by, splitting.split(piece, by, day=today, measures=measures).keys.get(unit, frozenset())
        )

    def get_queryset(self) -> QuerySet[Victim]:
        seen = accidents.VICTIMS.restrict(self.every, self.actor, accidents.READ)
        return seen.select_related("case", "case__place", "case__establishment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, conclusion, group = self.picked
        total = self.every.count()
        everything = any(scope.everything for scope in self.actor.scopes(accidents.READ))
        return super().get_context_data(
            title=(_("Người chết, bị thương nặng do tai nạn lao động năm %(year)s") if self.serious
                   else _("Người chết do tai nạn lao động năm %(year)s"))
            % {"year": f"{self.since}–{year}" if self.since else year},
            total=total,
            hidden=0 if everything else total - self.get_queryset().count(),
            group=wording.SECTORS.get(group, _("Mọi quan hệ lao động")),
            conclusion=_("vụ chờ kết luận")
            if conclusion == figures.PENDING
            else _("vụ đã kết luận là tai nạn lao động"),
            back=self.asked.address("fatal_rate"),
            **kwargs,
        )  # fmt: skip


def asked_for(request: HttpRequest, actor: Actor) -> Asked:
    get = request.GET.get
    return Asked(
        place=get("place", "") or default_place(actor),
        basis=get("basis", "") or str(Basis.PLACE),
        boundary=get("boundary", "") or str(Boundary.PERIOD_END),
    )


def _shown(report: TargetReport, asked: Asked) -> dict[str, Any]:
    """Everything the page prints of a report."""

    def href(year: int, conclusion: str, group: str) -> str:
        return asked.address("records", year=str(year), conclusion=conclusion, group=group)

    latest = report.latest
    return {
        "report": report,
        "subtitle": report.subject.name,
        "latest": latest,
        "baseline": report.baseline,
        "verdict": wording.verdict(report.verdict),
        "headline": wording.headline(report),
        "meaning": wording.meaning(report),
        "in_progress": wording.in_progress(report.in_progress) if report.in_progress else "",
        "naive": _naive(report),
        "chart": chart.spec(report, font=PAGE_FONT) if report.path else None,
        "chart_alt": chart.alt(report),
        "years_table": mark_safe(table_html(paper.years_table(report, href=href))),  # noqa: S308 - escaped by the renderer
        "sources_table": mark_safe(table_html(paper.sources_table(report))),  # noqa: S308 - as above
        "method": list(paper.method(report)),
        "factor_note": paper.factor_note(report),
        "published": report.target.published,
        "deaths_url": href(latest.year, figures.COUNTED, figures.CONTRACT) if latest else "",
        "downloads": [(kind, asked.address("download", kind=kind)) for kind in ("docx", "pdf", "xlsx", "json")],
    }


def _naive(report: TargetReport) -> str:
    """The bare comparison of figures, for those who would make it anyway."""
    assessment = report.latest.assessment if report.latest else None
    if assessment is None or assessment.naive is None:
        return ""
    return _("Nếu chỉ so con số: đạt") if assessment.naive else _("Nếu chỉ so con số: chưa đạt")
