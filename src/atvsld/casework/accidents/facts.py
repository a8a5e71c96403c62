"""Accidents as facts: one row per victim, with the case's own columns beside.

A case is counted on its principal victim's row, so cases and victims come out of one pass: a case stands
under the occupation and the labour relation of its principal victim, a victim under its own.
"""

from __future__ import annotations

from atvsld.platform.facts import Dimension, FactSet, Folding, Measure
from atvsld.registers.establishments.facts import INDUSTRY_JOIN, INDUSTRY_SQL

RELATION_GROUPS = {
    "contract": ("contract", "probation", "apprentice", "civil_servant", "armed_forces", "leased", "abroad", "foreign"),
    "non_contract": ("none",),
}
# Occupation codes longer than the two levels of the list stand under their two-digit group.
OCCUPATION_DIGITS = 2

_relation_group = (
    "CASE WHEN v.labour_relation = 'none' THEN 'non_contract' WHEN v.labour_relation IS NOT NULL THEN 'contract' END"
)
_any_cost = "coalesce(v.medical_cost, v.wage_cost, v.compensation_cost) IS NOT NULL"


def _count(condition: str) -> Measure:
    return Measure(f"count(*) FILTER (WHERE {condition})")


def _sum(expression: str, condition: str = "") -> Measure:
    return Measure(f"sum({expression})" + (f" FILTER (WHERE {condition})" if condition else ""), Folding.SUM)


FACTS = FactSet(
    name="accidents",
    relation="accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id",
    joins={
        "e": "LEFT JOIN establishments_establishment e ON e.id = c.establishment_id",
        "ei": INDUSTRY_JOIN,  # after "e", as joins are added in the order of their names
    },
    moment="c.occurred_at",
    places={
        "place": Dimension("c.place_id", 300),
        "headquarters": Dimension("e.headquarters_place_id", 300, needs=("e",)),
    },
    establishment="c.establishment_id",
    dimensions={
        "conclusion": Dimension("c.conclusion", 4),
        "cause": Dimension("c.cause_code", 10),
        "agent": Dimension("c.injury_agent_code", 25),
        "occupation": Dimension(f"left(v.occupation_code, {OCCUPATION_DIGITS})", 60),
        "relation": Dimension("v.labour_relation", 9),
        "relation_group": Dimension(_relation_group, 2, stored="v.labour_relation", groups=RELATION_GROUPS),
        "severity": Dimension("v.severity", 3),
        "sex": Dimension("v.sex", 2),
        "industry": Dimension(INDUSTRY_SQL, 250, needs=("e", "ei")),
        "ownership": Dimension("nullif(e.ownership_type, '')", 10, needs=("e",)),
        "place": Dimension("c.place_id::text", 300),
    },
    measures={
        "cases": _count("v.is_principal"),
        "fatal_cases": _count("v.is_principal AND c.severity = 'fatal'"),
        "multi_victim_cases": _count("v.is_principal AND c.victim_count >= 2"),
        "victims": Measure("count(*)"),
        "victims_unmanaged": _count("v.managed = false"),
        "female": _count("v.sex = 'female'"),
        "female_unmanaged": _count("v.sex = 'female' AND v.managed = false"),
        "deaths": _count("v.severity = 'fatal'"),
        "deaths_unmanaged": _count("v.severity = 'fatal' AND v.managed = false"),
        "severe": _count("v.severity = 'severe'"),
        "severe_unmanaged": _count("v.severity = 'severe' AND v.managed = false"),
        "minor": _count("v.severity = 'minor'"),
        "days_lost": _sum("v.days_lost"),
        "medical_cost": _sum("v.medical_cost"),
        "wage_cost": _sum("v.wage_cost"),
        "compensation_cost": _sum("v.compensation_cost"),
        "total_cost": _sum(
            "coalesce(v.medical_cost, 0) + coalesce(v.wage_cost, 0) + coalesce(v.compensation_cost, 0)", _any_cost
        ),
        "property_damage": _sum("c.property_damage", "v.is_principal"),
        # What is not known, so that a table can say how much of it rests on silence.
        "unknown_severity": _count("v.severity IS NULL"),
        "unknown_sex": _count("v.sex IS NULL"),
        "unknown_managed": _count("v.managed IS NULL"),
        "unknown_relation": _count("v.labour_relation IS NULL"),
        "unknown_days": _count("v.days_lost IS NULL"),
        "unknown_cost": _count(f"NOT ({_any_cost})"),
    },
)
