"""Establishments and their yearly workforce as facts: one row per establishment and year stated.

An establishment without a workforce figure for the year is counted in `establishments` but not in
`establishments_reporting`; its workers are unknown, not zero.
"""

from __future__ import annotations

from atvsld.platform.facts import Dimension, FactSet, Folding, Measure

_relation = """
establishments_establishment e
JOIN (VALUES (%(year)s::int)) AS asked(year) ON e.merged_into_id IS NULL
LEFT JOIN establishments_workforceyear w ON w.establishment_id = e.id AND w.year = asked.year
"""
_open = "(e.closed_on IS NULL OR extract(year FROM e.closed_on) >= asked.year)"

# Every version in which the activity is coded, as `version/division`, joined by `|`, the main code first. A report
# reads the part of its own version; versions are never mapped onto one another by equal number.
INDUSTRY_SEPARATOR = "|"
INDUSTRY_SQL = (
    "CASE WHEN e.industry_code <> ''"
    " THEN e.industry_version || '/' || left(e.industry_code, 2) || coalesce(ei.codes, '') END"
)
INDUSTRY_JOIN = (
    "LEFT JOIN (SELECT establishment_id,"
    " string_agg('|' || version || '/' || left(code, 2), '' ORDER BY version) AS codes"
    " FROM establishments_establishmentindustry GROUP BY establishment_id) ei ON ei.establishment_id = e.id"
)

# The last statement of who looks after safety, as long as it was made before the report of the year was due.
ORGANISATION_JOIN = (
    "LEFT JOIN establishments_oshorganisation o ON o.establishment_id = e.id"
    " AND o.stated_on <= make_date(%(year)s + 1, 1, 31)"
)
# Machines of the hazard profile on the last day of the year; one entry without a number makes the sum unknown.
MACHINES_JOIN = (
    "LEFT JOIN (SELECT establishment_id, CASE WHEN bool_and(count IS NOT NULL) THEN sum(count) END AS machines"
    " FROM establishments_hazardfact WHERE kind = 'strict_safety_equipment'"
    " AND valid_from <= make_date(%(year)s, 12, 31) AND (valid_to IS NULL OR valid_to >= make_date(%(year)s, 12, 31))"
    " GROUP BY establishment_id) hm ON hm.establishment_id = e.id"
)

FACTS = FactSet(
    name="establishments",
    relation=_relation,
    joins={"ei": INDUSTRY_JOIN, "o": ORGANISATION_JOIN, "hm": MACHINES_JOIN},
    year="asked.year",
    places={"place": Dimension("e.place_id", 300), "headquarters": Dimension("e.headquarters_place_id", 300)},
    establishment="e.id",
    dimensions={
        "ownership": Dimension("nullif(e.ownership_type, '')", 10),
        "industry": Dimension(INDUSTRY_SQL, 250, needs=("ei",)),
        "place": Dimension("e.place_id::text", 300),
    },
    measures={
        "establishments": Measure(f"count(*) FILTER (WHERE {_open} OR w.id IS NOT NULL)"),
        "establishments_reporting": Measure("count(w.id)"),
        "workers": Measure("sum(w.workers)", Folding.SUM),
        "workers_reporting": Measure("sum(w.workers)", Folding.SUM),
        "workers_female": Measure("sum(w.female_workers)", Folding.SUM),
        "workers_arduous": Measure("sum(w.arduous_workers)", Folding.SUM),
        "workers_arduous_female": Measure("sum(w.arduous_female_workers)", Folding.SUM),
        "workers_minor": Measure("sum(w.minor_workers)", Folding.SUM),
        "workers_disabled": Measure("sum(w.disabled_workers)", Folding.SUM),
        "workers_elderly": Measure("sum(w.elderly_workers)", Folding.SUM),
        "payroll": Measure("sum(w.payroll)", Folding.SUM),
        "osh_officers": Measure("sum(o.full_time_officers + o.part_time_officers)", Folding.SUM, needs=("o",)),
        "medical_staff": Measure("sum(o.doctors + o.assistant_doctors + o.medical_workers)", Folding.SUM, needs=("o",)),
        "strict_machines": Measure("sum(hm.machines)", Folding.SUM, needs=("hm",)),
    },
)
