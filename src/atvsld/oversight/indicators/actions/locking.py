"""Fixing the baseline of a target, and lifting it again with a reason."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.oversight.indicators import count_wording, counted, policy, service
from atvsld.oversight.indicators.baselines import ground_digest, standing
from atvsld.oversight.indicators.models import Baseline
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.subject import Basis, Boundary, Subject
from atvsld.platform.acts import Act, Conflict, Rejected, action

LONGEST_DOCUMENT, LONGEST_REASON = 200, 300


@action(needs=policy.LOCK, records="indicators:baseline:locked")
def lock_baseline(
    act: Act, *, target: str, place: str = "", basis: str = Basis.PLACE, boundary: str = Boundary.PERIOD_END,
    document: str,
) -> Baseline:  # fmt: skip
    """Fix the base year's figure as the registers or reports give it now; it cannot be typed.

    Doing so twice gives the one that stands. `Rejected` when the figure is not known exactly, no document is named, or
    another ground was fixed for the place.
    """
    document = document.strip()
    if not document or len(document) > LONGEST_DOCUMENT:
        raise Rejected([Problem("document_missing", _("Chưa ghi văn bản làm căn cứ, hoặc quá 200 ký tự."),
                                _("Ghi số, ngày của văn bản phê duyệt."), column="document")])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"baseline:{target}:{place}:{basis}"])
    if target == service.FATAL_RATE:
        subject, made = _of_rate(act, place=place, basis=basis, boundary=boundary)
    else:
        basis = str(Basis.PLACE)
        subject, made = _of_count(act, target, place=place)
    subjects.require_readable(act.actor, policy.LOCK, subject)
    held = standing(target, subject, basis)
    if held is not None:
        if held.ground == ground_digest(subject):
            return held
        message = _("Mức năm gốc của địa bàn này đã khóa theo địa giới khác.")
        raise Rejected([Problem("locked_otherwise", message, _("Mở khóa mức cũ kèm lý do, rồi khóa lại."))])
    made.target, made.basis, made.ground = target, basis, ground_digest(subject)
    made.place_id = _place(subject)
    made.document, made.law_version = document, load_book().version
    made.locked_at, made.by_name = act.at, act.actor.name[:200]
    made.save()
    return made


@action(needs=policy.LOCK, records="indicators:baseline:lifted")
def lift_baseline(act: Act, *, baseline: Baseline, version: int, why: str) -> Baseline:
    """Lift a fixed baseline; the path follows the registers again. Lifting a lifted one is nothing."""
    policy.BASELINES.require(act.actor, policy.LOCK, baseline)
    if not why.strip():
        raise Rejected([Problem("reason_missing", _("Chưa ghi lý do mở khóa."),
                                _("Ghi lý do để người xem sau hiểu."), column="why")])  # fmt: skip
    found = Baseline.objects.select_for_update().get(pk=baseline.pk)
    if found.lifted_at is not None:
        return found
    if found.version != version:
        raise Conflict(_("Mức năm gốc đã được người khác sửa; hãy mở lại trang."))
    found.lifted_at, found.lifted_by, found.lifted_why = act.at, act.actor.name[:200], why.strip()[:LONGEST_REASON]
    found.version += 1
    found.save()
    return found


def _of_rate(act: Act, *, place: str, basis: str, boundary: str) -> tuple[Subject, Baseline]:
    report = service.fatal_rate(act.actor, place=place, basis=basis, boundary=boundary, at=act.at)
    found = report.baseline.rate
    if found.value is None or found.denominator is None:
        raise _unknown(report.baseline.year, found.reason)
    count = Decimal(found.count)
    made = Baseline(
        year=report.baseline.year, low=count, high=count, denominator=found.denominator, per=found.per,
        source=found.denominator_source,
    )  # fmt: skip
    return report.baseline.subject, made


def _of_count(act: Act, target: str, *, place: str) -> tuple[Subject, Baseline]:
    report = counted.count_report(act.actor, target, place=place, at=act.at)
    known = report.baseline.known
    if not known.exact or not known.low:
        raise _unknown(report.baseline.year, count_wording.coverage(report.baseline.told.coverage))
    made = Baseline(
        year=report.baseline.year, low=known.low, high=known.low, source=count_wording.source(report, report.baseline)
    )
    return report.subject, made


def _unknown(year: int, why: str) -> Rejected:
    message = _("Chưa biết đủ số của năm gốc %(year)s nên chưa khóa được. %(why)s") % {
        "year": year,
        "why": why,
    }
    return Rejected([Problem("baseline_unknown", message, _("Bổ sung số liệu năm gốc rồi khóa lại."))])


def _place(subject: Subject) -> int:
    assert subject.place_pk is not None  # targets are of places
    return subject.place_pk
