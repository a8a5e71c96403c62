"""Judging how serious an incident is, noting notices given, closing."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from atvsld.casework.incidents import timing
from atvsld.casework.incidents.actions.record import step
from atvsld.casework.incidents.models import TechnicalIncident
from atvsld.casework.incidents.policy import CHANGE, INCIDENTS, JUDGE
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action, clock
from atvsld.registers.duties import facade as duties


@action(needs=JUDGE, records="incidents:incident:judged")
def judge_incident(
    act: Act, *, incident: TechnicalIncident, version: int, serious: bool, reason: str
) -> TechnicalIncident:
    """Decide whether the incident is serious (Luật 84/2015 Điều 3 khoản 7), with the reason."""
    INCIDENTS.require(act.actor, JUDGE, incident)
    if not reason.strip():
        message = _("Chưa ghi căn cứ xác định.")
        remedy = _("Nêu vì sao sự cố vượt hay không vượt khả năng ứng phó, có lan rộng hay không.")
        raise Rejected([Problem("no_reason", message, remedy, column="reason")])
    step(incident, version, serious=serious, serious_reason=reason.strip())
    timing.follow(act, incident)
    return incident


@action(needs=CHANGE, records="incidents:incident:notified")
def note_notice(act: Act, *, incident: TechnicalIncident, rule: str, at: datetime) -> None:
    """Note that a notice was given at a moment: the duty is done."""
    INCIDENTS.require(act.actor, CHANGE, incident)
    if rule not in timing.RULES:
        raise Rejected([Problem("unknown_rule", _("Không có việc báo này."), column="rule")])
    if not incident.occurred_at <= at <= act.at:
        message = _("Thời điểm báo phải từ lúc xảy ra đến hiện tại.")
        raise Rejected([Problem("moment_order", message, _("Kiểm tra lại ngày, giờ."), column="at")])
    duties.discharge(act, key=timing.key(incident, rule), at=at)


@action(needs=CHANGE, records="incidents:incident:closed")
def close_incident(
    act: Act, *, incident: TechnicalIncident, version: int, result: str, closed_on: date
) -> TechnicalIncident:
    """Close the file with its result; not while seriousness is undecided or a notice is still due."""
    INCIDENTS.require(act.actor, CHANGE, incident)
    problems = []
    if not result.strip():
        message = _("Chưa ghi kết quả giải quyết.")
        problems.append(Problem("no_result", message, _("Ghi kết luận và biện pháp khắc phục."), column="result"))
    if not clock.local_day(incident.occurred_at) <= closed_on <= act.day:
        message = _("Ngày kết thúc phải từ ngày xảy ra đến hôm nay.")
        problems.append(Problem("closed_on", message, _("Kiểm tra lại ngày."), column="closed_on"))
    if incident.serious is None:
        message = _("Chưa xác định sự cố có nghiêm trọng hay không.")
        problems.append(Problem("not_judged", message, _("Xác định mức độ trước khi kết thúc.")))
    for duty in duties.of_subject("incidents", incident.public_id):
        if duty.state == duties.Duty.State.OPEN:
            message = _("Còn việc chưa làm: %(title)s.") % {"title": duty.title}
            problems.append(Problem("duty_open", message, _("Ghi thời điểm đã báo.")))
    if problems:
        raise Rejected(problems)
    step(incident, version, result=result.strip(), closed_on=closed_on, state=TechnicalIncident.State.CLOSED)
    return incident


@action(needs=CHANGE, records="incidents:incident:reopened")
def reopen_incident(act: Act, *, incident: TechnicalIncident, version: int) -> TechnicalIncident:
    """Open a closed file again; needs `act.reason`."""
    INCIDENTS.require(act.actor, CHANGE, incident)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do mở lại."), column="reason")])
    step(incident, version, state=TechnicalIncident.State.OPEN, closed_on=None)
    timing.follow(act, incident)
    return incident
