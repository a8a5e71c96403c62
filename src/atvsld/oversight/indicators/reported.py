"""What employers' reports say of a measure for a year, and who of those that owe it has not said.

Only figures that were handed in are read, in the states that count for those above; nothing is made up for the silent,
they widen the upper bound instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from atvsld.law.reporting_duties import Term
from atvsld.law.targets import ReportedCell, ReportedMeasure
from atvsld.oversight.filing import facade as filing
from atvsld.oversight.filing.numbers import NotANumber, read
from atvsld.oversight.obligations import facade as obligations
from atvsld.statistics.counts import NOTHING, Known, total

COUNTED = tuple(str(state) for state in filing.Filing.COUNTED)
# Who owes a report, or may owe it, by duty and period: establishment, whether that is unclear, workers last stated.
Expected = dict[tuple[str, str], list[tuple[int, bool, int | None]]]
# The lists of establishments behind a year.
LISTS = ("counted", "told", "blank", "silent", "unclear")
_FILED = """
SELECT f.establishment_id AS firm, f.report, f.current_id AS submission FROM filing_filing f
JOIN establishments_establishment e ON e.id = f.establishment_id
WHERE f.period = %(period)s AND f.report = ANY(%(reports)s) AND f.state = ANY(%(states)s)
"""
_FIGURES = """
WITH filed AS ({filed})
SELECT d.firm, d.report, c."table", c."row", c."column", g.value
FROM filed d JOIN filing_figure g ON g.submission_id = d.submission JOIN filing_cell c ON c.id = g.cell_id
WHERE c."table" || '/' || c."row" || '/' || c."column" = ANY(%(cells)s)
"""
_LISTS = """
WITH filed AS ({filed})
SELECT d.firm, s.content #> ARRAY['words', 'lists', %(table)s] FROM filed d JOIN filing_submission s
ON s.id = d.submission WHERE d.report = %(report)s
"""
_SILENT = """
WITH owing AS ({owing}), unclear AS ({unclear})
SELECT o.id, o.unclear, w.workers FROM (
  SELECT id, false AS unclear FROM owing UNION ALL SELECT id, true FROM unclear
) o LEFT JOIN LATERAL (
  SELECT workers FROM establishments_workforceyear WHERE establishment_id = o.id AND year <= %(workforce_year)s
  ORDER BY year DESC LIMIT 1
) w ON true
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who stands behind a figure. `owing` employers by the reporting calendar; of the `unclear` it is not known whether
    they owe. `told` handed in a report that is read, owing or not; `blank` of them left the figure blank.
    """

    owing: int
    owing_told: int
    unclear: int
    unclear_told: int
    told: int
    blank: int

    @property
    def silent(self) -> int:
        return self.owing - self.owing_told

    @property
    def unclear_silent(self) -> int:
        return self.unclear - self.unclear_told

    @property
    def share(self) -> float | None:
        """Share of the owing that told, 0–1; None when nobody is known to owe."""
        return self.owing_told / self.owing if self.owing else None

    @property
    def whole(self) -> bool:
        """Whether nobody who owes, or may owe, is missing and nothing was left blank."""
        return not (self.silent or self.unclear_silent or self.blank)

    def to_json(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("owing", "owing_told", "unclear", "told", "blank", "silent")}


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of a year as reports tell it. `said` by employer; `missing` bounds what the others could add.

    `sum_told` is the plain sum, as the forms would be added up; `exposed` the people among whom, None when not told.
    """

    said: Mapping[int, Known]
    sum_told: Decimal
    exposed: Decimal | None
    missing: Known
    blank: frozenset[int]
    silent: frozenset[int]
    unclear: frozenset[int]
    coverage: Coverage

    @property
    def known(self) -> Known:
        """The whole count, as far as it is known."""
        return total(self.said.values()) + self.missing

    def firms(self, wanted: str) -> frozenset[int]:
        """The establishments in one of `LISTS`; KeyError for another word."""
        counted = frozenset(firm for firm, known in self.said.items() if known.low > 0)
        lists = {
            "counted": counted,
            "told": frozenset(self.said) | self.blank,
            "blank": self.blank,
            "silent": self.silent,
            "unclear": self.unclear,
        }
        return lists[wanted]


def read_year(
    measure: ReportedMeasure, term: Term, places: Iterable[int] | None, *, today: date,
    expected: Expected | None = None,
) -> Told:  # fmt: skip
    """What reports of the year of `term` say, of employers that work in the places (None: everywhere).

    `expected` remembers who owes a report, for callers that ask about several measures of the same ground.
    """
    ground = None if places is None else sorted(places)
    said, blank, sums = _said(measure, term, ground)
    exposed = _exposed(measure, term, ground)
    key = (term.duty.id, term.period.code)
    rows = expected[key] if expected and key in expected else _expected(term, ground, today=today)
    if expected is not None:
        expected[key] = rows
    known_by = set(said) | blank
    # Each of those not heard could add this much.
    open_ended = [(pk, workers) for pk, _unclear, workers in rows if pk not in said]
    seen = {pk for pk, _workers in open_ended}
    open_ended += [(pk, None) for pk in blank - seen]
    owing = {pk for pk, unclear, _workers in rows if not unclear}
    unclear = {pk for pk, doubtful, _workers in rows if doubtful}
    return Told(
        said=said,
        sum_told=sums,
        exposed=exposed,
        missing=total(_most(measure, workers) for _pk, workers in open_ended),
        blank=frozenset(blank),
        silent=frozenset(owing - known_by),
        unclear=frozenset(unclear - known_by),
        coverage=Coverage(
            owing=len(owing), owing_told=len(owing & known_by), unclear=len(unclear),
            unclear_told=len(unclear & known_by), told=len(known_by), blank=len(blank),
        ),
    )  # fmt: skip


def _most(measure: ReportedMeasure, workers: int | None) -> Known:
    """What an employer not heard could add: itself, or all its workers."""
    if measure.count == "establishments":
        return Known(Decimal(0), Decimal(1))
    return Known(Decimal(0), None if workers is None else Decimal(workers))


def _said(measure: ReportedMeasure, term: Term, places: list[int] | None) -> tuple[dict[int, Known], set[int], Decimal]:
    """By employer what it told; those that left it blank in every report; the plain sum."""
    cells = _cells(measure.cells, measure.reports, term, places)
    found: dict[int, Known] = {}
    blank: set[int] = set()
    plain = Decimal(0)
    for firm, values in cells.items():
        numbers = [value for value in values if value is not None]
        if measure.count == "establishments":
            if any(numbers):
                found[firm] = Known(Decimal(1), Decimal(1))
            elif values and not numbers:
                blank.add(firm)
            else:
                found[firm] = NOTHING
        else:
            found[firm] = Known(max(numbers, default=Decimal(0)), sum(numbers, Decimal(0)))
        plain += sum(numbers, Decimal(0))
    return found, blank, plain if measure.count == "persons" else total(found.values()).low


def _exposed(measure: ReportedMeasure, term: Term, places: list[int] | None) -> Decimal | None:
    if not measure.exposed:
        return None
    reports = tuple(dict.fromkeys(cell.report for cell in measure.exposed))
    told = [value for values in _cells(measure.exposed, reports, term, places).values() for value in values if value]
    return sum(told, Decimal(0)) if told else None


def _cells(
    cells: tuple[ReportedCell, ...], reports: tuple[str, ...], term: Term, places: list[int] | None
) -> dict[int, list[Decimal | None]]:
    """What each employer that reported wrote in the cells; nothing where all were plain noughts."""
    filed = _FILED + ("" if places is None else " AND e.place_id = ANY(%(places)s)")
    params: dict[str, Any] = {
        "period": term.period.code, "reports": list(reports), "states": list(COUNTED), "places": places,
    }  # fmt: skip
    found: dict[int, list[Decimal | None]] = defaultdict(list)
    fixed = {(cell.report, cell.table, row, cell.column) for cell in cells for row in cell.rows}
    with connection.cursor() as cursor:
        cursor.execute(filed, params)
        for firm, _report, _submission in cursor.fetchall():
            found[firm] = []
        if not found:
            return {}
        if fixed:
            keys = sorted({f"{table}/{row}/{column}" for _report, table, row, column in fixed})
            cursor.execute(_FIGURES.format(filed=filed), params | {"cells": keys})
            for firm, report, table, row, column, value in cursor.fetchall():
                if (report, table, row, column) in fixed:
                    found[firm].append(value)
        for cell in cells:
            if not cell.rows:
                cursor.execute(_LISTS.format(filed=filed), params | {"table": cell.table, "report": cell.report})
                for firm, rows in cursor.fetchall():
                    found[firm] += [_typed(row.get(cell.column, "")) for row in _rows(rows)]
    return dict(found)


def _rows(told: Any) -> list[dict[str, str]]:
    """Rows of an added list, as JSON or as its text."""
    if isinstance(told, str):
        import json

        told = json.loads(told)
    return told or []


def _typed(text: str) -> Decimal | None:
    try:
        return read(text)
    except NotANumber:
        return None


def _expected(term: Term, places: list[int] | None, *, today: date) -> list[tuple[int, bool, int | None]]:
    """Who owes the report or may owe it: establishment, whether that is unclear, workers last stated."""
    scope = obligations.Scope() if places is None else obligations.Scope(ids={"place": places})
    owing, params = obligations.listed_sql(term, "obliged", today=today, scope=scope)
    unclear, more = obligations.listed_sql(term, "cannot_tell", today=today, scope=scope)
    sql = _SILENT.format(owing=owing, unclear=unclear)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, **more, "workforce_year": term.period.year})
        return list(cursor.fetchall())
