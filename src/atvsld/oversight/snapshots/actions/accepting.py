"""Accepting a report and its revisions: facts are copied, figures counted from the copy, files kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import IntegrityError, OperationalError
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import service
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.subject import Boundary, Subject
from atvsld.oversight.snapshots import content, differences, queries
from atvsld.oversight.snapshots.actions.making import Made, Wanted, keep, make
from atvsld.oversight.snapshots.models import ReportRevision, ReportSnapshot
from atvsld.oversight.snapshots.moment import one_moment
from atvsld.oversight.snapshots.policy import ACCEPT, SNAPSHOTS
from atvsld.platform.acts import Act, Conflict, Rejected, action

State = ReportSnapshot.State


def accept(act: Act, *, request: Request, key: str) -> ReportSnapshot:
    """Accept a report as the records have it now. Asked again with the same key it returns what was accepted.

    `Rejected`: the period is not over, the report is accepted already, or a check fails and `act.reason` says nothing.
    `Conflict`: somebody else accepted it in the same moment. `Refused`: not the actor's area.
    """
    return _once(key, lambda: _accept(act, request=request, key=key))


def revise(act: Act, *, snapshot: ReportSnapshot, version: int, key: str) -> ReportSnapshot:
    """Accept the next number of a report whose records changed; the old one stays readable and printable for ever.

    `act.reason` says why. `Rejected` when the figures are still the same; `Conflict` when it was revised or withdrawn
    since it was read.
    """
    return _once(key, lambda: _revise(act, snapshot=snapshot, version=version, key=key))


def asked(request: Request, subject: Subject) -> Request:
    """The request with nothing in it that depends on the day it is asked again: “today” becomes its date."""
    if subject.kind == "establishment":
        return replace(request, basis="place", boundary=Boundary.PERIOD_END)
    if request.boundary == Boundary.TODAY and subject.boundary is not None:
        return replace(request, boundary=subject.boundary.isoformat())
    return request


def series_of(form: FormSpec, request: Request, subject: Subject) -> str:
    """What a report is called whatever its number."""
    return f"{form.code}|{request.period}|{subject.kind}:{subject.code}|{request.basis}|{request.boundary}"


@action(needs=ACCEPT, records="snapshots:report:accepted")
def _accept(act: Act, *, request: Request, key: str) -> ReportSnapshot:
    one_moment()
    wanted = _wanted(act, request)
    if (held := queries.in_force(wanted.series)) is not None:
        told = _("Báo cáo này đã được chấp nhận, lần %(number)s, mã %(code)s.") % {
            "number": held.number, "code": held.spelled_code,
        }  # fmt: skip
        remedy = _("Mở bản đã chấp nhận; nếu hồ sơ đã thay đổi thì chấp nhận bản sửa ở đó.")
        raise Rejected([Problem("accepted_already", told, remedy)])
    last = ReportSnapshot.objects.filter(series=wanted.series).order_by("-number").first()
    made = make(act, wanted, number=last.number + 1 if last else 1)
    _require_reason(act, made)
    return keep(act, made, key=key)


@action(needs=ACCEPT, records="snapshots:report:revised")
def _revise(act: Act, *, snapshot: ReportSnapshot, version: int, key: str) -> ReportSnapshot:
    one_moment()
    SNAPSHOTS.require(act.actor, ACCEPT, snapshot)
    if not act.reason.strip():
        raise Rejected([Problem("reason_missing", _("Chưa ghi lý do sửa báo cáo."), column="reason")])
    before = content.held(snapshot)
    wanted = _wanted(act, content.request_now(before))
    made = make(act, replace(wanted, series=snapshot.series), number=snapshot.number + 1)
    changed = differences.between(content.report_of(before), made.report)
    if not changed:
        told = _("Số liệu tính lại vẫn như lần %(number)s, không có gì để sửa.") % {"number": snapshot.number}
        raise Rejected([Problem("no_difference", told)])
    step(snapshot, version, state=State.SUPERSEDED)
    after = keep(act, made, key=key, previous=snapshot, changes=changed)
    open_draft = snapshot.revisions.filter(state=ReportRevision.State.OPEN)
    open_draft.update(state=ReportRevision.State.ACCEPTED, result=after, changed_at=act.at)
    return after


def step(snapshot: ReportSnapshot, version: int, **values: object) -> None:
    """Change the state of the snapshot in force that was read at `version`; `Conflict` when it moved on."""
    held = ReportSnapshot.objects.filter(pk=snapshot.pk, version=version, state=State.ACCEPTED)
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(_("Báo cáo đã được sửa hoặc rút trong lúc này. Mở lại trang để xem bản mới nhất."))


def _wanted(act: Act, request: Request) -> Wanted:
    form, period = service.read_form(request.form, request.period)
    service.require_basis(request.basis)
    subject = service.read_subject(request, period, at=act.at)
    subjects.require_readable(act.actor, ACCEPT, subject)
    if period.end >= act.day:
        told = _("Kỳ %(period)s chưa kết thúc, chưa chấp nhận số liệu được.") % {"period": period.label_vi}
        raise Rejected([Problem("period_open", told, _("Chờ hết kỳ báo cáo."), column="period")])
    settled = replace(asked(request, subject), form=form.code, period=period.code)
    return Wanted(settled, form, period, subject, series_of(form, settled, subject))


def _require_reason(act: Act, made: Made) -> None:
    grave = [check for check in made.report.faults if check.severity in ("block", "explain")]
    if grave and not act.reason.strip():
        told = _("Còn %(count)s chỗ phép kiểm tra chéo không khớp (%(first)s).") % {
            "count": len(grave), "first": grave[0].message,
        }  # fmt: skip
        remedy = _("Sửa hồ sơ rồi chấp nhận, hoặc ghi lý do vẫn chấp nhận; lý do in trên báo cáo.")
        raise Rejected([Problem("checks_failed", told, remedy, column="reason")])


def _once(key: str, run: Callable[[], ReportSnapshot]) -> ReportSnapshot:
    """Do it, or return what the same key did before; whoever loses a race hears so, and nothing is half done."""
    if not key.strip() or len(key) > 60:
        raise Rejected([Problem("key_missing", _("Thiếu khóa chống gửi lặp."), _("Tải lại trang rồi làm lại."))])
    if held := ReportSnapshot.objects.filter(key=key).first():
        return held
    try:
        return run()
    except (IntegrityError, OperationalError) as error:
        if held := ReportSnapshot.objects.filter(key=key).first():
            return held
        if not _lost_a_race(error):
            raise
        told = _("Báo cáo này vừa được người khác chấp nhận. Mở lại trang để xem bản đã chấp nhận.")
        raise Conflict(told) from error


def _lost_a_race(error: Exception) -> bool:
    cause = error.__cause__
    return getattr(cause, "sqlstate", "") in {"23505", "40001", "40P01"}
