"""Staged rows beside the register: gathered by tax code and matched, each step one statement for all rows."""

# ruff: noqa: S608 — statements are built from column names of this package; values are parameters
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from atvsld.registers.establishments.intake.columns import (
    DERIVED,
    FACT_COLUMNS,
    OSH_COLUMNS,
    POINT_COLUMNS,
    WORKFORCE_COLUMNS,
    spec,
)

# Establishments written at a time: what is checked and recorded behind each write stays in memory.
PART = 50_000
# Ten digits name the enterprise of a ten- or thirteen-digit code; a household's twelve digits are its own.
STEM = "CASE WHEN length({0}) IN (10, 13) THEN left({0}, 10) ELSE {0} END"
_TAKES_CODE = (
    "f.industry_code IS NOT NULL AND (coalesce(e.industry_code, '') = '' OR f.industry_version >= e.industry_version)"
)
# Column of the record → what it will be: the file's word, else what is stored. A code of the version held, of a later
# one, or the first one is taken; a code of an older version is kept beside.
_EFFECTIVE = {
    "name": "coalesce(f.name, e.name)",
    "name_folded": "coalesce(f.name_folded, e.name_folded)",
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
# The same for columns few files have; those missing cost nothing.
_SELDOM = {
    "zone_name": "coalesce(f.zone_name, e.zone_name, '')",
    "latitude": "coalesce(f.latitude::numeric(8, 6), e.latitude)",
    "longitude": "coalesce(f.longitude::numeric(9, 6), e.longitude)",
    "enterprise_code": "coalesce(f.enterprise_tax_code, n.tax_code)",
}


def run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """One statement; its rows when it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def is_flag(column: str) -> bool:
    """Whether a staged column holds yes or no, which has no least and no greatest."""
    return spec()[column].kind.sql_type == "boolean"


def _least(column: str) -> str:
    return f"bool_and(s.{column})" if is_flag(column) else f"min(s.{column})"


def _greatest(column: str) -> str:
    return f"bool_or(s.{column})" if is_flag(column) else f"max(s.{column})"


@dataclass(frozen=True)
class Merge:
    """The staged rows of one file; `present` are the columns it has."""

    present: frozenset[str]
    day: date

    @property
    def said(self) -> tuple[str, ...]:
        """Columns of the file that state facts of the establishment itself."""
        return tuple(name for name in (*FACT_COLUMNS, *OSH_COLUMNS) if name in self.present)

    @property
    def osh(self) -> tuple[str, ...]:
        """Numbers of the OSH organisation that the file has."""
        return tuple(name for name in OSH_COLUMNS if name in self.present and name != "osh_stated_on")

    @property
    def years(self) -> tuple[str, ...]:
        """Columns of a year's workforce that the file has, the total always among them."""
        return tuple(name for name in WORKFORCE_COLUMNS if name in self.present or name == "workers")

    @property
    def effective(self) -> dict[str, str]:
        """Column of the record → what it will be, for the columns this file can change."""
        wanted = {"enterprise_code": "enterprise_tax_code"}
        return _EFFECTIVE | {name: how for name, how in _SELDOM.items() if wanted.get(name, name) in self.present}

    def lock(self) -> None:
        """Two imports wait for each other, so the second sees what the first wrote."""
        run("SELECT pg_advisory_xact_lock(hashtextextended('establishments-import', 0))")

    def gather(self) -> None:
        """One line per tax code: what its readable rows say, the stored record, the places.

        A code of a commune of today goes before the same code of an earlier unit. Lines stand in the order of the
        codes, so that an enterprise's main establishment comes before its branches and both near each other.
        """
        run("ANALYZE import_stage (row_no, tax_code)")
        run("DROP TABLE IF EXISTS import_firm, import_place, import_bad_firm")
        run(
            """
CREATE TEMP TABLE import_place ON COMMIT DROP AS
SELECT DISTINCT ON (code) code, id, valid_to, latitude, longitude FROM places_place
WHERE level = 'commune' AND valid_from <= %(day)s
ORDER BY code, (valid_to IS NULL OR valid_to >= %(day)s) DESC, valid_from DESC
""",
            day=self.day,
        )
        said = [f"{_least(name)} AS {name}" for name in self.said]
        said += [f"min(s.{name}) AS {name}" for name, (of, _how) in DERIVED.items() if of in self.present]
        missing = [name for name in (*FACT_COLUMNS, *DERIVED) if name not in self.present and name not in DERIVED]
        missing += [name for name, (of, _how) in DERIVED.items() if of not in self.present]
        said += [f"NULL::text AS {name}" for name in missing]
        disagree = " OR ".join(f"{_least(name)} <> {_greatest(name)}" for name in self.said) or "false"
        run(
            f"""
CREATE TEMP TABLE import_firm ON COMMIT DROP AS
WITH said AS (
  SELECT s.tax_code, min(s.row_no) AS first_row, {", ".join(said)}, coalesce({disagree}, false) AS disagree
  FROM (SELECT *, tax_code COLLATE "C" AS code FROM import_stage WHERE tax_code IS NOT NULL) s
  LEFT JOIN import_bad b USING (row_no) WHERE b.row_no IS NULL GROUP BY s.code, s.tax_code ORDER BY s.code
)
SELECT said.*, (row_number() OVER () / {PART})::integer AS part, e.id AS stored_id, e.place_id AS stored_place_id,
       e.merged_into_id, p.id AS place_id, p.valid_to AS place_ended, h.id AS headquarters_place_id
FROM said LEFT JOIN establishments_establishment e USING (tax_code)
LEFT JOIN import_place p ON p.code = said.place_code LEFT JOIN import_place h ON h.code = said.headquarters_place_code
"""
        )
        run("CREATE TEMP TABLE import_bad_firm (tax_code text PRIMARY KEY, row_no integer NOT NULL) ON COMMIT DROP")
        run("ANALYZE import_firm (tax_code, stored_id)")
        run(
            "SELECT count(*) FROM (SELECT e.id FROM establishments_establishment e"
            " JOIN import_firm f ON f.stored_id = e.id ORDER BY e.id FOR UPDATE OF e) held"
        )

    def drop_bad(self) -> None:
        """Leave the rows and establishments that can be taken in `import_stage` and `import_firm`."""
        run(
            "DELETE FROM import_stage s WHERE s.tax_code IS NULL"
            " OR EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"
        )
        run("DELETE FROM import_firm f WHERE NOT EXISTS (SELECT 1 FROM import_stage r WHERE r.tax_code = f.tax_code)")

    def match(self) -> None:
        """What each establishment and each year will be, and whether that differs from what is stored."""
        run("DROP TABLE IF EXISTS import_good, import_further, import_year, import_osh")
        columns = ", ".join(f"{expression} AS {name}" for name, expression in self.effective.items())
        stored = ", ".join(
            f"{'n.tax_code' if name == 'enterprise_code' else f'e.{name}'} AS stored_{name}" for name in self.effective
        )
        new = "(" + ", ".join(self.effective) + ")"
        old = "(" + ", ".join(f"stored_{name}" for name in self.effective) + ")"
        given = "f.enterprise_tax_code" if "enterprise_tax_code" in self.present else "NULL"
        run(
            f"""
CREATE TEMP TABLE import_good ON COMMIT DROP AS
SELECT *, is_new OR {new} IS DISTINCT FROM {old} AS changed FROM (
  SELECT coalesce(f.stored_id, nextval('establishments_establishment_id_seq')) AS id, f.tax_code, f.part, f.stored_id,
         f.stored_id IS NULL AS is_new, coalesce({given}, n.tax_code, {STEM.format("f.tax_code")}) AS stem,
         f.industry_version AS said_version, f.industry_code AS said_code, {columns}, {stored}
  FROM import_firm f LEFT JOIN establishments_establishment e ON e.id = f.stored_id
  LEFT JOIN establishments_enterprise n ON n.id = e.enterprise_id
) x
"""
        )
        run("ANALYZE import_good (id, tax_code, part, stored_id, is_new, changed)")
        run(
            """
CREATE TEMP TABLE import_further ON COMMIT DROP AS
SELECT g.id, g.part, x.version, x.code FROM import_good g
CROSS JOIN LATERAL (VALUES (g.stored_industry_version, g.stored_industry_code), (g.said_version, g.said_code))
     AS x (version, code)
LEFT JOIN establishments_establishmentindustry i ON i.establishment_id = g.id AND i.version = x.version
WHERE x.code <> '' AND x.version <> '' AND x.version <> g.industry_version AND i.code IS DISTINCT FROM x.code
"""
        )
        self._match_years()
        self._match_osh()
        run("ANALYZE import_year (establishment_id, part, stored_id)")

    def _match_years(self) -> None:
        now = ", ".join(self.years)
        was = ", ".join(f"was_{name}" for name in self.years)
        both = ", ".join(f"coalesce(r.{name}, w.{name}) AS {name}, w.{name} AS was_{name}" for name in self.years)
        run(
            f"""
CREATE TEMP TABLE import_year ON COMMIT DROP AS
SELECT *, ({now}) IS DISTINCT FROM ({was}) AS changed FROM (
  SELECT r.row_no, g.id AS establishment_id, g.part, r.year::smallint AS year, w.id AS stored_id, {both}
  FROM import_stage r JOIN import_good g USING (tax_code)
  LEFT JOIN establishments_workforceyear w ON w.establishment_id = g.stored_id AND w.year = r.year
  WHERE r.year IS NOT NULL AND r.workers IS NOT NULL
) x
"""
        )

    def _match_osh(self) -> None:
        """The OSH organisation, where the file says something of it that is not stored."""
        if not self.osh:
            run("CREATE TEMP TABLE import_osh (id bigint, part integer) ON COMMIT DROP")
            return
        kept = ", ".join(f"coalesce(f.{name}, o.{name}) AS {name}" for name in self.osh)
        told = ", ".join(f"f.{name}" for name in self.osh)
        differs = " OR ".join(f"(f.{name} IS NOT NULL AND f.{name} IS DISTINCT FROM o.{name})" for name in self.osh)
        day = "coalesce(f.osh_stated_on::date, %(day)s)" if "osh_stated_on" in self.present else "%(day)s::date"
        run(
            f"""
CREATE TEMP TABLE import_osh ON COMMIT DROP AS
SELECT g.id, g.part, o.id AS stored_id, {day} AS stated_on, {kept}
FROM import_firm f JOIN import_good g USING (tax_code)
LEFT JOIN establishments_oshorganisation o ON o.establishment_id = g.stored_id
WHERE num_nonnulls({told}) > 0 AND ({differs})
""",
            day=self.day,
        )

    def counts(self) -> tuple[int, int, int]:
        """Rows that bring a new establishment, that change something, and that say what is stored already."""
        [(new, changed, rows)] = run(
            "SELECT count(*) FILTER (WHERE g.is_new), count(*) FILTER (WHERE NOT g.is_new"
            " AND (g.changed OR y.changed OR x.id IS NOT NULL OR o.id IS NOT NULL)), count(*)"
            " FROM import_stage r JOIN import_good g USING (tax_code)"
            " LEFT JOIN import_year y ON y.row_no = r.row_no"
            " LEFT JOIN (SELECT DISTINCT id FROM import_further) x ON x.id = g.id"
            " LEFT JOIN import_osh o ON o.id = g.id"
        )
        return new, changed, rows - new - changed

    def unknown(self) -> dict[str, int]:
        """Empty cells per column among the good rows; base columns the file does not have are empty throughout.

        Columns few files have are counted where they stand.
        """
        seldom = {*OSH_COLUMNS, *POINT_COLUMNS, "zone_name", "enterprise_tax_code", *WORKFORCE_COLUMNS[3:]}
        names = [
            name
            for name in (*FACT_COLUMNS, "year", *WORKFORCE_COLUMNS, *OSH_COLUMNS)
            if name in self.present or name not in seldom
        ]
        listed = ", ".join(f"count(*) FILTER (WHERE {name} IS NULL)" for name in names)
        [row] = run(f"SELECT {listed} FROM import_stage")
        return {name: count for name, count in zip(names, row, strict=True) if count}
