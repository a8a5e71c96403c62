"""Matched establishments written in sets, so many at a time that what is checked behind each set stays in memory."""

# ruff: noqa: S608 — statements are built from column names of this package; values are parameters
from __future__ import annotations

from collections.abc import Iterator

from atvsld.kit.ids import new_ulid
from atvsld.registers.establishments.intake.columns import spec
from atvsld.registers.establishments.intake.merge import Merge, run


def write(merge: Merge, source: str) -> dict[str, int]:
    """Insert and update; how many establishments and years are new."""
    run("CREATE INDEX ON import_good (part)")
    run("CREATE INDEX ON import_year (part)")
    given = {"batch": new_ulid()[:16], "source": (source or spec().names[0])[:200]}
    [(stored,)] = run("SELECT EXISTS (SELECT 1 FROM import_good WHERE NOT is_new)")
    steps = tuple(_steps(merge, stored=stored))
    # References are looked up while what they point at was just written, not all of them at the very end.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for (part,) in run(
        "SELECT DISTINCT part FROM import_good WHERE changed UNION SELECT part FROM import_year"
        " WHERE changed UNION SELECT part FROM import_further UNION SELECT part FROM import_osh"
        " ORDER BY part"
    ):
        for step in steps:
            run(step, part=part, **given)
    run("SET CONSTRAINTS ALL DEFERRED")
    [(firms, years)] = run(
        "SELECT (SELECT count(*) FROM import_good WHERE is_new),"
        " (SELECT count(*) FROM import_year WHERE stored_id IS NULL)"
    )
    return {"establishments": firms, "workforce_years": years}


def _steps(merge: Merge, *, stored: bool) -> Iterator[str]:
    """The statements of one part, in their order; parameters: part, batch, source. `stored`: some are known."""
    yield _ENTERPRISES
    yield from _establishments(merge, stored=stored)
    yield from _INDUSTRIES if stored else _INDUSTRIES[1:2]
    yield from _years(merge.years, stored=stored)
    if merge.osh:
        yield from _organisations(merge.osh)


# An enterprise never met takes its facts from the first establishment of its code, the main one before branches.
_ENTERPRISES = """
INSERT INTO establishments_enterprise
  (public_id, tax_code, name, name_folded, headquarters_place_id, ownership_type, sector_ministry, version)
SELECT %(batch)s || upper(lpad(to_hex(id), 10, '0')), stem, name, name_folded, headquarters_place_id,
       ownership_type, '', 1
FROM (
  SELECT DISTINCT ON (g.stem) g.* FROM import_good g WHERE g.part = %(part)s AND g.changed
  ORDER BY g.stem, length(g.tax_code), g.id
) first
WHERE NOT EXISTS (SELECT 1 FROM establishments_enterprise n WHERE n.tax_code = first.stem)
ON CONFLICT (tax_code) DO NOTHING
"""


def _establishments(merge: Merge, *, stored: bool) -> Iterator[str]:
    names = [name for name in merge.effective if name != "enterprise_code"]
    listed = ", ".join(names)
    yield f"""
INSERT INTO establishments_establishment (id, public_id, tax_code, {listed}, version, enterprise_id)
SELECT g.id, %(batch)s || upper(lpad(to_hex(g.id), 10, '0')), g.tax_code,
       {", ".join(f"g.{name}" for name in names)}, 1, n.id
FROM import_good g LEFT JOIN establishments_enterprise n ON n.tax_code = g.stem
WHERE g.is_new AND g.part = %(part)s ORDER BY g.id
"""
    if not stored:
        return
    enterprise = ", enterprise_id = n.id" if "enterprise_code" in merge.effective else ""
    joined = "LEFT JOIN establishments_enterprise n ON n.tax_code = g.enterprise_code" if enterprise else ""
    yield f"""
UPDATE establishments_establishment e SET {", ".join(f"{name} = g.{name}" for name in names)}{enterprise},
       version = e.version + 1
FROM import_good g {joined} WHERE e.id = g.stored_id AND g.changed AND g.part = %(part)s
"""


_INDUSTRIES = (
    """
UPDATE establishments_establishmentindustry i SET code = x.code FROM import_further x
WHERE i.establishment_id = x.id AND i.version = x.version AND x.part = %(part)s
""",
    """
INSERT INTO establishments_establishmentindustry (establishment_id, version, code)
SELECT x.id, x.version, x.code FROM import_further x WHERE x.part = %(part)s AND NOT EXISTS (
  SELECT 1 FROM establishments_establishmentindustry i WHERE i.establishment_id = x.id AND i.version = x.version)
""",
    # A code that became the main one no longer stands beside it.
    """
DELETE FROM establishments_establishmentindustry i USING import_good g
WHERE i.establishment_id = g.stored_id AND i.version = g.industry_version AND g.part = %(part)s
""",
)


def _years(names: tuple[str, ...], *, stored: bool) -> Iterator[str]:
    listed = ", ".join(names)
    if stored:
        yield f"""
UPDATE establishments_workforceyear w SET {", ".join(f"{name} = y.{name}" for name in names)}, source = %(source)s
FROM import_year y WHERE w.id = y.stored_id AND y.changed AND y.part = %(part)s
"""
    yield f"""
INSERT INTO establishments_workforceyear (establishment_id, year, {listed}, source)
SELECT y.establishment_id, y.year, {", ".join(f"y.{name}" for name in names)}, %(source)s
FROM import_year y WHERE y.stored_id IS NULL AND y.part = %(part)s ORDER BY y.establishment_id, y.year
"""


def _organisations(names: tuple[str, ...]) -> Iterator[str]:
    listed = ", ".join(names)
    yield f"""
UPDATE establishments_oshorganisation o SET {", ".join(f"{name} = x.{name}" for name in names)},
       stated_on = x.stated_on, source = %(source)s
FROM import_osh x WHERE o.id = x.stored_id AND x.part = %(part)s
"""
    yield f"""
INSERT INTO establishments_oshorganisation (establishment_id, stated_on, source, {listed})
SELECT x.id, x.stated_on, %(source)s, {", ".join(f"x.{name}" for name in names)}
FROM import_osh x WHERE x.stored_id IS NULL AND x.part = %(part)s ORDER BY x.id
"""
