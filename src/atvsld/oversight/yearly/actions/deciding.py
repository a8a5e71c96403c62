"""What the standing body does with a report handed in: takes it in, sends it back, remarks on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.oversight.yearly.actions.stepping import hold, moved_on, rejected
from atvsld.oversight.yearly.models import ReportRemark, YearReport
from atvsld.oversight.yearly.policy import OVERSEE, REPORTS
from atvsld.platform.acts import Act, action

State = YearReport.State
LONGEST = 2000


@action(needs=OVERSEE, records="yearly:year_report:accepted")
def accept(act: Act, *, report: YearReport, version: int) -> YearReport:
    """Take a report in. Repeated after a lost answer it does nothing."""
    REPORTS.require(act.actor, OVERSEE, report)
    held = hold(report)
    if held.state == State.ACCEPTED and held.version == version + 1:
        return held
    if held.state != State.SENT or held.version != version:
        raise moved_on()
    return _decided(act, held, State.ACCEPTED)


@action(needs=OVERSEE, records="yearly:year_report:returned")
def return_report(act: Act, *, report: YearReport, version: int, why: str) -> YearReport:
    """Send a report back to be mended, saying why. Its first sending still counts."""
    REPORTS.require(act.actor, OVERSEE, report)
    held = hold(report)
    if held.state == State.RETURNED and held.version == version + 1:
        return held
    if held.state not in {State.SENT, State.ACCEPTED} or held.version != version:
        raise moved_on()
    _say(act, held, why, returns=True)
    return _decided(act, held, State.RETURNED)


@action(needs=OVERSEE, records="yearly:report_remark:made")
def remark(act: Act, *, report: YearReport, text: str) -> ReportRemark:
    """Say something about a report without sending it back."""
    REPORTS.require(act.actor, OVERSEE, report)
    return _say(act, hold(report), text, returns=False)


def _say(act: Act, report: YearReport, text: str, *, returns: bool) -> ReportRemark:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        message = _("Chưa ghi lý do trả lại.") if returns else _("Chưa ghi góp ý.")
        raise rejected("text_missing", message, _("Ghi rõ cần sửa gì."), column="text")
    return ReportRemark.objects.create(
        report=report, at=act.at, said_by=act.actor.name[:200], text=words[:LONGEST], returns=returns
    )


def _decided(act: Act, report: YearReport, state: str) -> YearReport:
    report.state, report.decided_at = state, act.at
    report.version += 1
    report.save()
    return report
