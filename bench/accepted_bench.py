"""Accepting a report of a province's year, and the passport of its figures: 25,000 establishments, 1,000 victims."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 1, 5, tzinfo=UTC)
FILL = """
INSERT INTO establishments_establishment (public_id, tax_code, name, name_folded, place_id, headquarters_place_id,
    address, industry_version, industry_code, ownership_type, phone, email, verification, version)
SELECT 'P' || g, 'P' || g, 'Cơ sở đo ' || g, 'co so do ' || g, p.ids[g %% p.n + 1], p.ids[g %% p.n + 1], '', '2018',
       (ARRAY['41','10','46','25','49','01'])[g %% 6 + 1], lpad((g %% 9 + 1)::text, 2, '0'), '', '', 'verified', 1
FROM generate_series(1, %(establishments)s) g,
     (SELECT array_agg(id) ids, count(*)::int n FROM places_place WHERE level = 'commune' AND valid_to IS NULL) p;
INSERT INTO establishments_workforceyear (establishment_id, year, workers, female_workers, payroll, source)
SELECT id, 2025, 50, 20, 1000000000, 'Đo' FROM establishments_establishment WHERE tax_code LIKE 'P%%' AND id %% 2 = 0;
INSERT INTO accidents_accidentcase (public_id, key_namespace, case_key, occurred_at, place_id, establishment_id,
    conclusion, cause_code, injury_agent_code, description, severity, victim_count, version, property_damage)
SELECT 'P' || g, 'passport', g::text, timestamptz '2025-01-01 08:00+07' + g %% 365 * interval '1 day', e.place_id, e.id,
       CASE WHEN random() < .95 THEN 'occupational' ELSE 'pending' END, (floor(random() * 9) + 1)::text,
       (floor(random() * 18) + 1)::text, '', 'severe', 1, 1, 1000000
FROM generate_series(1, %(cases)s) g
JOIN (SELECT id, place_id, row_number() OVER () n FROM establishments_establishment WHERE tax_code LIKE 'P%%') e
  ON e.n = g;
INSERT INTO accidents_victim (public_id, case_id, position, is_principal, name, birth_year, sex, occupation_code,
    labour_relation, severity, injury_codes, managed, days_lost, medical_cost, wage_cost, compensation_cost)
SELECT 'P' || c.id, c.id, 1, true, 'Người Đo', 1980, 'male', '71', 'contract', c.severity, '{}', true, 10, 1000000, 0, 0
FROM accidents_accidentcase c WHERE c.key_namespace = 'passport';
"""
CELLS = (("II", "1", "6"), ("II", "1.4.F", "6"), ("I", "1", "6"), ("I", "1.5.02", "6"), ("I", "1", "12"))


def run(say: Callable[[str], None]) -> None:
    """Fill, measure, take everything back: the next measurement finds an empty province."""
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"establishments": 25_000, "cases": 1_000})
            cursor.execute("ANALYZE establishments_establishment, accidents_victim, accidents_accidentcase")
        _measure(say)
        transaction.set_rollback(True)


def _measure(say: Callable[[str], None]) -> None:
    from atvsld.oversight.reporting.service import Request
    from atvsld.oversight.snapshots import comparing, content, facade
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel

    actor = system_actor("bench", all_permissions())
    act = Act(actor, Channel.CLI, at=AT, reason="đo")
    for form in ("ND39-XV", "ND39-XIV"):
        asked = Request(form, "2025")
        seconds, snapshot = _timed(lambda asked=asked, form=form: facade.accept(act, request=asked, key=form))
        say(f"accept {form}: {seconds:.2f} s, {snapshot.facts.count():,} facts frozen, five files")
    snapshot = facade.ReportSnapshot.objects.get(form="ND39-XIV")
    seconds, _found = _timed(lambda: comparing.compare(content.held(snapshot), at=AT))
    say(f"compare with the records of now: {seconds * 1000:.0f} ms")
    for place in CELLS:
        taken = []
        for _time in range(5):
            fresh = facade.ReportSnapshot.objects.get(pk=snapshot.pk)
            cell = facade.Cell(*place)
            taken.append(_timed(lambda fresh=fresh, cell=cell: facade.passport(actor, fresh, cell, at=AT))[0])
        say(f"passport of {'/'.join(place)}: {statistics.median(taken) * 1000:.0f} ms (limit 300)")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made
