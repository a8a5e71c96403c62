"""“What must we file?”: every report one reporter may owe in a year, the owed first, each with its why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from atvsld.kit.explain import Words
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.filing.policy import SUBMIT
from atvsld.oversight.obligations import letters
from atvsld.oversight.obligations.actions.stating import may_be_stated
from atvsld.oversight.obligations.answers import answer_of
from atvsld.oversight.obligations.expected import Expected, of_reporter
from atvsld.oversight.obligations.house import house, said
from atvsld.oversight.obligations.models import ReminderLetter
from atvsld.oversight.obligations.models.reporter import COLUMNS
from atvsld.oversight.obligations.policy import CHASE, READ, REPORTERS, STATE
from atvsld.oversight.obligations.states import TONES, ReportState
from atvsld.oversight.obligations.web import reporters
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page, PageAction, actor_of, requires
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.offices.models import Office

YEARS_BACK = 3
# Reporters whose people file here themselves.
FILED_BY = ("establishment", "body")


@dataclass(frozen=True, slots=True)
class Line:
    """One report as the page shows it."""

    expected: Expected
    label: str
    recipients: str
    citation: str
    tone: str
    word: str
    when: str
    why: list[dict[str, Any]]
    cut_off: str
    url: str
    may_open: bool
    # Where another room takes the report in: the address at which it is begun.
    begin: str = ""


@requires(READ)
def index(request: HttpRequest) -> HttpResponse:
    """An employer's people come to their own establishment, a body's to their body, everybody else to the board."""
    day = clock.local_day(request.now)  # type: ignore[attr-defined]
    actor = actor_of(request)
    held = Office.objects.filter(in_force(day), user_id=actor.user_id or 0).select_related("establishment", "body")
    own = next((office.establishment for office in held if office.establishment), None)
    if own is not None:
        return redirect("obligations:establishment", own.public_id)
    everything = any(scope.everything for scope in actor.scopes(READ))
    body = next((office.body for office in held if office.body), None)
    if body is not None and not everything and not actor.may(CHASE):
        return redirect("obligations:body", body.public_id)
    return redirect("obligations:board")


class ReporterPage(Page):
    """See the module's text. `kind` is the word of the address."""

    permission = READ
    template_name = "obligations/mine.html"
    kind = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register, record = reporters.found(self.actor, READ, self.kind, self.kwargs["public_id"])
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        year = chosen_year(self.request.GET.get("nam", ""), today.year)
        found = of_reporter(register, record.pk, year, today=today)
        may_state = bool(REPORTERS[register].decide(self.actor, STATE, record))
        owed = [one for one in found if one.verdict.owes]
        begin = _beginning(self.actor, record)
        unknown = [one for one in found if one.verdict.owes is None]
        free = [one for one in found if one.verdict.owes is False]
        return super().get_context_data(
            title=_("Báo cáo phải nộp: %(name)s") % {"name": record.name},
            record=record,
            kind=self.kind,
            year=year,
            years=range(today.year + 1, today.year - YEARS_BACK - 1, -1),
            reports=[line(one, today, begin) for one in owed if one.term.duty.counted],
            others=[line(one, today) for one in owed if not one.term.duty.counted],
            unknown=[line(one, today) for one in unknown],
            questions=questions(unknown) if may_state else [],
            free=[line(one, today) for one in free],
            silent=sum(one.state == ReportState.SILENT for one in owed),
            may_file=self.kind in FILED_BY and bool(REPORTERS[register].decide(self.actor, SUBMIT, record)),
            letters=letters_to(register, record.pk),
            page_actions=[
                *self.links(record),
                PageAction(_("Lịch báo cáo"), reverse("obligations:calendar"), "calendar"),
            ],
            **kwargs,
        )

    def links(self, record: Any) -> list[PageAction]:  # noqa: ARG002 — establishments have more
        return []


class EstablishmentPage(ReporterPage):
    kind = "establishment"

    def links(self, record: Any) -> list[PageAction]:
        found = [PageAction(_("Việc và hạn"), reverse("duties:list"), "calendar-due")]
        found.append(
            PageAction(_("Nộp đúng hạn ba năm"), reverse("obligations:punctuality", args=[record.public_id]), "history")
        )
        return found


class BodyPage(ReporterPage):
    kind = "body"


class ProviderPage(ReporterPage):
    kind = "provider"


def letters_to(register: str, pk: int) -> list[dict[str, Any]]:
    """The reminder letters a reporter was sent, the latest first."""
    held = ReminderLetter.objects.filter(**{f"{COLUMNS[register]}_id": pk}).order_by("-issued_on", "-pk")
    names = {step.id: step.name for step in house().steps if step.kind == "letter"}
    duties = load_reporting_calendar().duties
    return [
        {"letter": one, "step": names[one.step], "report": said(duties[one.report].label)}
        for one in held
        if one.step in names and one.report in duties
    ]


def _page(one: Expected) -> str:
    """Where what was handed in, or begun, is read."""
    if not one.filed.public_id:
        return ""
    other = answer_of(one.term.duty.id)
    return other.page(one.filed.public_id) if other else reverse("filing:filing", args=[one.filed.public_id])


def _beginning(actor: Actor, record: Model) -> Callable[[Expected], str]:
    """Where a reporter's report that is owed and not begun is begun, when another room takes it in."""

    def begin(one: Expected) -> str:
        other = answer_of(one.term.duty.id)
        if other is None or one.filed.public_id or not one.verdict.owes:
            return ""
        return other.begin(actor, record, one.term.period.code)

    return begin


def line(one: Expected, today: Any, begin: Callable[[Expected], str] | None = None) -> Line:
    term, book = one.term, load_reporting_calendar().book
    day = term.last_ok or term.period.end
    english = get_language() == "en"
    rule = term.rule
    return Line(
        expected=one,
        label=(rule.label.en or rule.label.vi) if english else rule.label.vi,
        recipients=", ".join(book.name_of(key, on=day) for key in term.recipients),
        citation=letters.cited(term),
        tone=TONES[one.state] if one.state else "secondary",
        word=str(one.state.label) if one.state else "",
        when=_when(one, today),
        why=[
            {"said": _words(reason.said), "status": reason.status, "holds": reason.holds, "fact": reason.fact}
            for reason in (one.verdict.deciding or one.verdict.why)
        ],
        cut_off=said(term.duty.cut_off.label),
        url=_page(one),
        may_open=bool(one.verdict.owes and term.duty.counted and not one.filed.public_id and _has_form(rule.form)),
        begin=begin(one) if begin else "",
    )


def questions(unknown: Iterable[Expected]) -> list[dict[str, Any]]:
    """The missing facts people may state, each once, with the reports that wait for it."""
    calendar = load_reporting_calendar()
    waiting: dict[str, list[str]] = {}
    for one in unknown:
        for fact in one.verdict.missing:
            if may_be_stated(fact):
                waiting.setdefault(fact, []).append(said(one.term.rule.label))
    return [
        {"fact": fact, "label": said(calendar.facts[fact].label), "reports": list(dict.fromkeys(labels))}
        for fact, labels in waiting.items()
    ]


def _words(words: Words) -> str:
    return words.en if get_language() == "en" else words.vi


def _has_form(code: str | None) -> bool:
    return code is not None and any(form.code == code for form in load_reporting_calendar().book.forms)


def _when(one: Expected, today: Any) -> str:
    """How long is left, or by how much it is late, in days."""
    last = one.term.last_ok
    if one.filed.day is not None:
        n = one.days_late or 0
        return ngettext("muộn %(n)d ngày", "muộn %(n)d ngày", n) % {"n": n} if n else ""
    if last is None:
        return str(_("luật không ấn định ngày"))
    n = (last - today).days
    if n < 0:
        return ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", -n) % {"n": -n}
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", n) % {"n": n}


def chosen_year(text: str, this: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 2017 <= int(text) <= this + 2 else this
