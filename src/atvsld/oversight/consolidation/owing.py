"""Who owes the reports that are added up, as SQL and as counts, with what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from atvsld.kit.periods import Period
from atvsld.oversight.consolidation.extent import Extent

# Function of the body that owes a report, for reports of bodies.
BODY_FUNCTIONS = {"R2": "commune", "R3": "district"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands behind a consolidated table.

    `obliged` reporters, of whom `reported` handed in; of those `nil` with nothing to tell, `late` after the last good
    day and `returned` for correction, whose figures do not count meanwhile. `counted` reports are added up; `left_out`
    were handed in and stand within another one's figures. `extra` reported without owing.
    """

    obliged: int
    reported: int
    counted: int
    nil: int
    late: int
    returned: int
    left_out: int
    extra: int
    drafts: int

    @property
    def silent(self) -> int:
        """Those who owe and have handed in nothing. That is not nil."""
        return max(0, self.obliged - (self.reported - self.extra))

    def to_json(self) -> dict[str, int]:
        return {
            "obliged": self.obliged,
            "reported": self.reported,
            "counted": self.counted,
            "nil": self.nil,
            "silent": self.silent,
            "late": self.late,
            "returned": self.returned,
            "left_out": self.left_out,
            "extra": self.extra,
            "drafts": self.drafts,
        }


def obliged_sql(period: Period) -> tuple[str, dict[str, Any]]:
    """A condition on establishment `e`: in operation on the last day of the period, and no duplicate of another."""
    return (
        "e.merged_into_id IS NULL AND (e.closed_on IS NULL OR e.closed_on > %(last_day)s)",
        {"last_day": period.end},
    )


def coverage(extent: Extent) -> Coverage:
    """Count who owes and what came in, in one statement."""
    bodies = [BODY_FUNCTIONS[report] for report in extent.reports if report in BODY_FUNCTIONS]
    owing = _bodies(extent, bodies[-1], extent.period.end) if bodies else _establishments(extent)
    sql = f"""
WITH owing AS ({owing[0]}),
came AS (
  SELECT fl.id, coalesce(fl.establishment_id, fl.body_id) AS reporter, fl.state, fl.nil, fl.late, fl.report,
         fl.submitted_at IS NOT NULL AND fl.state <> 'draft' AS handed_in
  FROM filing_filing fl LEFT JOIN establishments_establishment e ON e.id = fl.establishment_id WHERE {extent.where}
)
SELECT (SELECT count(*) FROM owing),
       count(*) FILTER (WHERE handed_in), count(*) FILTER (WHERE state = ANY(%(states)s) AND id <> ALL(%(left_out)s)),
       count(*) FILTER (WHERE handed_in AND nil), count(*) FILTER (WHERE handed_in AND late),
       count(*) FILTER (WHERE state = 'returned'),
       count(*) FILTER (WHERE handed_in AND reporter NOT IN (SELECT reporter FROM owing)),
       count(*) FILTER (WHERE NOT handed_in)
FROM came
"""  # noqa: S608 - fragments are constants
    with connection.cursor() as cursor:
        cursor.execute(sql, extent.params | owing[1])
        obliged, reported, counted, nil, late, returned, extra, drafts = cursor.fetchone()
    return Coverage(
        obliged=obliged, reported=reported, counted=counted, nil=nil, late=late, returned=returned,
        left_out=len(extent.left_out), extra=extra, drafts=drafts,
    )  # fmt: skip


def _establishments(extent: Extent) -> tuple[str, dict[str, Any]]:
    condition, params = obliged_sql(extent.period)
    place = "e.place_id" if extent.basis == "place" else "e.headquarters_place_id"
    ground = f"AND {place} = ANY(%(places)s)" if extent.places is not None else ""
    return f"SELECT e.id AS reporter FROM establishments_establishment e WHERE {condition} {ground}", params  # noqa: S608


def _bodies(extent: Extent, function: str, day: date) -> tuple[str, dict[str, Any]]:
    ground = "AND b.place_id = ANY(%(places)s)" if extent.places is not None else ""
    sql = (
        "SELECT DISTINCT b.body_id AS reporter FROM bodies_bodyfunction b WHERE b.function = %(function)s"  # noqa: S608
        f" AND b.valid_from <= %(last_day)s AND (b.valid_to IS NULL OR b.valid_to >= %(last_day)s) {ground}"
    )
    return sql, {"function": function, "last_day": day}
