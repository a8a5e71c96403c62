"""Beginning a report: made once for its owner and year, drafted at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.oversight.yearly import filings, plans
from atvsld.oversight.yearly.actions.drafting import draft_into
from atvsld.oversight.yearly.actions.stepping import hold_open, moved_on, rejected
from atvsld.oversight.yearly.addressing import Address, address_of, province_at
from atvsld.oversight.yearly.models import YearReport
from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, OWN, REPORTS
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

Kind = YearReport.Kind
EARLIEST = 2020


@dataclass(frozen=True, slots=True)
class Request:
    """What a higher body asked for beside the yearly report. `clauses`: ids or their beginnings; none: everything."""

    key: str
    title: str
    start: date
    end: date
    clauses: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    addressed_to: str = ""


@action(needs=CHANGE, records="yearly:year_report:opened")
def open_report(
    act: Act, *, programme: str, year: int, body: Body | None = None, establishment: Establishment | None = None,
    standing: bool = False,
) -> YearReport:  # fmt: skip
    """The report of a body or an establishment on a year of a programme, drafted from the record.

    `standing`: the report of all, by the body that leads. Made once; asked again it is given as it stands. `Rejected`
    for a programme that is not known, a year that has not begun, or a body that did not stand in it.
    """
    owner = body or establishment
    if owner is None or (body is not None and establishment is not None):
        raise rejected("owner", _("Chọn một đơn vị báo cáo."), column="owner")
    kind = Kind.STANDING if standing else Kind.BODY if body is not None else Kind.ESTABLISHMENT
    report = YearReport(
        programme=programme, year=year, kind=kind, body=body, establishment=establishment, place_id=owner.place_id,
        start=date(year, 1, 1), end=date(year, 12, 31), drafted_at=act.at,
    )  # fmt: skip
    _allow(act, report)
    if problems := _problems(act, report):
        raise Rejected(problems)
    _one_at_a_time(f"{programme}:{year}:{kind}:{owner.pk}")
    held = YearReport.objects.filter(
        programme=programme, year=year, kind=kind, body=body, establishment=establishment
    ).first()
    return held or _begun(act, report)


@action(needs=OVERSEE, records="yearly:year_report:opened")
def open_on_request(act: Act, *, programme: str, body: Body, request: Request) -> YearReport:
    """A report beside the yearly ones: any span, some clauses, some bodies. `key`, a ULID, makes a double click one."""
    if not is_ulid(request.key):
        raise rejected("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang."), column="key")
    report = YearReport(
        public_id=request.key, programme=programme, year=request.end.year, kind=Kind.ON_REQUEST, body=body,
        place_id=body.place_id, start=request.start, end=request.end, clauses=list(request.clauses),
        bodies=list(request.bodies), title=request.title.strip()[:300],
        addressed_to=request.addressed_to.strip()[:300], drafted_at=act.at,
    )  # fmt: skip
    _allow(act, report)
    problems = _problems(act, report)
    if not report.title:
        problems.append(Problem("title_missing", _("Chưa ghi trích yếu."), _("Ghi nội dung báo cáo."), column="title"))
    if request.end < request.start:
        problems.append(Problem("span", _("Ngày kết thúc ở trước ngày bắt đầu."), column="end"))
    if problems:
        raise Rejected(problems)
    _one_at_a_time(request.key)
    held = YearReport.objects.filter(public_id=request.key).first()
    return held or _begun(act, report)


@action(needs=CHANGE, records="yearly:year_report:addressed")
def address(
    act: Act, *, report: YearReport, version: int, title: str, addressed_to: str, recipients: str
) -> YearReport:
    """Change subject, addressee and recipients."""
    held = hold_open(act, report)
    if held.version != version:
        raise moved_on()
    if not title.strip():
        raise rejected("title_missing", _("Chưa ghi trích yếu."), _("Ghi nội dung báo cáo."), column="title")
    held.title, held.addressed_to = title.strip()[:300], addressed_to.strip()[:300]
    held.recipients = "\n".join(line.strip() for line in recipients.splitlines() if line.strip())[:4000]
    held.version += 1
    held.save()
    return held


def _allow(act: Act, report: YearReport) -> None:
    OWN.require(act.actor, CHANGE, report)
    if report.whole:
        REPORTS.require(act.actor, OVERSEE, report)


def _problems(act: Act, report: YearReport) -> list[Problem]:
    found = []
    programme = plans.plan_of(report.programme, report.end)
    if programme is None:
        message = _("Không có chương trình, kế hoạch “%(code)s”.") % {"code": report.programme}
        found.append(Problem("programme_unknown", message, _("Chọn từ danh sách."), column="programme"))
    if not EARLIEST <= report.year <= act.day.year:
        message = _("Chưa lập được báo cáo của năm %(year)s.") % {"year": report.year}
        found.append(Problem("year", message, _("Chọn năm đã bắt đầu."), column="year"))
    body = report.body
    if body is not None and not report.whole:
        late = body.valid_from > report.end or (body.valid_to is not None and body.valid_to < report.start)
        if late:
            message = _("%(name)s không tồn tại trong năm %(year)s.") % {"name": body.name, "year": report.year}
            found.append(Problem("body_year", message, _("Chọn cơ quan của năm đó."), column="body"))
    return found


def _begun(act: Act, report: YearReport) -> YearReport:
    prepare(report, min(act.day, date(report.end.year + 1, 1, 15)))
    report.save(force_insert=True)
    draft_into(act, report)
    return report


def prepare(report: YearReport, on: date, known: dict[tuple[str, int, date], Address] | None = None) -> None:
    """Term, subject and addressee of a report not yet saved. `known`: addresses found before, for many reports."""
    if report.kind in {Kind.BODY, Kind.STANDING}:
        term = filings.term_of(report.programme, report.year, standing=report.kind == Kind.STANDING)
        if term is not None and term.last_ok is not None:
            report.due_before = date.fromordinal(term.last_ok.toordinal() + 1)
    known = {} if known is None else known
    name = (report.kind, province_at(report.place_id, on), on)
    if name not in known:
        known[name] = address_of(report.kind, name[1], on)
    found = known[name]
    programme = plans.plan_of(report.programme, report.end)
    if not report.title:
        plan = programme.title.vi if programme else report.programme
        report.title = f"Kết quả thực hiện {plan[:1].lower() + plan[1:]} năm {report.year}"[:300]
    report.addressed_to = report.addressed_to or found.addressed_to[:300]
    report.recipients = report.recipients or "\n".join(found.recipients)
    report.recipient = found.recipient


def _one_at_a_time(key: str) -> None:
    """Let requests for one report through one after another; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"year_report:{key}"])
