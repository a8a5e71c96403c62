"""Columns of a case and its victims that follow from the victims."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# The most severe first, then the first listed; a victim whose severity is not known comes last.
_RANKED = """
SELECT DISTINCT ON (case_id) id, case_id, severity
FROM accidents_victim WHERE case_id = ANY(%(cases)s)
ORDER BY case_id, array_position(ARRAY['fatal', 'severe', 'minor'], severity::text) NULLS LAST, position
"""
# The old principal steps back first: the database allows one per case at any moment.
_STEP_BACK = f"""
WITH principal AS ({_RANKED})
UPDATE accidents_victim v SET is_principal = false FROM principal p
WHERE v.case_id = p.case_id AND v.is_principal AND v.id <> p.id
"""  # noqa: S608 - constants only
_SUMMARISE = f"""
WITH principal AS ({_RANKED}),
counted AS (SELECT case_id, count(*) AS victims FROM accidents_victim WHERE case_id = ANY(%(cases)s) GROUP BY case_id),
named AS (
  UPDATE accidents_victim v SET is_principal = true FROM principal p WHERE v.id = p.id AND NOT v.is_principal
)
UPDATE accidents_accidentcase c SET severity = p.severity, victim_count = coalesce(n.victims, 0)
FROM accidents_accidentcase own
LEFT JOIN principal p ON p.case_id = own.id
LEFT JOIN counted n ON n.case_id = own.id
WHERE c.id = own.id AND own.id = ANY(%(cases)s)
  AND (c.severity IS DISTINCT FROM p.severity OR c.victim_count <> coalesce(n.victims, 0))
"""  # noqa: S608 - constants only


def refresh(case_ids: Iterable[int]) -> None:
    """Recompute severity, number of victims and principal victim of cases, writing only what changed.

    Called in the transaction of every change of a victim; rows already right leave no trace in history.
    """
    cases = {"cases": list(case_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_STEP_BACK, cases)
        cursor.execute(_SUMMARISE, cases)
