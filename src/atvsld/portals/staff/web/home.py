"""The first page: the officer's area at a glance."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import facade as accidents
from atvsld.casework.accidents.declarations import facade as declarations
from atvsld.casework.accidents.declarations.policy import CREATE as DECLARE
from atvsld.casework.accidents.policy import CREATE, IMPORT
from atvsld.casework.accidents.policy import READ as READ_CASES
from atvsld.kit.periods import Period
from atvsld.oversight.indicators import facade as indicators
from atvsld.oversight.reporting.policy import READ as READ_REPORTS
from atvsld.platform.acts.clock import local_day
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.portals.staff import glance
from atvsld.registers.duties import facade as duties
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.policy import READ as READ_ESTABLISHMENTS

CHART_HEIGHT = 210
CHART_STEP = 50


class Home(Page):
    template_name = "staff/home.html"
    title = gettext_lazy("Trang chính")

    def actions(self) -> list[PageAction]:
        found = []
        if self.actor.may(READ_REPORTS):
            found.append(PageAction(_("Lập báo cáo"), "/bao-cao/", "report-analytics"))
        if self.actor.may(IMPORT):
            found.append(PageAction(_("Nhập từ tệp"), "/nhap-du-lieu/", "file-upload"))
        if self.actor.may(CREATE):
            found.append(PageAction(_("Ghi nhận vụ mới"), "/tai-nan/moi/", "plus"))
        if self.actor.may(DECLARE):
            url = "/xa/" if declarations.speaks_for_commune(self.actor) else "/khai-bao/moi/"
            found.append(PageAction(_("Khai báo tai nạn"), url, "ambulance", primary=True))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(self.request.now)  # type: ignore[attr-defined]
        context: dict[str, Any] = {"today": today, "greeting": self.request.user.get_full_name()}  # type: ignore[union-attr]
        if self.actor.may(READ_CASES):
            found = glance.year_so_far(self.actor, today)
            period = Period.parse(str(today.year))
            context |= {
                "found": found,
                "tiles": _tiles(found, period),
                "chart": month_chart(found),
                "latest": accidents.latest(self.actor, 8),
                "gaps": self._gaps(period),
            }
        context["duties"] = duties.at_a_glance(self.actor, self.request.now)  # type: ignore[attr-defined]
        context["target"] = indicators.verdict_tile(self.actor, self.request.now)  # type: ignore[attr-defined]
        return super().get_context_data(**(context | kwargs))

    def _gaps(self, period: Period) -> list[tuple[str, int, str]]:
        """What records still lack: sentence, how many, where to mend it."""
        gaps = accidents.gaps(self.actor, period)
        where = f"/tai-nan/?period={period.code}"
        found = [
            (_("vụ chưa có kết luận"), gaps.pending, f"{where}&conclusion=pending"),
            (_("vụ chưa rõ nguyên nhân"), gaps.cause, f"{where}&cause=unknown"),
            (_("vụ chưa rõ yếu tố gây chấn thương"), gaps.agent, f"{where}&agent=unknown"),
            (_("vụ chưa rõ mức độ thương tích"), gaps.severity, f"{where}&severity=unknown"),
        ]
        if self.actor.may(READ_ESTABLISHMENTS):
            unverified = establishments.visible(self.actor).filter(verification="unverified").count()
            found.append((_("cơ sở chưa xác minh"), unverified, "/co-so/?verification=unverified"))
        return found


def _tiles(found: glance.YearSoFar, period: Period) -> list[dict[str, Any]]:
    where = f"/tai-nan/?period={period.code}"
    people = f"/tai-nan/nguoi-bi-nan/?period={period.code}"
    rows = [
        (_("Vụ tai nạn"), "ambulance", found.cases, where),
        (_("Vụ có người chết"), "alert-triangle", found.fatal_cases, f"{where}&severity=fatal"),
        (_("Người chết"), "users", found.deaths, f"{people}&severity=fatal"),
        (_("Người bị thương nặng"), "first-aid-kit", found.severe, f"{people}&severity=severe"),
    ]
    return [
        {
            "label": label,
            "icon": icon,
            "value": pair.now,
            "url": url,
            "trend": "+−"[pair.difference < 0] + _grouped(abs(pair.difference)) if pair.difference else "±0",
            "good": None if pair.difference == 0 else pair.difference < 0,
            "note": _("so với %(before)s cùng kỳ năm trước") % {"before": _grouped(pair.before)},
        }
        for label, icon, pair, url in rows
    ]


def _grouped(count: int) -> str:
    return number_format(count, force_grouping=True)


def month_chart(found: glance.YearSoFar) -> dict[str, Any]:
    """Columns of cases by month, drawn as SVG: no script, no colour without a label."""
    top = max([1, *(max(month.now or 0, month.before) for month in found.months)])

    def height(count: int) -> int:
        return round(CHART_HEIGHT * count / top)

    columns = [
        {
            "month": month.month,
            "x": index * CHART_STEP,
            "middle": index * CHART_STEP + CHART_STEP // 2,
            "now": month.now,
            "before": month.before,
            "now_height": height(month.now or 0),
            "now_y": 20 + CHART_HEIGHT - height(month.now or 0),
            "before_height": height(month.before),
            "before_y": 20 + CHART_HEIGHT - height(month.before),
            "label_y": 15 + CHART_HEIGHT - height(month.now or 0),
        }
        for index, month in enumerate(found.months)
    ]
    scale = {"floor": 20 + CHART_HEIGHT, "tick": 38 + CHART_HEIGHT, "height": 46 + CHART_HEIGHT}
    return {"columns": columns, **scale, "year": found.until.year, "before": found.until.year - 1}
