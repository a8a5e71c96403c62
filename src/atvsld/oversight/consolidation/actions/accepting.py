"""Accepting a consolidation, and the next number of one after reports came in late or corrected."""

from __future__ import annotations

from dataclasses import replace

from django.db import IntegrityError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from atvsld.documents.fonts_folder import FontsMissing
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.oversight.consolidation import compute, files, frozen, kept, owing, sealed, service
from atvsld.oversight.consolidation import extent as extents
from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.consolidation.models import ConsolidatedFile, ConsolidatedReport
from atvsld.oversight.consolidation.policy import ACCEPT
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.consolidation.service import Asked, Request
from atvsld.oversight.reporting import compute as registers
from atvsld.oversight.reporting.subject import Boundary
from atvsld.oversight.snapshots import facade as snapshots
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.files import facade as stored

LONGEST_REASON = 500
State = ConsolidatedReport.State


def accept(act: Act, *, request: Request, key: str, seen: str = "") -> ConsolidatedReport:
    """Accept a consolidation as the submissions now have it, the next number when one is in force already.

    `key` is a ULID of the sender: sent twice, it accepts once. `seen` is `kept.digest` of the figures seen:
    `Conflict` when reports came in since. `Rejected`: the period is not over, nothing changed since the last number, or
    a revision has no `act.reason`. `Refused`: not the actor's area.
    """
    held = ConsolidatedReport.objects.filter(key=key).first()
    if held is not None:
        return held
    try:
        return _accept(act, request=request, key=key, seen=seen)
    except (IntegrityError, OperationalError) as error:
        held = ConsolidatedReport.objects.filter(key=key).first()
        if held is not None:
            return held
        raise Conflict(_("Báo cáo tổng hợp này vừa được người khác chấp nhận. Mở lại trang để xem.")) from error


@action(needs=ACCEPT, records="consolidation:consolidated_report:accepted")
def _accept(act: Act, *, request: Request, key: str, seen: str) -> ConsolidatedReport:
    if not connection.savepoint_ids:  # not inside somebody else's transaction: all is read in one moment
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    asked = _fixed(service.understand(act.actor, request, at=act.at, permission=ACCEPT))
    if act.day <= asked.scheme.period.end:
        message = _("Kỳ báo cáo chưa kết thúc.")
        raise Rejected([Problem("period_open", message, _("Chấp nhận sau ngày cuối kỳ."), column="period")])
    extent = extents.of(asked.scheme, asked.subject, asked.basis)
    sums, covered = compute.add_up(asked.scheme, extent, as_of=act.at)
    report = compute.filled(asked.scheme, asked.subject, extent, sums, covered, as_of=act.at)
    digest = kept.digest(report)
    if seen and seen != digest:
        raise Conflict(_("Số liệu đã thay đổi so với lúc bạn xem: có báo cáo mới nộp hoặc sửa. Xem lại rồi chấp nhận."))
    series = series_of(asked)
    last = ConsolidatedReport.objects.filter(series=series, state=State.ACCEPTED).first()
    _require_sound(act, report, last, digest)
    if last is not None:
        ConsolidatedReport.objects.filter(pk=last.pk, state=State.ACCEPTED).update(state=State.SUPERSEDED)
    made = _record(act, asked, report, digest, key=key, last=last)
    _keep_counted(made, extent, asked.scheme.dimensions)
    _keep_uncounted(act, made, extent, of_bodies=asked.scheme.rule.reporter == "body")
    ConsolidatedReport.objects.filter(pk=made.pk).update(facts_digest=frozen.facts_digest(made))
    # As everybody will read it later: what is drawn now must be what is drawn then.
    made.refresh_from_db()
    _keep_files(act, made)
    return made


def series_of(asked: Asked) -> str:
    """What a consolidation is called whatever its number."""
    request, subject = asked.request, asked.subject
    return f"{request.form}|{request.period}|{subject.kind}:{subject.code}|{asked.basis}|{request.boundary}"


def _fixed(asked: Asked) -> Asked:
    """Nothing in the request depends on the day it is asked again: “today” becomes its date."""
    if asked.request.boundary == Boundary.TODAY and asked.subject.boundary is not None:
        return replace(asked, request=replace(asked.request, boundary=asked.subject.boundary.isoformat()))
    return asked


def _require_sound(act: Act, report: Consolidated, last: ConsolidatedReport | None, digest: str) -> None:
    found = []
    if not report.coverage.counted:
        message = _("Chưa có báo cáo nào được cộng vào biểu.")
        found.append(Problem("nothing_counted", message, _("Chờ các đơn vị nộp báo cáo.")))
    if last is not None and last.figures_digest == digest:
        message = _("Số liệu vẫn như lần %(number)s, không có gì để sửa.") % {"number": last.number}
        found.append(Problem("no_difference", message))
    if last is not None and not act.reason.strip():
        message = _("Đã có bản chấp nhận lần %(number)s: cần ghi lý do sửa.") % {"number": last.number}
        found.append(Problem("no_reason", message, _("Ghi lý do."), column="reason"))
    if len(act.reason) > LONGEST_REASON:
        message = _("Lý do dài quá %(limit)s ký tự.") % {"limit": LONGEST_REASON}
        found.append(Problem("too_long", message, _("Rút gọn lại."), column="reason"))
    if found:
        raise Rejected(found)


def _record(
    act: Act, asked: Asked, report: Consolidated, digest: str, *, key: str, last: ConsolidatedReport | None
) -> ConsolidatedReport:
    held = registers.compute(
        load_book(), form=report.form, period=report.period, subject=asked.subject, basis=asked.basis, as_of=act.at
    )
    subject, number, code = asked.subject, last.number + 1 if last else 1, snapshots.new_code()
    with translation.override("vi"):
        told = frozen.describe(report) | {
            "address": snapshots.address(code),
            "supersedes": last.code if last else "",
            "changes": [change.to_data() for change in sealed.changes(last, report)],
        }
    assert subject.place_pk is not None  # places and bodies stand somewhere
    return ConsolidatedReport.objects.create(
        key=key, series=series_of(asked), number=number, form=report.form.code,
        form_valid_from=report.form.valid_from, period=report.period.code, subject_kind=subject.kind,
        subject_code=subject.code, subject_name=subject.name, place_id=subject.place_pk, basis=asked.basis,
        boundary=asked.request.boundary, accepted_at=act.at, accepted_by_id=act.actor.user_id,
        accepted_by_name=act.actor.name[:200], reason=act.reason.strip() if number > 1 else "",
        law_version=report.law_version, code=code, engine=snapshots.engine(), figures_digest=digest,
        content=kept.content_of(report, held) | {"frozen": told},
    )  # fmt: skip


def _keep_counted(made: ConsolidatedReport, extent: Extent, dimensions: tuple[str, ...]) -> None:
    """The reports added up, in one statement."""
    names = "".join(f", {name}" for name in dimensions)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consolidation_countedreport (consolidated_id, filing_id, submission_id, establishment_id,"  # noqa: S608
            f" unit{names}) SELECT %(consolidated)s, c.filing, c.submission, c.establishment, c.unit{names}"
            f" FROM ({extent.counted(dimensions)}) c",
            extent.params | {"consolidated": made.pk},
        )


def _keep_uncounted(act: Act, made: ConsolidatedReport, extent: Extent, *, of_bodies: bool) -> None:
    """The reporters whose figures are not in the sums, and why, in one statement."""
    sql, params = owing.uncounted(extent, of_bodies=of_bodies, today=act.day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consolidation_uncountedreporter (consolidated_id, reporter, filing_id, within_id, why)"  # noqa: S608
            f" SELECT %(consolidated)s, u.* FROM ({sql}) u",
            params | {"consolidated": made.pk},
        )


def _keep_files(act: Act, made: ConsolidatedReport) -> None:
    name = f"{made.form}_{made.period}_{made.subject_code}_lan-{made.number}"
    one = frozen.held(made)
    report = frozen.report_of(one)
    try:
        contents = {kind: sealed.make_file(one, report, kind) for kind in files.KEPT}
    except FontsMissing as missing:
        message = _("Máy chủ chưa có phông chữ để in PDF; báo người quản trị.")
        raise Rejected([Problem("fonts_missing", message)]) from missing
    for kind, content in contents.items():
        purpose = f"consolidation:{made.public_id}"
        held = stored.keep(act, name=f"{name}.{kind}", content=content, purpose=purpose, kinds=(kind,))
        ConsolidatedFile.objects.create(consolidated=made, format=kind, file=held)
