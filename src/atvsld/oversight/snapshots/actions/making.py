"""Making a snapshot: facts first, then figures from them, then the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from atvsld.documents.fonts_folder import FontsMissing
from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import compute, coverage, header, reading
from atvsld.oversight.reporting.catalogue import FACT_SETS
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.reading import Plan
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.reporting.subject import Subject
from atvsld.oversight.snapshots import content, freezing, sealing
from atvsld.oversight.snapshots.differences import CellChange
from atvsld.oversight.snapshots.models import ReportSnapshot, SnapshotCheck, SnapshotContent, SnapshotFile
from atvsld.platform.acts import Act, Rejected
from atvsld.platform.files import facade as files


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report asked for, with everything it names found."""

    request: Request
    form: FormSpec
    period: Period
    subject: Subject
    series: str


@dataclass(frozen=True, slots=True)
class Made:
    """Facts copied under the number of a snapshot that is not written yet, and the report counted from them."""

    wanted: Wanted
    pk: int
    number: int
    plan: Plan
    layouts: freezing.Layouts
    report: Report
    marks: dict[str, int]


def make(act: Act, wanted: Wanted, *, number: int) -> Made:
    """Copy the facts in one statement and count the report from the copy alone."""
    book = load_book()
    plan = compute.plan_of(book, wanted.form, wanted.period)
    piece: Slice = compute.slice_of(wanted.period, wanted.subject, wanted.request.basis)
    layouts = freezing.layouts_of(plan, FACT_SETS)
    pk = _next_pk()
    # Before the facts: a change that slips in between is then looked at once more, never missed.
    marks = freezing.marks(layouts)
    freezing.freeze(pk, plan, piece, layouts)
    facts = reading.read(plan, content.NO_SLICE, freezing.frozen_sets(pk, layouts))
    tables = compute.figures(plan, facts)
    filled = header.fill(wanted.form, wanted.period, wanted.subject, facts.establishments, day=act.day)
    report = Report(
        form=wanted.form, period=wanted.period, subject=wanted.subject, basis=wanted.request.basis, as_of=act.at,
        law_version=book.version, header=filled, tables=tables, coverage=coverage.measure(wanted.form, facts),
        checks=compute.checks_of(wanted.form, tables, filled), synthetic=settings.DEMO,
    )  # fmt: skip
    return Made(wanted, pk, number, plan, layouts, report, marks)


def keep(
    act: Act, made: Made, *, key: str, previous: ReportSnapshot | None = None, changes: Sequence[CellChange] = ()
) -> ReportSnapshot:
    """Write the snapshot of copied facts, with its content and its files."""
    with translation.override("vi"):
        data = content.describe(made.wanted.request, made.report, made.plan, made.layouts, face_of(made.report))
    code = sealing.new_code()
    figures = content.figures_data(made.report)
    data |= {
        "figures": figures,
        "address": sealing.address(code),
        "supersedes": previous.code if previous else "",
        sealing.CHANGES: [change.to_data() for change in changes],
    }
    snapshot = _row(act, made, key, code)
    snapshot.previous = previous
    snapshot.figures_digest = sealing.figures_digest(figures)
    snapshot.facts_digest = freezing.digest(made.pk)
    snapshot.save(force_insert=True)
    SnapshotContent.objects.create(snapshot=snapshot, data=data)
    SnapshotCheck.objects.create(snapshot=snapshot, checked_at=act.at, marks=made.marks)
    _keep_files(act, content.held(snapshot))
    return snapshot


def _row(act: Act, made: Made, key: str, code: str) -> ReportSnapshot:
    wanted = made.wanted
    subject = wanted.subject
    return ReportSnapshot(
        pk=made.pk, public_id=new_ulid(), key=key, series=wanted.series, number=made.number, code=code,
        form=wanted.form.code, form_valid_from=wanted.form.valid_from, period=wanted.period.code,
        period_start=wanted.period.start, period_end=wanted.period.end, subject_kind=subject.kind,
        subject_code=subject.code, subject_name=subject.name, basis=wanted.request.basis,
        boundary=wanted.request.boundary, place_id=subject.place_pk, establishment=subject.establishment,
        body=subject.body, as_of=act.at, accepted_at=act.at, accepted_by_id=act.actor.user_id,
        accepted_by_name=act.actor.name[:200], reason=act.reason.strip()[:500], law_version=made.report.law_version,
        engine=sealing.engine(),
    )  # fmt: skip


def _keep_files(act: Act, one: content.Held) -> None:
    snapshot = one.snapshot
    try:
        report = content.report_of(one)
        made = {kind: sealing.make_file(one, report, kind) for kind in sealing.FORMATS}
    except FontsMissing as missing:
        told = _("Máy chủ chưa có phông chữ để in PDF; báo người quản trị.")
        raise Rejected([Problem("fonts_missing", told)]) from missing
    name = f"{snapshot.form}_{snapshot.period}_{snapshot.subject_code}_lan-{snapshot.number}"
    for kind, made_content in made.items():
        kept = files.keep(
            act, name=f"{name}.{kind}", content=made_content, purpose=f"snapshots:{snapshot.public_id}", kinds=(kind,)
        )
        SnapshotFile.objects.create(snapshot=snapshot, format=kind, file=kept)


def _next_pk() -> int:
    """The number of a snapshot ahead of its row, for its facts come first; foreign keys are looked at in the end."""
    table = ReportSnapshot._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])
