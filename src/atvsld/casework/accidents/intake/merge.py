"""Staged rows against stored records: matched, compared and written, each step one statement for all rows."""

# ruff: noqa: S608 — statements are built from column names of this module; values are parameters
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from atvsld.casework.accidents.intake.columns import CASE_COLUMNS
from atvsld.kit.ids import new_ulid
from atvsld.registers.establishments import facade as establishments

# Column of a victim's record → expression over the staged row.
_VICTIM = {
    "name": ("victim_name", "coalesce(s.victim_name, '')", "''"),
    "birth_year": ("birth_year", "s.birth_year::smallint", "NULL::smallint"),
    "sex": ("sex", "s.sex", "NULL::text"),
    "occupation_code": ("occupation_code", "s.occupation_code", "NULL::text"),
    "labour_relation": ("labour_relation", "s.labour_relation", "NULL::text"),
    "severity": ("severity", "s.severity", "NULL::text"),
    "injury_codes": ("injury_codes", "coalesce(s.injury_codes, '{}')::varchar[]", "'{}'::varchar[]"),
    "managed": ("managed", "s.managed", "NULL::boolean"),
    "days_lost": ("days_lost", "s.days_lost", "NULL::integer"),
    "medical_cost": ("medical_cost", "s.medical_cost", "NULL::bigint"),
    "wage_cost": ("wage_cost", "s.wage_cost", "NULL::bigint"),
    "compensation_cost": ("compensation_cost", "s.compensation_cost", "NULL::bigint"),
}
_CASE = {
    "occurred_at": ("occurred_at", "i.occurred_at AT TIME ZONE %(zone)s", "NULL::timestamptz"),
    "place_id": ("place_code", "i.place_id", "NULL::bigint"),
    "establishment_id": ("establishment_tax_code", "i.establishment_id", "NULL::bigint"),
    "conclusion": ("conclusion", "coalesce(i.conclusion, 'pending')", "'pending'"),
    "cause_code": ("cause_code", "i.cause_code", "NULL::text"),
    "injury_agent_code": ("injury_agent_code", "i.injury_agent_code", "NULL::text"),
    "property_damage": ("property_damage", "i.property_damage", "NULL::bigint"),
}
# Public identifiers are ULIDs counted up from one of the batch, so that their index grows at its end.
_CASE_ULID = "%(batch)s || upper(lpad(to_hex(k.id), 10, '0'))"
_VICTIM_ULID = "%(batch)s || upper(lpad(to_hex(g.row_no), 10, '0'))"
_DISAGREE = " OR ".join(f"min(s.{name}) <> max(s.{name})" for name in CASE_COLUMNS if name != "establishment_name")


@dataclass(frozen=True)
class Batch:
    """The rows staged in the open transaction, under one namespace of keys."""

    namespace: str
    present: frozenset[str]

    def lock(self) -> None:
        self._run(
            "SELECT pg_advisory_xact_lock(hashtextextended(%(lock)s, 0))", lock=f"accidents-import:{self.namespace}"
        )

    def gather_cases(self) -> None:
        """One line per key: what its rows say of the case, the stored case, place and establishment."""
        self._run("ANALYZE import_stage")
        self._run("DROP TABLE IF EXISTS import_case")
        self._run(
            f"""
CREATE TEMP TABLE import_case ON COMMIT DROP AS
WITH said AS (
  SELECT s.case_key, min(s.row_no) AS first_row, count(*)::integer AS rows, min(s.occurred_at) AS occurred_at,
         min(s.place_code) AS place_code, min(s.establishment_tax_code) AS establishment_tax_code,
         min(s.establishment_name) AS establishment_name, min(s.conclusion) AS conclusion,
         min(s.cause_code) AS cause_code, min(s.injury_agent_code) AS injury_agent_code,
         max(s.property_damage) AS property_damage, coalesce({_DISAGREE}, false) AS disagree,
         bool_or(b.row_no IS NOT NULL) AS has_bad_row
  FROM import_stage s LEFT JOIN import_bad b USING (row_no) WHERE s.case_key IS NOT NULL GROUP BY s.case_key
)
SELECT said.*, c.id AS stored_id, p.id AS place_id, coalesce(e.merged_into_id, e.id) AS establishment_id
FROM said
LEFT JOIN accidents_accidentcase c ON c.key_namespace = %(namespace)s AND c.case_key = said.case_key
LEFT JOIN places_place p ON p.code = said.place_code AND p.level = 'commune'
     AND said.occurred_at::date BETWEEN p.valid_from AND coalesce(p.valid_to, 'infinity'::date)
LEFT JOIN establishments_establishment e ON e.tax_code = said.establishment_tax_code
"""
        )
        self._run("CREATE INDEX ON import_case (case_key)")
        self._run("ANALYZE import_case")
        self._run(
            "SELECT count(*) FROM (SELECT c.id FROM accidents_accidentcase c JOIN import_case i ON i.stored_id = c.id"
            " ORDER BY c.id FOR UPDATE OF c) held"
        )

    def add_establishments(self) -> int:
        """Put unknown establishments of good cases on the register, unverified; how many were new."""
        rows = self._run(
            "SELECT DISTINCT ON (establishment_tax_code) establishment_tax_code, establishment_name, place_id"
            " FROM import_case i WHERE establishment_tax_code IS NOT NULL AND establishment_id IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM import_bad_key b WHERE b.case_key = i.case_key)"
            " ORDER BY establishment_tax_code, first_row"
        )
        if not rows:
            return 0
        establishments.add_unverified(establishments.Met(*row) for row in rows)
        self._run(
            "UPDATE import_case i SET establishment_id = coalesce(e.merged_into_id, e.id)"
            " FROM establishments_establishment e"
            " WHERE i.establishment_id IS NULL AND e.tax_code = i.establishment_tax_code"
        )
        return len(rows)

    def match(self) -> None:
        """Good cases and good rows beside what is stored: `changed` where they differ or are new."""
        said, kept = self._effective(_CASE, "c.id", "c")
        columns = ", ".join(f"{expression} AS {name}" for name, expression in said.items())
        self._run("DROP TABLE IF EXISTS import_good_case, import_good")
        self._run(
            f"""
CREATE TEMP TABLE import_good_case ON COMMIT DROP AS
SELECT *, is_new OR adds_establishment OR {_differs(kept, "stored_")} AS changed FROM (
  SELECT coalesce(i.stored_id, nextval('accidents_accidentcase_id_seq')) AS id, i.case_key, i.stored_id,
         i.stored_id IS NULL AS is_new, i.first_row,
         i.establishment_tax_code IS NOT NULL AND i.establishment_id IS NULL AS adds_establishment,
         {columns}, {", ".join(f"c.{name} AS stored_{name}" for name in kept)}
  FROM import_case i LEFT JOIN accidents_accidentcase c ON c.id = i.stored_id
  WHERE NOT EXISTS (SELECT 1 FROM import_bad_key b WHERE b.case_key = i.case_key)
  ORDER BY i.first_row
) x
"""
        )
        self._run("CREATE INDEX ON import_good_case (case_key)")
        self._run("ANALYZE import_good_case")
        said, kept = self._effective(_VICTIM, "v.id", "v")
        columns = ", ".join(f"{expression} AS {name}" for name, expression in said.items())
        self._run(
            f"""
CREATE TEMP TABLE import_good ON COMMIT DROP AS
SELECT *, victim_id IS NULL OR {_differs(kept, "stored_")} AS changed FROM (
  SELECT s.row_no, k.id AS case_id, k.changed AS case_changed, s.position, v.id AS victim_id,
         {columns}, {", ".join(f"v.{name} AS stored_{name}" for name in kept)}
  FROM (SELECT *, row_number() OVER (PARTITION BY case_key ORDER BY row_no)::smallint AS position FROM import_stage) s
  JOIN import_good_case k ON k.case_key = s.case_key
  LEFT JOIN accidents_victim v ON v.case_id = k.stored_id AND v.position = s.position
) x
"""
        )

    def counts(self) -> tuple[int, int, int]:
        """Rows that are new victims, that change a victim or a case, and that change nothing."""
        [(new, changed, unchanged)] = self._run(
            "SELECT count(*) FILTER (WHERE victim_id IS NULL),"
            " count(*) FILTER (WHERE victim_id IS NOT NULL AND (changed OR case_changed)),"
            " count(*) FILTER (WHERE NOT (changed OR case_changed)) FROM import_good"
        )
        return new, changed, unchanged

    def unknown(self) -> dict[str, int]:
        """Empty cells per column among the good rows; columns the file does not have count as empty throughout."""
        names = [*CASE_COLUMNS, *(column for column, *_rest in _VICTIM.values())]
        alias = {name: "i" if name in CASE_COLUMNS else "s" for name in names}
        listed = ", ".join(f"count(*) FILTER (WHERE {alias[name]}.{name} IS NULL)" for name in names)
        [row] = self._run(
            f"SELECT {listed} FROM import_stage s JOIN import_case i USING (case_key)"
            " WHERE NOT EXISTS (SELECT 1 FROM import_bad_key b WHERE b.case_key = s.case_key)"
        )
        return {name: count for name, count in zip(names, row, strict=True) if count}

    def write(self) -> dict[str, int]:
        """Insert and update cases and victims with their derived columns; how many were new."""
        self._rank()
        for step in _STEPS:
            self._run(step)
        [(cases, victims)] = self._run(
            "SELECT (SELECT count(*) FROM import_good_case WHERE is_new),"
            " (SELECT count(*) FROM import_good WHERE victim_id IS NULL)"
        )
        return {"cases": cases, "victims": victims}

    def _rank(self) -> None:
        """The victims every case will have, the most severe first: the first is principal and gives the severity."""
        self._run("DROP TABLE IF EXISTS import_rank")
        self._run(
            """
CREATE TEMP TABLE import_rank ON COMMIT DROP AS
SELECT case_id, position, severity, count(*) OVER (PARTITION BY case_id)::smallint AS victims,
       row_number() OVER (PARTITION BY case_id ORDER BY CASE severity
         WHEN 'fatal' THEN 1 WHEN 'severe' THEN 2 WHEN 'minor' THEN 3 ELSE 4 END, position) = 1 AS principal
FROM (
  SELECT case_id, position, severity FROM import_good
  UNION ALL
  SELECT v.case_id, v.position, v.severity FROM accidents_victim v
  JOIN import_good_case k ON k.stored_id = v.case_id
  WHERE NOT EXISTS (SELECT 1 FROM import_good g WHERE g.victim_id = v.id)
) every_victim
"""
        )
        self._run("ANALYZE import_rank, import_good")

    def _effective(
        self, columns: Mapping[str, tuple[str, str, str]], stored: str, alias: str
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """What each column will be: the file's word where it has the column, else what is stored."""
        said = {}
        for name, (column, expression, unknown) in columns.items():
            if column in self.present:
                said[name] = expression
            else:
                said[name] = f"CASE WHEN {stored} IS NULL THEN {unknown} ELSE {alias}.{name} END"
        return said, tuple(said)

    def _run(self, statement: str, **more: Any) -> list[tuple[Any, ...]]:
        params = {
            "namespace": self.namespace, "zone": settings.TIME_ZONE, "batch": new_ulid()[:16], **more,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []


def _differs(columns: tuple[str, ...], prefix: str) -> str:
    return "(" + ", ".join(columns) + ") IS DISTINCT FROM (" + ", ".join(f"{prefix}{name}" for name in columns) + ")"


_CASE_NAMES = ", ".join(_CASE)
_VICTIM_NAMES = ", ".join(_VICTIM)
_STEPS = (
    f"""
INSERT INTO accidents_accidentcase (id, public_id, key_namespace, case_key, {_CASE_NAMES}, description, severity,
                                    victim_count, version)
SELECT k.id, {_CASE_ULID}, %(namespace)s, k.case_key, {", ".join(f"k.{name}" for name in _CASE)}, '',
       r.severity, r.victims, 1
FROM import_good_case k JOIN import_rank r ON r.case_id = k.id AND r.principal WHERE k.is_new ORDER BY k.id
""",
    f"""
UPDATE accidents_accidentcase c
SET {", ".join(f"{name} = k.{name}" for name in _CASE)}, severity = r.severity, victim_count = r.victims,
    version = c.version + 1
FROM import_good_case k JOIN import_rank r ON r.case_id = k.id AND r.principal
WHERE c.id = k.stored_id AND (k.changed OR (c.severity, c.victim_count) IS DISTINCT FROM (r.severity, r.victims))
""",
    # The old principal steps back first: the database allows one per case at any moment.
    """
UPDATE accidents_victim v SET is_principal = false FROM import_rank r
WHERE v.case_id = r.case_id AND v.position = r.position AND v.is_principal AND NOT r.principal
""",
    f"""
UPDATE accidents_victim v SET {", ".join(f"{name} = g.{name}" for name in _VICTIM)}, is_principal = r.principal
FROM import_good g JOIN import_rank r ON r.case_id = g.case_id AND r.position = g.position
WHERE v.id = g.victim_id AND (g.changed OR v.is_principal <> r.principal)
""",
    """
UPDATE accidents_victim v SET is_principal = true FROM import_rank r
WHERE v.case_id = r.case_id AND v.position = r.position AND r.principal AND NOT v.is_principal
""",
    f"""
INSERT INTO accidents_victim (public_id, case_id, position, is_principal, {_VICTIM_NAMES})
SELECT {_VICTIM_ULID}, g.case_id, g.position, r.principal, {", ".join(f"g.{name}" for name in _VICTIM)}
FROM import_good g JOIN import_rank r ON r.case_id = g.case_id AND r.position = g.position
WHERE g.victim_id IS NULL ORDER BY g.row_no
""",
)
