"""Reports frozen with their facts, as reports that are found by code and verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.oversight.snapshots import content, differences, freezing, queries, sealing
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.models import ReportSnapshot, SnapshotFile
from atvsld.oversight.snapshots.policy import READ, SNAPSHOTS
from atvsld.oversight.snapshots.verifying_rooms import Accepted, Room, Store
from atvsld.platform.access.actor import Actor


class Frozen(Room):
    """The register of frozen reports."""

    def holds(self, report: Accepted) -> bool:
        return isinstance(report, ReportSnapshot)

    def by_codes(self, codes: Sequence[str]) -> Accepted | None:
        found = ReportSnapshot.objects.filter(code__in=codes).select_related("held_content", "previous")
        # A revision also names the number it stands for, never the reverse: the newest of those named is the one.
        return max(found, key=lambda one: one.pk, default=None)

    def by_digest(self, sha256: str, only: Accepted | None) -> tuple[Accepted, str] | None:
        kept = SnapshotFile.objects.filter(file__sha256=sha256).select_related("snapshot__held_content")
        known = (kept.filter(snapshot=_own(only)) if only else kept).order_by("pk").first()
        return None if known is None else (known.snapshot, known.format)

    def kept_files(self, report: Accepted) -> list[tuple[str, Any]]:
        return [(one.format, one.file) for one in _own(report).files.select_related("file")]

    def check(self, report: Accepted, kind: str) -> Store:
        return check_store(content.held(_own(report)), kind)

    def title(self, report: Accepted) -> str:
        return str(_own(report).held_content.data["form"]["title"]["vi"])

    def previous(self, report: Accepted) -> Accepted | None:
        return _own(report).previous

    def following(self, report: Accepted) -> Accepted | None:
        return ReportSnapshot.objects.filter(previous=_own(report)).first()

    def overtaken(self, report: Accepted, at: datetime) -> str:  # noqa: ARG002 - the job has compared already
        if queries.open_revision(_own(report)) is None:
            return ""
        return _("Số liệu đã chấp nhận; hồ sơ đã thay đổi về sau và bản sửa đang được xem xét.")

    def page(self, report: Accepted) -> str:
        return reverse("snapshots:report", args=[_own(report).public_id])

    def may_open(self, actor: Actor, report: Accepted) -> bool:
        return bool(SNAPSHOTS.decide(actor, READ, _own(report)))


def _own(report: Accepted) -> ReportSnapshot:
    return cast("ReportSnapshot", report)


def check_store(one: Held, kind: str) -> Store:
    """Recount the report from its frozen facts, draw it again and compare with what was kept."""
    counted = content.recount(one)
    figures = content.figures_data(counted)
    same = sealing.figures_digest(figures) == one.snapshot.figures_digest and figures == one.data["figures"]
    return Store(
        facts_unchanged=freezing.digest(one.snapshot.pk) == one.snapshot.facts_digest,
        recounted=same,
        redrawn=sealing.make_file(one, counted, kind) == Frozen().file_bytes(one.snapshot, kind),
        engine_moved=sealing.engine() != one.snapshot.engine,
        cells=() if same else tuple(differences.between(content.report_of(one), counted)),
    )
