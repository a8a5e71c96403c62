"""Accepted consolidations under a code: drawn as files, found, and verified like every accepted report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from atvsld.documents.render import render
from atvsld.oversight.consolidation import frozen, kept, paper, revising
from atvsld.oversight.consolidation.frozen import Held
from atvsld.oversight.consolidation.models import ConsolidatedFile, ConsolidatedReport
from atvsld.oversight.consolidation.policy import ACCEPTED, READ
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.reporting.result import ComputedTable
from atvsld.oversight.snapshots import facade as snapshots
from atvsld.oversight.snapshots.facade import Accepted, CellChange, Room, Seal, Store
from atvsld.platform.access.actor import Actor


def make_file(one: Held, report: Consolidated, kind: str) -> bytes:
    """A report of the acceptance as a file in Vietnamese: the same report always makes the same bytes."""
    with translation.override("vi"), timezone.override(settings.TIME_ZONE):
        seal = _seal_of(one.accepted)
        face = snapshots.sealed_face(snapshots.face_in(one.accepted.content["frozen"]), seal, one.plan.form)
        sealed = replace(report, face=face)
        if kind == "json":
            return snapshots.as_json(sealed.to_json(), seal)
        return render(paper.document(sealed), kind)


def changes(before: ConsolidatedReport | None, report: Consolidated) -> list[CellChange]:
    """What differs from the number before; nothing where the form was another one then."""
    if before is None or before.form_valid_from != report.form.valid_from:
        return []
    was = frozen.report_of(frozen.held(before))
    now = replace(report, tables=tuple(_exactly(table) for table in report.tables))
    return list(snapshots.differences(paper.as_report(was), paper.as_report(now)))


def _exactly(table: ComputedTable) -> ComputedTable:
    """Figures with the digits in which they are kept, whatever zeros the sums carry."""
    rows = tuple(
        replace(
            row,
            cells={key: None if value is None else Decimal(kept.exact(value)) for key, value in row.cells.items()},
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


class Consolidations(Room):
    """The accepted consolidations."""

    def holds(self, report: Accepted) -> bool:
        return isinstance(report, ConsolidatedReport)

    def by_codes(self, codes: Sequence[str]) -> Accepted | None:
        found = ConsolidatedReport.objects.filter(code__in=codes)
        # A revision also names the number it stands for, never the reverse.
        return max(found, key=lambda one: one.pk, default=None)

    def by_digest(self, sha256: str, only: Accepted | None) -> tuple[Accepted, str] | None:
        found = ConsolidatedFile.objects.filter(file__sha256=sha256).select_related("consolidated")
        known = (found.filter(consolidated=_own(only)) if only else found).order_by("pk").first()
        return None if known is None else (known.consolidated, known.format)

    def kept_files(self, report: Accepted) -> list[tuple[str, Any]]:
        return [(one.format, one.file) for one in _own(report).files.select_related("file")]

    def check(self, report: Accepted, kind: str) -> Store:
        one = frozen.held(_own(report))
        counted = frozen.recount(one)
        same = kept.digest(counted) == report.figures_digest
        same = same and kept.counted_data(counted).items() <= one.accepted.content.items()
        differing = snapshots.differences(paper.as_report(frozen.report_of(one)), paper.as_report(counted))
        return Store(
            facts_unchanged=frozen.facts_digest(one.accepted) == one.accepted.facts_digest,
            recounted=same,
            redrawn=make_file(one, counted, kind) == self.file_bytes(report, kind),
            engine_moved=snapshots.engine() != one.accepted.engine,
            cells=() if same else tuple(differing),
        )

    def title(self, report: Accepted) -> str:
        return str(_own(report).content["frozen"]["plan"]["form"]["title"]["vi"])

    def previous(self, report: Accepted) -> Accepted | None:
        return beside(_own(report), -1)

    def following(self, report: Accepted) -> Accepted | None:
        return beside(_own(report), 1)

    def overtaken(self, report: Accepted, at: datetime) -> str:
        if not revising.moved_since(_own(report), at=at):
            return ""
        return _("Số liệu đã chấp nhận; từ đó có báo cáo của đơn vị nộp muộn, nộp sửa hoặc bị trả lại.")

    def page(self, report: Accepted) -> str:
        return reverse("consolidation:accepted", args=[_own(report).public_id])

    def may_open(self, actor: Actor, report: Accepted) -> bool:
        return bool(ACCEPTED.decide(actor, READ, _own(report)))


def beside(report: ConsolidatedReport, step: int) -> ConsolidatedReport | None:
    """The number before (-1) or after (1) of the same report."""
    return ConsolidatedReport.objects.filter(series=report.series, number=report.number + step).first()


def _seal_of(accepted: ConsolidatedReport) -> Seal:
    data = accepted.content["frozen"]
    return Seal(
        code=accepted.code, address=data["address"], number=accepted.number, accepted_at=accepted.accepted_at,
        accepted_by=accepted.accepted_by_name, reason=accepted.reason, supersedes=data["supersedes"],
        figures_digest=accepted.figures_digest, facts_digest=accepted.facts_digest,
        changes=tuple(CellChange.from_data(change) for change in data["changes"]),
    )  # fmt: skip


def _own(report: Accepted) -> ConsolidatedReport:
    return cast("ConsolidatedReport", report)
