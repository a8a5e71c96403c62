"""The reporting calendar of a year as the law book holds it: who reports what to whom before which day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.law.reporting_duties import Term
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations import board, letters
from atvsld.oversight.obligations.house import said
from atvsld.oversight.obligations.policy import READ
from atvsld.oversight.obligations.web.mine import YEARS_BACK, chosen_year
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page


class CalendarPage(Page):
    """Every duty of a year, of reporters inside and outside this system."""

    permission = READ
    template_name = "obligations/calendar.html"
    title = _("Lịch báo cáo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        year = chosen_year(self.request.GET.get("nam", ""), today.year)
        return super().get_context_data(
            year=year,
            years=range(today.year + 1, today.year - YEARS_BACK - 1, -1),
            lines=[_line(term) for term in load_reporting_calendar().terms(year)],
            **kwargs,
        )


def _line(term: Term) -> dict[str, Any]:
    book, day = load_reporting_calendar().book, term.last_ok or term.period.end
    return {
        "term": term,
        "label": said(term.rule.label),
        "reporter": book.name_of(term.rule.owner, on=day),
        "recipients": ", ".join(book.name_of(key, on=day) for key in term.recipients),
        "chain": " → ".join(book.name_of(key, on=day) for key in term.duty.chain),
        "citation": letters.cited(term),
        "cut_off": said(term.duty.cut_off.label),
        "counted": board.on_board(term.duty),
    }
