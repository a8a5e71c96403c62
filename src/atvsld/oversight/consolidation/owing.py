"""Who owes the reports that are added up, by the reporting calendar, with what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from atvsld.oversight.consolidation.extent import Extent
from atvsld.oversight.obligations import facade as obligations

# Registers of those who report to the bodies that add up.
_REGISTERS = ("establishments", "bodies")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands behind a consolidated table.

    `obliged` reporters (None: no register holds them), of whom `reported` handed in; of those `nil` with nothing to
    tell, `late` after the last good day and `returned` for correction, whose figures do not count meanwhile. `counted`
    reports are added up; `left_out` were handed in and stand within another one's figures. `extra` reported without
    owing. Of the `unclear`, who have not reported, the registers do not hold what would tell whether they owe.
    """

    obliged: int | None
    reported: int
    counted: int
    nil: int
    late: int
    returned: int
    left_out: int
    extra: int
    unclear: int
    silent: int | None
    drafts: int

    def to_json(self) -> dict[str, int | None]:
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
            "unclear": self.unclear,
            "drafts": self.drafts,
        }


def obliged(extent: Extent, today: date, *, who: str = "obliged") -> tuple[str, dict[str, Any]]:
    """SELECT of the reporters that owe the lowest report of the chain, by primary key; nobody when it has no dates.

    `who` names another list of the board, such as `cannot_tell`.
    """
    term = obligations.known_term(extent.reports[-1], extent.period.code)
    if term is None or not known(extent):
        return "SELECT NULL::bigint AS id WHERE false", {}
    return obligations.listed_sql(term, who, today=today)


def known(extent: Extent) -> bool:
    """Whether a register holds those who owe the report."""
    term = obligations.known_term(extent.reports[-1], extent.period.code)
    return term is not None and term.duty.reporter.register in _REGISTERS


def coverage(extent: Extent, *, of_bodies: bool, today: date) -> Coverage:
    """Count who owes and what came in, in one statement."""
    known_here, params = _known_here(extent, of_bodies=of_bodies, today=today)
    sql = f"""
{known_here}
SELECT (SELECT count(*) FROM owing),
       count(*) FILTER (WHERE handed_in), count(*) FILTER (WHERE state = ANY(%(states)s) AND id <> ALL(%(left_out)s)),
       count(*) FILTER (WHERE handed_in AND nil), count(*) FILTER (WHERE handed_in AND late),
       count(*) FILTER (WHERE state = 'returned'),
       count(*) FILTER (WHERE handed_in AND reporter NOT IN (SELECT reporter FROM owing)
                                        AND reporter NOT IN (SELECT reporter FROM unclear)),
       (SELECT count(*) FROM unclear WHERE reporter NOT IN (SELECT reporter FROM came WHERE handed_in)),
       (SELECT count(*) FROM owing WHERE reporter NOT IN (SELECT reporter FROM came WHERE handed_in)),
       count(*) FILTER (WHERE NOT handed_in)
FROM came
"""  # noqa: S608 - fragments are constants
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        owing, reported, counted, nil, late, returned, extra, unclear, silent, drafts = cursor.fetchone()
    if not known(extent):
        owing = silent = None
        extra = 0
    return Coverage(
        obliged=owing, reported=reported, counted=counted, nil=nil, late=late, returned=returned,
        left_out=len(extent.left_out), extra=extra, unclear=unclear, silent=silent, drafts=drafts,
    )  # fmt: skip


def uncounted(extent: Extent, *, of_bodies: bool, today: date) -> tuple[str, dict[str, Any]]:
    """SELECT of the reporters whose figures are not in the sums: reporter, filing, the filing that holds them, why."""
    known_here, params = _known_here(extent, of_bodies=of_bodies, today=today)
    sql = f"""
{known_here}, aside AS (
  SELECT * FROM unnest(%(aside)s::bigint[], %(within)s::bigint[], %(whys)s::text[]) a(filing, within, why)
)
SELECT c.reporter, a.filing, a.within, a.why FROM aside a JOIN came c ON c.id = a.filing
UNION ALL
SELECT reporter, id, NULL, 'returned' FROM came
 WHERE state = 'returned' AND handed_in AND id NOT IN (SELECT filing FROM aside)
UNION ALL
SELECT reporter, NULL, NULL, why FROM (
  SELECT reporter, 'silent' AS why FROM owing UNION ALL SELECT reporter, 'unclear' FROM unclear
) o WHERE reporter NOT IN (SELECT reporter FROM came WHERE handed_in)
"""  # noqa: S608 - fragments are constants
    told = {
        "aside": [item.filing for item in extent.left_out],
        "within": [item.within for item in extent.left_out],
        "whys": [item.why for item in extent.left_out],
    }
    return sql, params | told


def _known_here(extent: Extent, *, of_bodies: bool, today: date) -> tuple[str, dict[str, Any]]:
    """WITH who owes, of whom it is not clear, and what came in."""
    owed, params = obliged(extent, today)
    open_question, more = obliged(extent, today, who="cannot_tell")
    sql = f"""WITH owing AS ({_on_ground(extent, owed, of_bodies=of_bodies)}),
unclear AS ({_on_ground(extent, open_question, of_bodies=of_bodies)}),
came AS (
  SELECT fl.id, coalesce(fl.establishment_id, fl.body_id) AS reporter, fl.state, fl.nil, fl.late, fl.report,
         fl.submitted_at IS NOT NULL AND fl.state <> 'draft' AS handed_in
  FROM filing_filing fl LEFT JOIN establishments_establishment e ON e.id = fl.establishment_id WHERE {extent.where}
)"""  # noqa: S608 - fragments are constants
    return sql, {**more, **params, **extent.params}


def _on_ground(extent: Extent, owed: str, *, of_bodies: bool) -> str:
    table, place = "bodies_body", "r.place_id"
    if not of_bodies:
        table, place = "establishments_establishment", extent.firm_place("r")
    ground = f"WHERE {place} = ANY(%(places)s)" if extent.places is not None else ""
    return f"SELECT r.id AS reporter FROM ({owed}) o JOIN {table} r ON r.id = o.id {ground}"  # noqa: S608
