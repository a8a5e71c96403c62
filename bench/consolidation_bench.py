"""25,000 employers' reports added up: the yearly safety report in full, the accident report, units behind a figure.

Four earlier years lie in the same table. Beside each: the bare grouping of the same figures in plain SQL.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

FIRMS = 25_000
YEARS = (2021, 2022, 2023, 2024, 2025)
# The rows in which an employer's single accident stands; all others are zeros, which are not stored.
ONE_ACCIDENT = ("1", "1.1.1", "1.2.1", "1.3.71", "3")
AT = datetime(2026, 1, 15, tzinfo=UTC)
PLAIN = """
SELECT f.cell_id, e.ownership_type, sum(f.value), count(*) FILTER (WHERE f.value IS NULL), max(f.value)
FROM filing_filing r JOIN establishments_establishment e ON e.id = r.establishment_id
JOIN filing_figure f ON f.submission_id = r.current_id
WHERE r.report = %(report)s AND r.period = '2025' AND r.state IN ('submitted', 'accepted', 'locked') GROUP BY 1, 2
"""
FIRMS_SQL = """
INSERT INTO establishments_establishment (public_id, tax_code, name, name_folded, place_id, headquarters_place_id,
    address, industry_version, industry_code, ownership_type, phone, email, verification, version)
SELECT 'K' || g, 'K' || g, 'Cơ sở báo cáo ' || g, 'co so bao cao ' || g, p.ids[g %% p.n + 1], p.ids[g %% p.n + 1], '',
       '2025', (ARRAY['41','10','46','25','49','01'])[g %% 6 + 1], lpad((g %% 9 + 1)::text, 2, '0'), '', '',
       'verified', 1
FROM generate_series(1, %(firms)s) g, (SELECT array_agg(id) ids, count(*)::int n FROM places_place
     WHERE level = 'commune' AND valid_to IS NULL) p
"""
FILINGS_SQL = """
WITH made AS (SELECT e.id AS firm, e.headquarters_place_id AS place, row_number() OVER (ORDER BY e.id) AS n
              FROM establishments_establishment e WHERE e.tax_code LIKE 'K%%'),
filed AS (
  INSERT INTO filing_filing (id, current_id, public_id, report, form, form_valid_from, period, establishment_id,
      place_id, state, nil, number, submitted_at, last_submitted_at, late, version, asked_reason)
  SELECT %(base)s + n, %(base)s + n, %(report)s || '-' || %(period)s || '-' || n, %(report)s, %(form)s, %(valid_from)s,
      %(period)s, firm, place, 'accepted', false, 1, now(), now(), n %% 20 = 0, 1, '' FROM made)
INSERT INTO filing_submission (id, filing_id, number, key, submitted_at, by_name, channel, reason, nil, receipt, digest,
    content, departures, explained)
SELECT %(base)s + n, %(base)s + n, 1, 'K', now(), '', 'page', '', false, %(base)s + n, '', '{}', 0, 0 FROM made
"""
FIGURES_SQL = """
INSERT INTO filing_figure (submission_id, cell_id, value, reason)
SELECT s.id, k.id, CASE WHEN random() < .02 THEN NULL ELSE 1 + floor(random() * 99) END, ''
FROM (SELECT id FROM filing_submission WHERE id > %(base)s AND id <= %(base)s + %(firms)s
      AND id %% %(every)s = 0 ORDER BY id) s, unnest(%(cells)s::bigint[]) AS k(id)
"""


def run(say: Callable[[str], None]) -> None:
    """Fill the benchmark database and time consolidations. The database is thrown away by the caller."""
    from django.db import connection, transaction

    say(f"{FIRMS:,} reports a year, {len(YEARS)} years: filling …")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(FIRMS_SQL, {"firms": FIRMS})
        base = 10_000_000
        for year in YEARS:
            _year(cursor, "R8", "TT07-II", year, base, every=1)
            base += FIRMS
        # One employer in ten had an accident.
        _year(cursor, "R1", "ND39-XII", YEARS[-1], base, every=10)
    with connection.cursor() as cursor:
        for table in ("filing_filing", "filing_submission", "filing_figure", "establishments_establishment"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("SELECT count(*) FROM filing_figure")
        found = f"{cursor.fetchone()[0]:,} figures"
    say(f"{found}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    _forms(say)


def _year(cursor: Any, report: str, form: str, year: int, base: int, *, every: int) -> None:
    from atvsld.kit.periods import Period
    from atvsld.law import load_book
    from atvsld.oversight.filing.shape import shape_of

    spec = load_book().form(form, period=Period.parse(str(year)))
    places = [(place.table, place.row, place.column) for place in shape_of(form, spec.valid_from, str(year)).numbers]
    given = {
        "base": base, "report": report, "form": form, "valid_from": spec.valid_from, "period": str(year),
        "firms": FIRMS, "every": every, "cells": _cells(form, spec.valid_from, places),
    }  # fmt: skip
    cursor.execute(FILINGS_SQL, given)
    cursor.execute(FIGURES_SQL, given)


def _cells(form: str, valid_from: Any, places: Iterable[tuple[str, str, str]]) -> list[int]:
    from atvsld.oversight.filing.models import Cell

    for table, row, column in places:
        if form != "ND39-XII" or row in ONE_ACCIDENT:
            Cell.objects.get_or_create(form=form, form_valid_from=valid_from, table=table, row=row, column=column)
    return list(Cell.objects.filter(form=form, form_valid_from=valid_from).order_by("pk").values_list("pk", flat=True))


def _forms(say: Callable[[str], None]) -> None:
    from django.db import connection

    from atvsld.law.consolidation import Cell
    from atvsld.oversight.consolidation import compare, service, units
    from atvsld.oversight.consolidation.service import Request
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions

    actor = system_actor("bench", all_permissions())

    def plain(report: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, {"report": report})
            cursor.fetchall()

    for form, report in (("TT07-III", "R8"), ("ND39-XIV", "R1")):
        asked = Request(form, "2025", place="48")
        service.produce(actor, asked, at=AT)
        floor = _median(lambda report=report: plain(report))
        took = _median(lambda asked=asked: service.produce(actor, asked, at=AT))
        say(
            f"{form:<9} consolidated, with coverage {took:6.2f} s   {took / floor:4.1f} × bare grouping ({floor:.2f} s)"
        )
    asked = Request("ND39-XIV", "2025", place="48")
    say(f"ND39-XIV  beside the registers        {_median(lambda: compare.side_by_side(actor, asked, at=AT)):6.2f} s")
    for form, cell in (("TT07-III", Cell("II", "a1", "4")), ("ND39-XIV", Cell("II", "1", "6"))):
        asked = Request(form, "2025", place="48")
        took = _median(lambda asked=asked, cell=cell: units.behind(actor, asked, cell, at=AT))
        say(f"{form:<9} units behind a figure       {took * 1000:6.0f} ms")


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_timed(work) for _ in range(3))


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
