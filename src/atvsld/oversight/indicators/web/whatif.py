"""What carries the change of the rate, and what it would be with fewer deaths in a group."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.law import load_book
from atvsld.oversight.indicators import figures, policy, splitting, whatif, wording
from atvsld.oversight.indicators.facade import default_place
from atvsld.oversight.indicators.service import FATAL_RATE
from atvsld.oversight.indicators.web.forms import WhatIfChoice
from atvsld.oversight.indicators.whatif import Analysis, Line
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.platform.ui.pages import Page
from atvsld.statistics.change import change


class WhatIfPage(Page):
    """A table for every group; nothing to slide, the same question always gives the same answer."""

    permission = policy.READ
    template_name = "indicators/whatif.html"
    title = gettext_lazy("Điều gì làm thay đổi tỷ lệ tai nạn chết người")
    pretitle = gettext_lazy("Chỉ tiêu II.1 của kế hoạch")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get = self.request.GET.get
        place = get("place", "") or default_place(self.actor)
        first = load_book().targets[FATAL_RATE].baseline_year
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        years = list(range(first, max(today.year, first + 1)))
        asked = {
            "before": get("before", "") or str(first), "after": get("after", "") or str(years[-1]),
            "by": get("by", "") or splitting.SECTOR, "less": get("less", "") or str(whatif.DEFAULT_REDUCTION),
            "place": place,
        }  # fmt: skip
        choice = WhatIfChoice(
            asked, actor=self.actor, years=years, groupings=list(splitting.GROUPINGS.items()),
            reductions=list(whatif.REDUCTIONS),
        )  # fmt: skip
        try:
            found = whatif.analyse(
                self.actor, before=_whole(asked["before"]), after=_whole(asked["after"]), by=asked["by"],
                reduction=_whole(asked["less"]), place=place, at=self.request.now,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Rejected as error:
            return super().get_context_data(choice=choice, problems=error.problems, **kwargs)
        return super().get_context_data(choice=choice, **shown(found, place), **kwargs)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else -1


def shown(found: Analysis, place: str) -> dict[str, Any]:
    """Everything the page prints of an analysis."""
    per = wording.number(found.report.per)
    whole = found.whole
    return {
        "found": found,
        "subtitle": found.report.subject.name,
        "heading": _("Từ năm %(before)s đến năm %(after)s") % {"before": found.before.year, "after": found.after.year},
        "deaths": _("%(before)s → %(after)s người chết (%(change)s)") % {
            "before": wording.number(whole.before.events), "after": wording.number(whole.after.events),
            "change": change(whole.before.events, whole.after.events).wording(_("người")),
        },
        "rates": _("%(before)s → %(after)s trên %(per)s lao động, thay đổi %(change)s") % {
            "before": wording.number(found.before.rate.value, 2), "after": wording.number(found.after.rate.value, 2),
            "per": per, "change": signed(whatif.number(whole.change)),
        } if found.rated and whole.change is not None else "",
        "required": wording.number(found.after.required, 2),
        "rows": [_row(found, line, place) for line in found.lines if _occurred(line)],
        "quiet": sum(1 for line in found.lines if not _occurred(line)),
        "totals": {
            "before": wording.number(whole.before.events), "after": wording.number(whole.after.events),
            "events": signed(whole.after.events - whole.before.events),
            "change": signed(whatif.number(whole.change)),
        },
        "by_label": splitting.GROUPINGS[found.by],
    }  # fmt: skip


def _occurred(line: Line) -> bool:
    return bool(line.part.before.events or line.part.after.events)


def _row(found: Analysis, line: Line, place: str) -> dict[str, Any]:
    def records(year: int) -> str:
        query = {
            "year": year, "conclusion": figures.COUNTED, "by": found.by, "unit": line.group, "place": place,
            "group": "" if found.by == splitting.RELATION else figures.CONTRACT,
        }  # fmt: skip
        return f"{reverse('indicators:records')}?{urlencode({k: v for k, v in query.items() if v})}"

    part = line.part
    return {
        "label": line.label,
        "before": part.before.events,
        "after": part.after.events,
        "before_url": records(found.before.year) if part.before.events else "",
        "after_url": records(found.after.year) if part.after.events else "",
        "events": signed(part.events),
        "change": signed(whatif.number(part.change)) if found.rated else "",
        "rate": signed(whatif.number(part.rate)),
        "share": signed(whatif.number(part.share)),
        "own": wording.number(line.own.value, 1),
        "interval": wording.interval(line.interval) if line.own.value is not None else "–",
        "judged": line.judged,
        "fewer": line.fewer,
        "assumed": wording.number(line.assumed.value, 2),
        "verdict": line.verdict,
        "verdict_label": wording.verdict(line.verdict),
    }


def signed(value: Any) -> str:
    """`+1,25` or `−0,40`; a dash where it cannot be told."""
    if value is None:
        return "–"
    text = wording.number(abs(value), None if isinstance(value, int) else 2)
    if not value:
        return text
    return f"{'+' if value > 0 else chr(0x2212)}{text}"
