"""Statutory tables and list pages over 1,000,000 victims: seconds, memory, and the ratio to plain SQL."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

VICTIMS = 1_000_000
AT = datetime(2026, 1, 5, tzinfo=UTC)
# The whole table by one dimension, written by hand: what any system must at least do.
PLAIN = """
SELECT c.cause_code, count(*) FILTER (WHERE v.is_principal),
       count(*) FILTER (WHERE v.is_principal AND c.severity = 'fatal'),
       count(*) FILTER (WHERE v.is_principal AND c.victim_count >= 2), count(*),
       count(*) FILTER (WHERE v.managed = false), count(*) FILTER (WHERE v.sex = 'female'),
       count(*) FILTER (WHERE v.severity = 'fatal'), count(*) FILTER (WHERE v.severity = 'severe'),
       sum(v.days_lost), sum(v.medical_cost), sum(v.wage_cost), sum(v.compensation_cost)
FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id
WHERE c.occurred_at >= '2024-01-01 00:00+07' AND c.occurred_at < '2025-01-01 00:00+07' AND c.conclusion = 'occupational'
GROUP BY 1
"""
# The same table as the form, in one statement written by hand: grouping sets over the records.
PLAIN_TABLE = PLAIN.replace("SELECT c.cause_code,", "SELECT c.conclusion, c.cause_code, c.injury_agent_code,").replace(
    "GROUP BY 1",
    "GROUP BY GROUPING SETS ((c.conclusion), (c.conclusion, c.cause_code), (c.conclusion, c.injury_agent_code),"
    " (c.conclusion, left(v.occupation_code, 2)))",
)
FILL = """
SET LOCAL session_replication_role = replica;
INSERT INTO establishments_establishment (public_id, tax_code, name, name_folded, place_id, headquarters_place_id,
    address, industry_version, industry_code, ownership_type, phone, email, verification, version)
SELECT 'E' || g, 'B' || g, 'Cơ sở đo ' || g, 'co so do ' || g, p.ids[g %% p.n + 1], p.ids[g %% p.n + 1], '', '2018',
       (ARRAY['41','10','46','25','49','01'])[g %% 6 + 1], lpad((g %% 9 + 1)::text, 2, '0'), '', '', 'verified', 1
FROM generate_series(1, 2000) g,
     (SELECT array_agg(id) ids, count(*)::int n FROM places_place WHERE level = 'commune' AND valid_to IS NULL) p;
INSERT INTO accidents_accidentcase (public_id, key_namespace, case_key, occurred_at, place_id, establishment_id,
    conclusion, cause_code, injury_agent_code, description, severity, victim_count, version, property_damage)
SELECT 'C' || g, 'bench', g::text, timestamptz '2024-01-01 08:00+07' + g %% 365 * interval '1 day', e.place_id, e.id,
       CASE WHEN random() < .95 THEN 'occupational' ELSE 'article_39_2' END, (floor(random() * 9) + 1)::text,
       (floor(random() * 18) + 1)::text, '',
       CASE WHEN random() < .05 THEN 'fatal' WHEN random() < .3 THEN 'severe' ELSE 'minor' END,
       CASE WHEN random() < .05 THEN 2 ELSE 1 END, 1, 1000000
FROM generate_series(1, %(cases)s) g
JOIN (SELECT id, place_id, row_number() OVER () n FROM establishments_establishment WHERE tax_code LIKE 'B%%') e
  ON e.n = g %% 2000 + 1;
INSERT INTO accidents_victim (public_id, case_id, position, is_principal, name, birth_year, sex, occupation_code,
    labour_relation, severity, injury_codes, managed, days_lost, medical_cost, wage_cost, compensation_cost)
SELECT 'V' || c.id || '-' || p, c.id, p, p = 1, 'Người Đo', 1980, CASE WHEN random() < .3 THEN 'female' ELSE 'male' END,
       lpad((floor(random() * 58) + 11)::text, 2, '0'),
       CASE WHEN random() < .7 THEN 'contract' WHEN random() < .5 THEN 'none' ELSE 'probation' END, c.severity, '{}',
       random() < .95, 10, 1000000, 1000000, 1000000
FROM accidents_accidentcase c, generate_series(1, c.victim_count) p WHERE c.key_namespace = 'bench';
"""


def run(say: Callable[[str], None]) -> None:
    """Fill the benchmark database and time tables and pages. The database is thrown away by the caller."""
    from django.db import connection, transaction

    say(f"{VICTIMS:,} victims: filling …")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, {"cases": round(VICTIMS / 1.05)})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE accidents_victim")
        cursor.execute("VACUUM ANALYZE accidents_accidentcase")
        cursor.execute("SELECT count(*) FROM accidents_victim")
        say(f"{cursor.fetchone()[0]:,} victims in one year")
    _tables(say)
    _pages(say)


def _tables(say: Callable[[str], None]) -> None:
    from django.db import connection

    from atvsld.oversight.reporting import service
    from atvsld.oversight.reporting.service import Request
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions

    actor = system_actor("bench", all_permissions())

    def plain(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()

    def report(form: str) -> None:
        service.produce(actor, Request(form, "2024", place="48", boundary="today"), at=AT)

    floor, table = _median(lambda: plain(PLAIN)), _median(lambda: plain(PLAIN_TABLE))
    say(f"plain SQL, by cause alone     {floor:6.2f} s")
    say(f"plain SQL, the form's table   {table:6.2f} s   {table / floor:4.1f} × by cause alone")
    for form in ("ND39-XII", "ND39-XIV"):
        took = _median(lambda form=form: report(form))
        say(f"{form:<9} whole, coverage too {took:6.2f} s   {took / table:4.1f} × the table in plain SQL")
    say(f"peak memory of this process  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _pages(say: Callable[[str], None]) -> None:
    from django.test import Client

    from atvsld.platform.accounts.models import User
    from atvsld.registers.offices.models import Office
    from atvsld.registers.places.models import Place

    user = User.objects.create(username="bench", full_name="Đo tốc độ")
    home = Place.objects.get(code="48", level="province", valid_to=None)
    Office.objects.create(
        user=user, role="province_officer", place=home, valid_from=datetime(2020, 1, 1, tzinfo=UTC).date()
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    for path in ("/tai-nan/", "/tai-nan/?severity=fatal", "/tai-nan/?tim=co+so+do+77", "/co-so/"):
        client.get(path)  # templates are compiled once
        times = sorted(_timed(lambda path=path: client.get(path)) for _ in range(20))
        say(f"page {path:<28} median {statistics.median(times) * 1000:5.0f} ms   p95 {times[-1] * 1000:5.0f} ms")


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_timed(work) for _ in range(3))


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
