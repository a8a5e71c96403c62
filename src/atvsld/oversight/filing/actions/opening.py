"""Opening a report: once for each duty, reporter and period, however often it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodError
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.reporting_duties import Term
from atvsld.law.reporting_duties_reading import load_reporting_calendar
from atvsld.oversight.filing import due
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import OWN, SUBMIT
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.providers.models import ServiceProvider

_REGISTERS = {"establishment": "establishments", "body": "bodies", "provider": "providers"}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whoever owes the report: exactly one of the three."""

    establishment: Establishment | None = None
    body: Body | None = None
    provider: ServiceProvider | None = None

    @property
    def kind(self) -> str:
        named = [kind for kind in _REGISTERS if getattr(self, kind) is not None]
        if len(named) != 1:
            raise ValueError("Exactly one reporter is named.")
        return named[0]

    @property
    def place_id(self) -> int | None:
        """The place by which access is given: an establishment's head office, a body's or provider's own place."""
        if self.establishment is not None:
            return self.establishment.headquarters_place_id or self.establishment.place_id
        return self.body.place_id if self.body is not None else self.provider.place_id if self.provider else None


@action(needs=SUBMIT, records="filing:report_filing:opened")
def open_filing(
    act: Act,
    *,
    report: str,
    period: str,
    establishment: Establishment | None = None,
    body: Body | None = None,
    provider: ServiceProvider | None = None,
) -> Filing:
    """The filing of one report (duty of the calendar: `R1`) of one reporter for one period; made when it is not there.

    The form is taken in the version of the period. `Rejected` for a report, form or period that does not exist, or
    that is not asked of such a reporter; `Refused` when the reporter is not the actor's own.
    """
    reporter = Reporter(establishment, body, provider)
    made = prepare(report, period, reporter)
    OWN.require(act.actor, SUBMIT, made)
    named = {reporter.kind: getattr(reporter, reporter.kind)}
    held = Filing.objects.filter(report=report, period=made.period, **named).first()
    if held is not None:
        return held
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        # Opened by somebody else at the same moment; theirs is ours.
        return Filing.objects.get(report=report, period=made.period, **named)
    return made


def prepare(report: str, period_code: str, reporter: Reporter) -> Filing:
    """A filing as it would be opened; not yet stored."""
    term = read_term(report, period_code)
    if term.duty.reporter.register != _REGISTERS[reporter.kind]:
        message = _("“%(report)s” không phải báo cáo của đối tượng này.") % {"report": term.duty.label.vi}
        raise Rejected([Problem("not_this_reporter", message, _("Chọn báo cáo khác."), column="report")])
    if term.rule.form is None:
        message = _("“%(report)s” chưa có biểu mẫu trong bộ pháp luật.") % {"report": term.duty.label.vi}
        raise Rejected([Problem("no_form", message, _("Gửi báo cáo bằng văn bản."), column="report")])
    try:
        form = load_book().form(term.rule.form, period=term.period)
    except (UnknownEntry, NotInForce) as error:
        raise Rejected([Problem("no_form", str(error), _("Chọn kỳ khác."), column="period")]) from error
    place = reporter.place_id
    return Filing(
        report=report, form=form.code, form_valid_from=form.valid_from, period=term.period.code,
        establishment=reporter.establishment, body=reporter.body, provider=reporter.provider, place_id=place,
        recipient=due.recipient(term, place), due_before=due.due_before(term),
    )  # fmt: skip


def read_term(report: str, period_code: str) -> Term:
    """A duty for a period, as the reporting calendar has it; `Rejected` with a sentence."""
    try:
        return load_reporting_calendar().term(report, Period.parse(period_code))
    except PeriodError as error:
        raise Rejected([Problem("bad_period", str(error), column="period")]) from error
    except UnknownEntry as error:
        message = _("Không có chế độ báo cáo “%(report)s”.") % {"report": report[:40]}
        raise Rejected([Problem("unknown_report", message, _("Chọn trong danh sách."), column="report")]) from error
    except NotInForce as error:
        raise Rejected([Problem("not_in_force", str(error), _("Chọn kỳ khác."), column="period")]) from error
