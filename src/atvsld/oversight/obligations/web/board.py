"""The reporting-rate board: all reports of a period, and one report by area, branch, size or zone authority."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law.reporting_duties import Term
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations import board, letters
from atvsld.oversight.obligations.actions.opening import known_term
from atvsld.oversight.obligations.board import Counts
from atvsld.oversight.obligations.certificate import system_began
from atvsld.oversight.obligations.grouping import grouped, groupings
from atvsld.oversight.obligations.house import house, said
from atvsld.oversight.obligations.models import PeriodOpening
from atvsld.oversight.obligations.policy import CHASE, READ, reach
from atvsld.oversight.obligations.statement import Scope
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page, PageAction

YEARS_BACK = 4
# The numbers of a line: name of the list behind each, heading.
COLUMNS = (
    ("obliged", _("Phải nộp")),
    ("in", _("Đã nộp")),
    ("on_time", _("Đúng hạn")),
    ("late", _("Muộn")),
    ("silent", _("Quá hạn, chưa nộp")),
    ("waiting", _("Chưa nộp, còn hạn")),
    ("draft", _("Đang lập")),
    ("returned", _("Trả lại")),
    ("nil", _("Không phát sinh")),
    ("cannot_tell", _("Chưa xác định")),
)


def scope_of(actor: Actor, term: Term, permission: str = READ) -> Scope:
    """What of a term's reporters a person may look at."""
    return Scope(ids=reach(actor, permission, term.duty.reporter.register))


def numbers(one: Counts, address: str) -> list[dict[str, Any]]:
    """The numbers of a line with the list behind each; a nought leads nowhere."""
    found = []
    for name, heading in COLUMNS:
        value = getattr(one, "in_" if name == "in" else name)
        found.append({"value": value, "heading": heading, "url": f"{address}&ds={name}" if value else "", "name": name})
    return found


class BoardPage(Page):
    """All reports of one period that reporters within the person's reach may owe."""

    permission = READ
    template_name = "obligations/board.html"
    title = _("Tình hình nộp báo cáo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        period = chosen_period(self.request.GET.get("ky", ""), today)
        every = self.request.GET.get("tat-ca") == "1"
        lines, hidden = [], 0
        for term in terms_of(period):
            # Where only stated facts decide, hardly anything is known; such reports are shown when asked for.
            if not every and _only_stated(term):
                hidden += 1
                continue
            counts = board.total(term, today=today, scope=scope_of(self.actor, term))
            if counts == Counts():
                continue
            address = f"{reverse('obligations:units', args=[term.duty.id, term.period.code])}?theo="
            line = {"term": term, "label": said(term.rule.label), "citation": letters.cited(term)}
            lines.append(line | {"rate": counts.rate, "numbers": numbers(counts, address)})
        return super().get_context_data(
            period=period, periods=list(recent(today)), lines=lines, columns=COLUMNS, hidden=hidden, every=every,
            page_actions=self._links(),
            **kwargs,
        )  # fmt: skip

    def _links(self) -> list[PageAction]:
        found = [PageAction(_("Lịch báo cáo"), reverse("obligations:calendar"), "calendar")]
        if self.actor.may(CHASE):
            found.append(PageAction(_("Các đợt đôn đốc"), reverse("obligations:batches"), "send"))
        return found


class ReportPage(Page):
    """One report of a period: its numbers, grouped, and what may be done about the silent ones."""

    permission = READ
    template_name = "obligations/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        term = term_or_404(self.kwargs["report"], self.kwargs["period"])
        ways = groupings(term)
        by = next((name for name, _label in ways if name == self.request.GET.get("theo")), ways[0][0])
        scope = scope_of(self.actor, term)
        found = board.counts(term, today=today, scope=scope, group=by)
        lines = grouped(term, by, found, today=today)
        address = reverse("obligations:units", args=[term.duty.id, term.period.code])
        whole = sum((line.counts for line in lines), Counts())
        return super().get_context_data(
            title=f"{said(term.rule.label)}: {term.period.label_vi}",
            term=term,
            citation=letters.cited(term),
            recipients=[load_reporting_calendar().book.name_of(key, on=term.as_of) for key in term.recipients],
            total=numbers(whole, f"{address}?theo="),
            whole=whole,
            by=by,
            ways=ways,
            columns=COLUMNS,
            lines=[
                {"group": line, "numbers": numbers(line.counts, f"{address}?theo={by}&nhom={line.code}")}
                for line in lines
            ],
            before_system=_before_system(term),
            opening=PeriodOpening.objects.filter(report=term.duty.id, period=term.period.code).first(),
            steps=_steps(term, today) if self.actor.may(CHASE) and whole.silent else [],
            house=said(house().label),
            cut_off=said(term.duty.cut_off.label),
            **kwargs,
        )


def _steps(term: Term, today: date) -> list[dict[str, Any]]:
    """The rungs of the ladder, each with the first day it may be taken."""
    address = reverse("obligations:begin", args=[term.duty.id, term.period.code])
    found = []
    for step in house().steps:
        first = term.last_ok + timedelta(days=step.after_days) if term.last_ok else None
        found.append({"step": step, "first": first, "open": first is not None and today >= first,
                      "url": f"{address}?buoc={step.id}"})  # fmt: skip
    return found


def _before_system(term: Term) -> date | None:
    """The day the system received its first report, when this one was due before that."""
    began = system_began()
    last = term.lawful_last_ok
    return began if began is not None and last is not None and last < began else None


def _only_stated(term: Term) -> bool:
    facts = load_reporting_calendar().facts
    return any(facts[one.fact].stated for one in term.duty.binds)


def terms_of(period: Period) -> list[Term]:
    """The chased reports of one period, by last good day."""
    calendar = load_reporting_calendar()
    found = []
    for duty in calendar.duties.values():
        if board.on_board(duty):
            try:
                found.append(calendar.term(duty.id, period))
            except NotInForce:
                continue
    return sorted(found, key=lambda term: (term.last_ok is None, term.last_ok or date.max, term.duty.id))


def recent(today: date) -> list[Period]:
    """Half-years and years that a board may show, the latest first."""
    found = []
    for year in range(today.year, today.year - YEARS_BACK, -1):
        found += [Period(year, PeriodKind.YEAR), Period(year, PeriodKind.HALF, 1)]
    return found


def chosen_period(text: str, today: date) -> Period:
    """The period asked for; otherwise the latest whose reports are open or due."""
    periods = recent(today)
    asked = next((one for one in periods if one.code == text.upper()), None)
    if asked is not None:
        return asked
    soon = today + timedelta(days=house().opens_days)
    calendar = load_reporting_calendar()
    due = [one for one in periods if (last := calendar.term("R1", one).last_ok) is not None and last <= soon]
    return due[0] if due else periods[-1]


def term_or_404(report: str, period: str) -> Term:
    term = known_term(report, period.upper())
    if term is None or not board.on_board(term.duty):
        raise Http404
    return term
