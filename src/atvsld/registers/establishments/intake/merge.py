"""Staged rows beside the register: gathered by tax code, matched, written in sets."""

# ruff: noqa: S608 — statements are built from column names of this module; values are parameters
from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from atvsld.kit.ids import new_ulid
from atvsld.kit.text import fold
from atvsld.registers.establishments.intake.columns import FACT_COLUMNS, WORKFORCE_COLUMNS, spec

_BATCH = 5_000
# Column of the record → what it will be: the file's word, else what is stored. `newer` is true where the file codes
# the activity in the version held, in a later one, or for the first time; an older version is kept beside.
_TAKES_CODE = (
    "f.industry_code IS NOT NULL AND (coalesce(e.industry_code, '') = '' OR f.industry_version >= e.industry_version)"
)
_EFFECTIVE = {
    "name": "coalesce(f.name, e.name)",
    "place_id": "coalesce(f.place_id, e.place_id)",
    "headquarters_place_id": "coalesce(f.headquarters_place_id, e.headquarters_place_id, f.place_id)",
    "address": "coalesce(f.address, e.address, '')",
    "industry_version": f"CASE WHEN {_TAKES_CODE} THEN f.industry_version ELSE coalesce(e.industry_version, '') END",
    "industry_code": f"CASE WHEN {_TAKES_CODE} THEN f.industry_code ELSE coalesce(e.industry_code, '') END",
    "ownership_type": "coalesce(f.ownership_type, e.ownership_type, '')",
    "phone": "coalesce(f.phone, e.phone, '')",
    "email": "coalesce(f.email, e.email, '')",
    # A file of the register confirms what was only met in somebody's accident file.
    "verification": "'verified'",
}
DISAGREE = " OR ".join(f"min(s.{name}) <> max(s.{name})" for name in FACT_COLUMNS)


def lock() -> None:
    """Two imports wait for each other, so the second sees what the first wrote."""
    run("SELECT pg_advisory_xact_lock(hashtextextended('establishments-import', 0))")


def gather(day: date) -> None:
    """One line per tax code: what its readable rows say, the stored record, the places.

    A code of a commune of today goes before the same code of an earlier unit.
    """
    run("ANALYZE import_stage")
    run("DROP TABLE IF EXISTS import_firm, import_place, import_bad_firm")
    run(
        """
CREATE TEMP TABLE import_place ON COMMIT DROP AS
SELECT DISTINCT ON (code) code, id, valid_to FROM places_place WHERE level = 'commune' AND valid_from <= %(day)s
ORDER BY code, (valid_to IS NULL OR valid_to >= %(day)s) DESC, valid_from DESC
""",
        day=day,
    )
    said = ", ".join(f"min(s.{name}) AS {name}" for name in FACT_COLUMNS)
    run(
        f"""
CREATE TEMP TABLE import_firm ON COMMIT DROP AS
WITH said AS (
  SELECT s.tax_code, min(s.row_no) AS first_row, {said}, coalesce({DISAGREE}, false) AS disagree
  FROM import_stage s LEFT JOIN import_bad b USING (row_no)
  WHERE s.tax_code IS NOT NULL AND b.row_no IS NULL GROUP BY s.tax_code
)
SELECT said.*, e.id AS stored_id, e.place_id AS stored_place_id, e.merged_into_id,
       p.id AS place_id, p.valid_to AS place_ended, h.id AS headquarters_place_id
FROM said LEFT JOIN establishments_establishment e USING (tax_code)
LEFT JOIN import_place p ON p.code = said.place_code LEFT JOIN import_place h ON h.code = said.headquarters_place_code
"""
    )
    run("CREATE UNIQUE INDEX ON import_firm (tax_code)")
    run("CREATE TEMP TABLE import_bad_firm (tax_code text PRIMARY KEY, row_no integer NOT NULL) ON COMMIT DROP")
    run("ANALYZE import_firm")
    run(
        "SELECT count(*) FROM (SELECT e.id FROM establishments_establishment e JOIN import_firm f ON f.stored_id = e.id"
        " ORDER BY e.id FOR UPDATE OF e) held"
    )


def drop_bad() -> None:
    """Leave the rows and establishments that can be taken: `import_row` and what remains of `import_firm`."""
    run("DROP TABLE IF EXISTS import_row")
    run(
        "CREATE TEMP TABLE import_row ON COMMIT DROP AS SELECT s.* FROM import_stage s"
        " WHERE s.tax_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"
    )
    run("CREATE INDEX ON import_row (tax_code)")
    run("DELETE FROM import_firm f WHERE NOT EXISTS (SELECT 1 FROM import_row r WHERE r.tax_code = f.tax_code)")
    run("ANALYZE import_row, import_firm")


def match() -> None:
    """What each establishment and each year will be, and whether that differs from what is stored."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in _EFFECTIVE.items())
    stored = ", ".join(f"e.{name} AS stored_{name}" for name in _EFFECTIVE)
    new = "(" + ", ".join(_EFFECTIVE) + ")"
    old = "(" + ", ".join(f"stored_{name}" for name in _EFFECTIVE) + ")"
    run("DROP TABLE IF EXISTS import_good, import_further, import_year")
    run(
        f"""
CREATE TEMP TABLE import_good ON COMMIT DROP AS
SELECT *, is_new OR {new} IS DISTINCT FROM {old} AS changed FROM (
  SELECT coalesce(f.stored_id, nextval('establishments_establishment_id_seq')) AS id, f.tax_code, f.stored_id,
         f.stored_id IS NULL AS is_new, f.first_row, f.industry_version AS said_version,
         f.industry_code AS said_code, {columns}, {stored}
  FROM import_firm f LEFT JOIN establishments_establishment e ON e.id = f.stored_id ORDER BY f.first_row
) x
"""
    )
    run("CREATE UNIQUE INDEX ON import_good (tax_code)")
    run(
        """
CREATE TEMP TABLE import_further ON COMMIT DROP AS
SELECT g.id, x.version, x.code FROM import_good g
CROSS JOIN LATERAL (VALUES (g.stored_industry_version, g.stored_industry_code), (g.said_version, g.said_code))
     AS x (version, code)
LEFT JOIN establishments_establishmentindustry i ON i.establishment_id = g.id AND i.version = x.version
WHERE x.code <> '' AND x.version <> '' AND x.version <> g.industry_version AND i.code IS DISTINCT FROM x.code
"""
    )
    run(
        """
CREATE TEMP TABLE import_year ON COMMIT DROP AS
SELECT *, (workers, female_workers, payroll) IS DISTINCT FROM (was_workers, was_female, was_payroll) AS changed FROM (
  SELECT r.row_no, g.id AS establishment_id, r.year::smallint AS year, w.id AS stored_id,
         coalesce(r.workers, w.workers) AS workers, coalesce(r.female_workers, w.female_workers) AS female_workers,
         coalesce(r.payroll, w.payroll) AS payroll, w.workers AS was_workers, w.female_workers AS was_female,
         w.payroll AS was_payroll
  FROM import_row r JOIN import_good g USING (tax_code)
  LEFT JOIN establishments_workforceyear w ON w.establishment_id = g.stored_id AND w.year = r.year
  WHERE r.year IS NOT NULL AND r.workers IS NOT NULL
) x
"""
    )
    run("ANALYZE import_good, import_further, import_year")


def counts() -> tuple[int, int]:
    """Rows accepted (something new or changed) and unchanged."""
    [(accepted, all_rows)] = run(
        "SELECT count(*) FILTER (WHERE g.changed OR y.changed OR x.id IS NOT NULL), count(*)"
        " FROM import_row r JOIN import_good g USING (tax_code)"
        " LEFT JOIN import_year y ON y.row_no = r.row_no"
        " LEFT JOIN (SELECT DISTINCT id FROM import_further) x ON x.id = g.id"
    )
    return accepted, all_rows - accepted


def unknown() -> dict[str, int]:
    """Empty cells per column among the good rows; columns the file does not have count as empty throughout."""
    names = [*FACT_COLUMNS, "year", *WORKFORCE_COLUMNS]
    listed = ", ".join(f"count(*) FILTER (WHERE {name} IS NULL)" for name in names)
    [row] = run(f"SELECT {listed} FROM import_row")
    return {name: count for name, count in zip(names, row, strict=True) if count}


def write(source: str) -> dict[str, int]:
    """Insert and update; how many establishments and years are new."""
    _fold_names()
    batch = new_ulid()[:16]
    for step in _STEPS:
        run(step, batch=batch, source=(source or spec().names[0])[:200])
    [(firms, years)] = run(
        "SELECT (SELECT count(*) FROM import_good WHERE is_new),"
        " (SELECT count(*) FROM import_year WHERE stored_id IS NULL)"
    )
    return {"establishments": firms, "workforce_years": years}


def _fold_names() -> None:
    """The searchable form of each new name; folding is Python's work."""
    run("DROP TABLE IF EXISTS import_fold")
    run("CREATE TEMP TABLE import_fold (id bigint PRIMARY KEY, folded text NOT NULL) ON COMMIT DROP")
    names = run("SELECT id, name FROM import_good WHERE changed")
    with connection.cursor() as cursor, cursor.copy("COPY import_fold FROM STDIN") as copy:
        for pk, name in names:
            copy.write_row((pk, fold(name)[:300]))
    run("ANALYZE import_fold")


def run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """One statement; its rows when it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


_NAMES = ", ".join(_EFFECTIVE)
_STEM = "CASE WHEN length(g.tax_code) IN (10, 13) THEN left(g.tax_code, 10) ELSE g.tax_code END"
_STEPS = (
    f"""
INSERT INTO establishments_enterprise
  (public_id, tax_code, name, name_folded, headquarters_place_id, ownership_type, sector_ministry, version)
SELECT %(batch)s || upper(lpad(to_hex(id), 10, '0')), stem, name, folded, headquarters_place_id, ownership_type, '', 1
FROM (
  SELECT DISTINCT ON (stem) * FROM (
    SELECT {_STEM} AS stem, g.*, k.folded FROM import_good g JOIN import_fold k USING (id) WHERE g.is_new
  ) x ORDER BY stem, length(tax_code), id
) first
ON CONFLICT (tax_code) DO NOTHING
""",
    f"""
INSERT INTO establishments_establishment (id, public_id, tax_code, {_NAMES}, name_folded, version, enterprise_id)
SELECT g.id, %(batch)s || upper(lpad(to_hex(g.id), 10, '0')), g.tax_code,
       {", ".join(f"g.{name}" for name in _EFFECTIVE)}, k.folded, 1, n.id
FROM import_good g JOIN import_fold k USING (id) LEFT JOIN establishments_enterprise n ON n.tax_code = {_STEM}
WHERE g.is_new ORDER BY g.id
""",
    f"""
UPDATE establishments_establishment e SET {", ".join(f"{name} = g.{name}" for name in _EFFECTIVE)},
       name_folded = k.folded, version = e.version + 1
FROM import_good g JOIN import_fold k USING (id) WHERE e.id = g.stored_id AND g.changed
""",
    """
UPDATE establishments_establishmentindustry i SET code = x.code FROM import_further x
WHERE i.establishment_id = x.id AND i.version = x.version
""",
    """
INSERT INTO establishments_establishmentindustry (establishment_id, version, code)
SELECT x.id, x.version, x.code FROM import_further x WHERE NOT EXISTS (
  SELECT 1 FROM establishments_establishmentindustry i WHERE i.establishment_id = x.id AND i.version = x.version)
""",
    # A code that became the main one no longer stands beside it.
    """
DELETE FROM establishments_establishmentindustry i USING import_good g
WHERE i.establishment_id = g.id AND i.version = g.industry_version
""",
    """
UPDATE establishments_workforceyear w SET workers = y.workers, female_workers = y.female_workers,
       payroll = y.payroll, source = %(source)s
FROM import_year y WHERE w.id = y.stored_id AND y.changed
""",
    """
INSERT INTO establishments_workforceyear (establishment_id, year, workers, female_workers, payroll, source)
SELECT y.establishment_id, y.year, y.workers, y.female_workers, y.payroll, %(source)s
FROM import_year y WHERE y.stored_id IS NULL ORDER BY y.row_no
""",
)
