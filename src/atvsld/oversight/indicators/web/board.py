"""The three targets of the plan side by side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from atvsld.oversight.indicators import line_chart, policy, summary
from atvsld.oversight.indicators.facade import default_place
from atvsld.oversight.indicators.shown import shown
from atvsld.oversight.indicators.summary import TargetLine
from atvsld.oversight.indicators.web.forms import PlaceChoice
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.pages import Page

PAGE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


class TargetsPage(Page):
    """Each target with baseline, path, actual, interval, verdict and when it could be told."""

    permission = policy.READ
    template_name = "indicators/targets.html"
    title = gettext_lazy("Chỉ tiêu của kế hoạch")
    pretitle = gettext_lazy("Mục II của kế hoạch")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.request.GET.get("place", "") or default_place(self.actor)
        context: dict[str, Any] = {"choice": PlaceChoice({"place": place}, actor=self.actor)}
        try:
            found = summary.lines(self.actor, place=place, at=self.request.now)  # type: ignore[attr-defined]
        except Rejected as error:
            return super().get_context_data(problems=error.problems, **context, **kwargs)
        context["lines"] = [_card(line) for line in found]
        context["subtitle"] = found[0].report.subject.name if found else ""
        context["synthetic"] = any(line.synthetic for line in found)
        return super().get_context_data(**context, **kwargs)


def _card(line: TargetLine) -> dict[str, Any]:
    """A card with its chart, where there is something to draw."""
    chart = line_chart.spec(line, font=PAGE_FONT, height=190) if line_chart.drawable(line) else None
    return shown(line) | {"chart": chart, "chart_alt": line_chart.alt(line)}
