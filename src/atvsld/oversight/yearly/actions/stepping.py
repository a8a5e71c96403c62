"""What every act on a report asks first: held until the end of the act, in a state that allows it, as it was seen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.oversight.yearly.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Conflict, Rejected


def hold(report: YearReport) -> YearReport:
    """The report as it stands now, held."""
    return YearReport.objects.select_for_update(of=("self",)).select_related("body", "establishment").get(pk=report.pk)


def hold_open(act: Act, report: YearReport) -> YearReport:
    """A report its owner may write in now: `Refused` for others, `Conflict` once it was handed in."""
    OWN.require(act.actor, CHANGE, report)
    held = hold(report)
    if not held.open:
        raise Conflict(_("Báo cáo đã gửi nên không sửa được nữa. Nếu cần sửa, đề nghị cơ quan thường trực trả lại."))
    return held


def hold_sentence(act: Act, sentence: ReportSentence, version: int) -> ReportSentence:
    """A sentence to be changed as it was seen at `version`, with its report held."""
    report = hold_open(act, sentence.report)
    held = ReportSentence.objects.select_for_update().get(pk=sentence.pk)
    if held.version != version:
        raise Conflict(_("Câu này vừa được người khác sửa. Lời bạn gõ còn ở dưới; xem bản mới rồi ghi lại."))
    held.report = report
    return held


def bump(report: YearReport) -> None:
    """Let those who saw the report before know that it moved on."""
    report.version += 1
    report.save(update_fields=["version"])


def moved_on() -> Conflict:
    return Conflict(_("Báo cáo vừa được người khác sửa hoặc đã gửi. Mở lại trang để xem bản mới."))


def rejected(code: str, message: str, remedy: str = "", column: str | None = None) -> Rejected:
    return Rejected([Problem(code, message, remedy, column=column)])
