"""Reports owed, for other systems: what one reporter owes and why, and how many of all handed theirs in."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from atvsld.kit.outcome import Problem
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.obligations import board
from atvsld.oversight.obligations.expected import of_reporter
from atvsld.oversight.obligations.facade import known_term
from atvsld.oversight.obligations.policy import READ, reach
from atvsld.oversight.obligations.statement import Scope
from atvsld.oversight.obligations.web.reporters import within
from atvsld.platform.acts import Refused, Rejected, clock
from atvsld.platform.ui.pages import actor_of
from atvsld.registers.establishments import tax_codes

router = Router(tags=["reporting duties"])


class ReasonOut(Schema):
    """One fact behind the answer; `holds` null: not known."""

    fact: str
    value: Any = None
    holds: bool | None
    sentence: str
    sentence_en: str
    citation: str
    status: str


class CutOffOut(Schema):
    """Up to which day data count."""

    text: str
    status: str


class ReportOut(Schema):
    """One report of one period. `owes` null: cannot be told, see `missing`. `due_before`: strictly before that day.

    `why` stands when it is owed, `why_not` otherwise. `state`: not_due, due_soon, draft, submitted, submitted_late,
    returned, accepted, silent; null when it is neither owed nor begun.
    """

    report: str
    label: str
    label_en: str | None
    period: str
    due_before: str | None
    last_ok: str | None
    lawful_last_ok: str | None
    recipient: str | None
    recipients: list[str]
    bound: str
    form: str | None
    owes: bool | None
    why: list[ReasonOut] | None = None
    why_not: list[ReasonOut] | None = None
    missing: list[str]
    as_of: str
    cut_off: CutOffOut
    part_of: str | None
    publishes: bool
    citation: str
    status: str
    note: str
    state: str | None
    nil: bool
    filing: str | None
    submitted_at: str | None
    days_late: int | None


class DutiesQuery(Schema):
    """One reporter by its code, and a year: reports about it, and those of the year before that fall due in it."""

    establishment: str = Field("", max_length=20, description="tax code")
    body: str = Field("", max_length=60, description="code of a body")
    provider: str = Field("", max_length=26, description="id or tax code of a service provider")
    year: int | None = Field(None, ge=2017, le=2100)


class RateOut(Schema):
    """How many owe a report of a period, and what became of it. obliged = in + draft + waiting + silent."""

    report: str
    period: str
    last_ok: str | None
    obliged: int
    submitted: int
    on_time: int
    late: int
    returned: int
    nil: int
    draft: int
    waiting: int
    silent: int
    cannot_tell: int
    groups: dict[str, dict[str, int]] | None = None


class RateQuery(Schema):
    """`by` splits the numbers: raw keys of the grouping."""

    report: str = Field(max_length=40)
    period: str = Field(max_length=8)
    by: Literal["", "commune", "sector", "size", "body"] = ""


@router.get("/reporting-duties", response=list[ReportOut], exclude_unset=True, operation_id="list_reporting_duties")
def list_reporting_duties(request: HttpRequest, query: Query[DutiesQuery]) -> list[dict[str, Any]]:
    """Every report one reporter owes, does not owe, or of which that cannot be told, by last good day."""
    _require(request)
    given = [(name, code) for name in ("establishment", "body", "provider")
             if (code := getattr(query, name).replace("\x00", "").strip())]  # fmt: skip
    if len(given) != 1:
        raise Rejected([Problem("one_reporter", _("Cần đúng một đơn vị báo cáo."),
                                _("Gửi một trong establishment, body, provider."))])  # fmt: skip
    name, code = given[0]
    register = {"establishment": "establishments", "body": "bodies", "provider": "providers"}[name]
    held = within(actor_of(request), READ, register)
    record = get_object_or_404(held, **_by_code(register, code))
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    return [one.to_json() for one in of_reporter(register, record.pk, query.year or today.year, today=today)]


class CalendarQuery(Schema):
    """The year of the calendar."""

    year: int = Field(ge=2017, le=2100)


class CalendarLine(Schema):
    """One report of one period in the calendar. `chain`: who its figures pass through, by the law book's words."""

    report: str
    label: str
    label_en: str | None
    period: str
    due_before: str | None
    last_ok: str | None
    reporter: str
    recipients: list[str]
    chain: list[str]
    form: str | None
    publishes: bool
    part_of: str | None
    citation: str
    status: str
    note: str


@router.get("/reporting-calendar", response=list[CalendarLine], operation_id="list_reporting_calendar")
def list_reporting_calendar(request: HttpRequest, query: Query[CalendarQuery]) -> list[dict[str, Any]]:
    """The whole calendar of a year: reports about it, and those of the year before that fall due in it."""
    _require(request)
    return [
        {
            "report": term.duty.id,
            "label": term.rule.label.vi,
            "label_en": term.rule.label.en,
            "period": term.period.code,
            "due_before": term.due_before.isoformat() if term.due_before else None,
            "last_ok": term.last_ok.isoformat() if term.last_ok else None,
            "reporter": term.rule.owner,
            "recipients": list(term.recipients),
            "chain": list(term.duty.chain),
            "form": term.rule.form,
            "publishes": term.duty.publishes,
            "part_of": term.duty.part_of,
            "citation": str(term.rule.citation),
            "status": term.rule.status.value,
            "note": term.rule.note,
        }
        for term in load_reporting_calendar().terms(query.year)
    ]


@router.get("/reporting-rate", response=RateOut, operation_id="get_reporting_rate")
def get_reporting_rate(request: HttpRequest, query: Query[RateQuery]) -> dict[str, Any]:
    """The numbers of one report and period within the account's area."""
    _require(request)
    term = known_term(query.report.replace("\x00", ""), query.period.replace("\x00", ""))
    if term is None or not board.on_board(term.duty):
        raise Rejected([Problem("unknown_report", _("Không có báo cáo hoặc kỳ này."), _("Xem danh sách nghĩa vụ."))])
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    scope = Scope(ids=reach(actor_of(request), READ, term.duty.reporter.register))
    found = board.counts(term, today=today, scope=scope, group=query.by)
    whole = sum(found.values(), board.Counts())
    head = {
        "report": term.duty.id,
        "period": term.period.code,
        "last_ok": term.last_ok.isoformat() if term.last_ok else None,
        "groups": {key: _numbers(one) for key, one in sorted(found.items())} if query.by else None,
    }
    return head | _numbers(whole)


def _numbers(one: board.Counts) -> dict[str, int]:
    return {
        "obliged": one.obliged, "submitted": one.in_, "on_time": one.on_time, "late": one.late,
        "returned": one.returned, "nil": one.nil, "draft": one.draft, "waiting": one.waiting, "silent": one.silent,
        "cannot_tell": one.cannot_tell,
    }  # fmt: skip


def _by_code(register: str, code: str) -> dict[str, str]:
    if register == "establishments":
        return {"tax_code": tax_codes.normalise(code)}
    if register == "bodies":
        return {"code": code}
    return {"public_id": code} if len(code) == 26 else {"tax_code": code}


def _require(request: HttpRequest) -> None:
    if not actor_of(request).may(READ):
        raise Refused(_("Tài khoản không có quyền xem nghĩa vụ báo cáo."))
