"""What came after a consolidation was accepted: reports handed in late, corrected or returned, and what they change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation import compute, frozen, kept, service
from atvsld.oversight.consolidation import extent as extents
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.policy import READ
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.filing.models import Filing, Submission
from atvsld.oversight.reporting.result import json_number
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected

LATE, CORRECTED, WITHDRAWN = "late", "corrected", "withdrawn"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One report that no longer stands as it was added up. `reason` is its writer's, for a correction."""

    filing: Filing
    kind: str
    at: datetime | None
    reason: str

    @property
    def label(self) -> str:
        names = {
            LATE: _("Nộp sau khi chấp nhận"),
            CORRECTED: _("Nộp lại, có sửa"),
            WITHDRAWN: _("Đã trả lại hoặc không còn được tính"),
        }
        return str(names[self.kind])


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would now be another figure."""

    cell: Cell
    was: Decimal | None
    now: Decimal | None

    @property
    def difference(self) -> Decimal:
        return (self.now or Decimal(0)) - (self.was or Decimal(0))

    def to_json(self) -> dict[str, Any]:
        table, row, column = self.cell
        return {
            "table": table,
            "row": row,
            "column": column,
            "was": json_number(self.was),
            "now": json_number(self.now),
        }


@dataclass(frozen=True, slots=True)
class Since:
    """All that came since, and what it changes. `digest` is that of the figures as they would be accepted now."""

    accepted: ConsolidatedReport
    arrivals: tuple[Arrival, ...]
    changes: tuple[Change, ...]
    digest: str

    @property
    def outdated(self) -> bool:
        return bool(self.arrivals or self.changes)


def request_of(accepted: ConsolidatedReport) -> Request:
    """The question the accepted report answers."""
    subject = {accepted.subject_kind: accepted.subject_code} if accepted.subject_kind in ("place", "body") else {}
    return Request(
        form=accepted.form, period=accepted.period, basis=accepted.basis, boundary=accepted.boundary, **subject
    )


def since(actor: Actor, accepted: ConsolidatedReport, *, at: datetime) -> Since:
    """Compare an accepted consolidation with the submissions as they stand now."""
    asked = service.understand(actor, request_of(accepted), at=at, permission=READ)
    extent = extents.of(asked.scheme, asked.subject, asked.basis)
    moved = _moved(accepted, extent)
    report = compute.consolidate(asked.scheme, asked.subject, asked.basis, as_of=at)
    before, after = kept.figures_in(accepted), kept.figures_of(report)
    changes = [
        Change(cell, before.get(cell), after.get(cell))
        for cell in dict.fromkeys((*before, *after))
        if (before.get(cell) or 0) != (after.get(cell) or 0) or (before.get(cell) is None) != (after.get(cell) is None)
    ]
    return Since(accepted, tuple(_arrivals(moved)), tuple(changes), kept.digest(report))


def moved_since(accepted: ConsolidatedReport, *, at: datetime) -> bool:
    """Whether other submissions would be added up now. Asks nobody's rights and tells no figure."""
    try:
        scheme = frozen.held(accepted).scheme
        subject = service.subject_of(request_of(accepted), scheme, at=at)
    except Rejected:
        return False  # the subject can no longer be asked for: nothing newer can be said of it
    return bool(_moved(accepted, extents.of(scheme, subject, accepted.basis)))


def _moved(accepted: ConsolidatedReport, extent: extents.Extent) -> list[tuple[int, int | None, int | None]]:
    """Filings that stand otherwise now: filing, the submission added up, the one that counts now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(n.filing, c.filing_id), c.submission_id, n.submission"  # noqa: S608
            f" FROM ({extent.counted(())}) n FULL JOIN (SELECT * FROM consolidation_countedreport"
            "  WHERE consolidated_id = %(consolidated)s) c ON c.filing_id = n.filing"
            " WHERE c.submission_id IS DISTINCT FROM n.submission",
            extent.params | {"consolidated": accepted.pk},
        )
        return list(cursor.fetchall())


def _arrivals(moved: list[tuple[int, int | None, int | None]]) -> list[Arrival]:
    filings = Filing.objects.select_related("establishment", "body", "provider").in_bulk([row[0] for row in moved])
    submissions = Submission.objects.defer("content").in_bulk([row[2] for row in moved if row[2]])
    found = []
    for filing, was, now in moved:
        handed_in = submissions.get(now) if now else None
        kind = WITHDRAWN if now is None else LATE if was is None else CORRECTED
        found.append(
            Arrival(
                filings[filing], kind, handed_in.submitted_at if handed_in else None,
                handed_in.reason if handed_in else "",
            )
        )  # fmt: skip
    found.sort(key=lambda one: (one.at is None, one.at, one.filing.pk))
    return found
