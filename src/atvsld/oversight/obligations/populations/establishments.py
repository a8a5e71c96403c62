"""Establishments as reporters. One that was merged into another is no longer one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.law.reporting_duties import Value
from atvsld.oversight.obligations.populations.population import FactSql, Population
from atvsld.registers.places import tree

# Each looks its rows up by establishment, so that no plan depends on how fresh the planner's statistics are.
# The latest year stated up to that of the period: a register is rarely complete for the very year.
_WORKFORCE = """
LEFT JOIN LATERAL (
  SELECT workers, leased_workers, year FROM establishments_workforceyear
  WHERE establishment_id = r.id AND year <= %(year)s ORDER BY year DESC LIMIT 1
) w ON true
"""
# True: there on the day. False: it was there and ended, or the number is nought. NULL: nothing was ever recorded.
_HAZARDS = """
LEFT JOIN LATERAL (
  SELECT
    bool_or((valid_to IS NULL OR valid_to >= %(as_of)s) AND coalesce(count, 1) > 0)
      FILTER (WHERE kind = 'harmful_factor') AS harmful,
    bool_or((valid_to IS NULL OR valid_to >= %(as_of)s) AND coalesce(count, 1) > 0)
      FILTER (WHERE kind = 'strict_safety_equipment') AS strict
  FROM establishments_hazardfact WHERE establishment_id = r.id AND valid_from <= %(as_of)s
) hz ON true
"""
# The code in the version of the day of reckoning where it is stated, else the main one in its own version.
_INDUSTRY = """
LEFT JOIN establishments_establishmentindustry ix
  ON ix.establishment_id = r.id AND ix.version = %(industry_version)s AND r.industry_version <> %(industry_version)s
"""

# The bands of the register's own list.
_SIZE = (
    "CASE WHEN w.workers IS NULL THEN '' WHEN w.workers < 10 THEN '1-9' WHEN w.workers < 50 THEN '10-49'"
    " WHEN w.workers < 300 THEN '50-299' ELSE '300-' END"
)


def _closed(row: Mapping[str, Any], value: Value) -> str:
    if value is not False:
        return ""
    return _("ngừng từ %(day)s") % {"day": format_date(row["closed_on"])}


def _year(row: Mapping[str, Any], value: Value) -> str:
    return "" if value is None else _("số liệu năm %(year)s") % {"year": row["workforce_year"]}


def _seat(row: Mapping[str, Any], value: Value) -> str:  # noqa: ARG001 — one shape for every fact
    node = tree.current().nodes.get(row["headquarters_place_id"])
    return node.name if node else ""


def _version(row: Mapping[str, Any], value: Value) -> str:
    return f"VSIC {row['coded_in']}" if value else ""


def _profile(said: str) -> Any:
    def detail(row: Mapping[str, Any], value: Value) -> str:
        if value is None:
            return ""
        return str(row.get(f"{said}_source") or _("theo hồ sơ yếu tố rủi ro của cơ sở"))

    return detail


ESTABLISHMENTS = Population(
    register="establishments",
    column="establishment",
    relation="establishments_establishment r",
    where="r.merged_into_id IS NULL",
    facts={
        "active": FactSql("(r.closed_on IS NULL OR r.closed_on > %(as_of)s)", _closed, ("r.closed_on",)),
        "workers": FactSql("w.workers", _year, ("w.year AS workforce_year",), ("w",)),
        "leased_workers": FactSql("w.leased_workers", _year, ("w.year AS workforce_year",), ("w",)),
        "headquarters_here": FactSql("(r.headquarters_place_id = ANY(%(home)s))", _seat, ("r.headquarters_place_id",)),
        "harmful_factors": FactSql(
            "coalesce(hz.harmful, said_harmful_factors.value)",
            _profile("said_harmful_factors"),
            ("CASE WHEN hz.harmful IS NULL THEN said_harmful_factors.source END AS said_harmful_factors_source",),
            ("hz", "said_harmful_factors"),
        ),
        "strict_equipment": FactSql(
            "coalesce(hz.strict, said_strict_equipment.value)",
            _profile("said_strict_equipment"),
            ("CASE WHEN hz.strict IS NULL THEN said_strict_equipment.source END AS said_strict_equipment_source",),
            ("hz", "said_strict_equipment"),
        ),
        "industry": FactSql(
            "coalesce(ix.code, r.industry_code)",
            _version,
            ("CASE WHEN ix.code IS NULL THEN r.industry_version ELSE %(industry_version)s END AS coded_in",),
            ("ix",),
        ),
    },
    joins={"w": _WORKFORCE, "hz": _HAZARDS, "ix": _INDUSTRY},
    dimensions={"place": "r.place_id", "establishment": "r.id"},
    groups={
        "commune": ("r.place_id::text", ()),
        "sector": ("left(coalesce(ix.code, r.industry_code), 2)", ("ix",)),
        "size": (
            _SIZE,
            ("w",),
        ),
        "body": ("coalesce(r.zone_authority_id::text, '')", ()),
    },
)
