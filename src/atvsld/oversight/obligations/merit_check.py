"""What the registers answer when somebody is proposed for a commendation: reports in time, fatal accidents.

The conditions themselves are those of `casework.merits` (`data/criteria.yaml`); only the records are looked up here.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from atvsld.casework.accidents import facade as accidents
from atvsld.casework.merits.facade import Answer, Subject, Verdict, answer_by
from atvsld.kit.text import format_date
from atvsld.oversight.obligations.expected import Expected, punctuality
from atvsld.oversight.obligations.states import ReportState

GOOD = (ReportState.SUBMITTED, ReportState.ACCEPTED)


def reports_in_time(subject: Subject, day: date, years: int) -> Answer:
    """Met when every report known to be owed over the years and due by the day was handed in by its day.

    Not met with one report late, returned or missing. Cannot be told while it is not known whether some report was
    owed, or when none was: silence proves nothing.
    """
    register, pk = _reporter(subject)
    known = punctuality(register, pk, range(day.year - years, day.year + 1), today=day)
    owed = [one for one in known if one.verdict.owes]
    bad = [one for one in owed if one.state not in GOOD or one.filed.late]
    unclear = [one for one in known if one.verdict.owes is None and one.filed.state == ""]
    if bad:
        told = _("%(bad)s trên %(owed)s báo cáo phải nộp bị muộn, bị trả lại hoặc chưa nộp.")
        return Answer(Verdict.NOT_MET, told % {"bad": len(bad), "owed": len(owed)}, _records(bad))
    if unclear:
        told = _("Chưa đủ dữ kiện để biết %(n)s báo cáo có phải nộp hay không.")
        return Answer(Verdict.UNKNOWN, told % {"n": len(unclear)}, _records(unclear))
    if not owed:
        return Answer(Verdict.UNKNOWN, _("Hệ thống không có báo cáo nào phải nộp trong các năm xét."))
    told = _("Cả %(owed)s báo cáo phải nộp đều đúng hạn.")
    return Answer(Verdict.MET, told % {"owed": len(owed)}, _records(owed))


def no_fatal_accident(subject: Subject, day: date, years: int) -> Answer:
    """Not met with a fatal case found to be an occupational accident; cannot be told while one has no conclusion."""
    if subject.establishment is None:
        return Answer(Verdict.UNKNOWN, _("Chưa kiểm tra được: tai nạn chỉ ghi theo cơ sở sản xuất, kinh doanh."))
    cases = accidents.fatal_of(subject.establishment, _moment(_before(day, years), time.min), _moment(day, time.max))
    found = tuple((case.number, reverse("accidents:case", args=[case.public_id])) for case in cases)
    since = format_date(_before(day, years))
    if any(case.conclusion == "occupational" for case in cases):
        told = _("Có vụ tai nạn lao động chết người từ %(since)s.")
        return Answer(Verdict.NOT_MET, told % {"since": since}, found)
    if cases:
        return Answer(Verdict.UNKNOWN, _("Có vụ chết người chưa có kết luận."), found)
    told = _("Không có vụ tai nạn lao động chết người nào trong hồ sơ từ %(since)s.")
    return Answer(Verdict.MET, told % {"since": since})


def answer_merits() -> None:
    """State, once the apps are loaded, who answers these conditions."""
    answer_by("reports_in_time", reports_in_time)
    answer_by("no_fatal_accident", no_fatal_accident)


def _reporter(subject: Subject) -> tuple[str, int]:
    if subject.establishment is not None:
        return "establishments", subject.establishment
    assert subject.body is not None  # a subject without either is not asked
    return "bodies", subject.body


def _records(reports: list[Expected]) -> tuple[tuple[str, str], ...]:
    """Reports with their period, leading to the filing when there is one."""
    found = []
    for one in reports:
        state = ReportState(one.state).label if one.state else ""
        label = f"{one.term.rule.label.vi}, {one.term.period.code}{': ' if state else ''}{state}"
        url = reverse("filing:filing", args=[one.filed.public_id]) if one.filed.public_id else ""
        found.append((label, url))
    return tuple(found)


def _before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
