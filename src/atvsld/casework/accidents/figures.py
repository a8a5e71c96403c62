"""The records behind a figure: the same dimensions and measures as `facts.py`, as conditions on victims.

`facts.py` speaks SQL because a table must be one statement; this file speaks querysets because people open
records one page at a time. A test computes every figure both ways on the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.db.models import Q

from atvsld.casework.accidents.facts import OCCUPATION_DIGITS, RELATION_GROUPS
from atvsld.registers.establishments.models import EstablishmentIndustry

Codes = Collection[str]


def _column(lookup: str) -> Callable[[Codes], Q]:
    return lambda codes: Q(**{f"{lookup}__in": list(codes)})


def _occupation(codes: Codes) -> Q:
    """Longer codes stand under their group; a one-digit code only under itself."""
    found = Q(pk__in=[])
    for code in codes:
        found |= Q(occupation_code__startswith=code) if len(code) >= OCCUPATION_DIGITS else Q(occupation_code=code)
    return found


def _relation_group(codes: Codes) -> Q:
    return Q(labour_relation__in=[relation for group in codes for relation in RELATION_GROUPS[group]])


def _industry(codes: Codes) -> Q:
    """Codes are `version/division`; an establishment stands under each version in which it is coded."""
    found = Q(pk__in=[])
    for code in codes:
        version, division = code.split("/", 1)
        found |= Q(
            case__establishment__industry_version=version, case__establishment__industry_code__startswith=division
        )
        further = EstablishmentIndustry.objects.filter(version=version, code__startswith=division)
        found |= Q(case__establishment__in=further.values("establishment"))
    return found


DIMENSIONS: dict[str, Callable[[Codes], Q]] = {
    "conclusion": _column("case__conclusion"),
    "cause": _column("case__cause_code"),
    "agent": _column("case__injury_agent_code"),
    "occupation": _occupation,
    "relation": _column("labour_relation"),
    "relation_group": _relation_group,
    "severity": _column("severity"),
    "sex": _column("sex"),
    "industry": _industry,
    "ownership": _column("case__establishment__ownership_type"),
    "place": _column("case__place_id"),
}
_UNMANAGED = Q(managed=False)
_COST_KNOWN = Q(medical_cost__isnull=False) | Q(wage_cost__isnull=False) | Q(compensation_cost__isnull=False)
MEASURES: dict[str, Q] = {
    "cases": Q(is_principal=True),
    "fatal_cases": Q(is_principal=True, case__severity="fatal"),
    "multi_victim_cases": Q(is_principal=True, case__victim_count__gte=2),
    "victims": Q(),
    "victims_unmanaged": _UNMANAGED,
    "female": Q(sex="female"),
    "female_unmanaged": Q(sex="female") & _UNMANAGED,
    "deaths": Q(severity="fatal"),
    "deaths_unmanaged": Q(severity="fatal") & _UNMANAGED,
    "severe": Q(severity="severe"),
    "severe_unmanaged": Q(severity="severe") & _UNMANAGED,
    "minor": Q(severity="minor"),
    "days_lost": Q(days_lost__isnull=False),
    "medical_cost": Q(medical_cost__isnull=False),
    "wage_cost": Q(wage_cost__isnull=False),
    "compensation_cost": Q(compensation_cost__isnull=False),
    "total_cost": _COST_KNOWN,
    "property_damage": Q(is_principal=True, case__property_damage__isnull=False),
}


def behind(measure: str, where: Mapping[str, Codes], outside: Mapping[str, Codes]) -> Q:
    """Victims that a figure counts or sums: they meet every `where` and no code of any `outside`."""
    found = MEASURES[measure]
    for name, codes in where.items():
        found &= DIMENSIONS[name](codes)
    for name, codes in outside.items():
        # NULL is outside every list; SQL's NOT IN would lose it, so the complement is taken by primary key logic.
        found &= ~DIMENSIONS[name](codes) | _missing(name)
    return found


def _missing(name: str) -> Q:
    lookups = {
        "conclusion": "case__conclusion",
        "cause": "case__cause_code",
        "agent": "case__injury_agent_code",
        "occupation": "occupation_code",
        "relation": "labour_relation",
        "relation_group": "labour_relation",
        "severity": "severity",
        "sex": "sex",
        "industry": "case__establishment__industry_code",
        "ownership": "case__establishment__ownership_type",
        "place": "case__place_id",
    }
    return Q(**{f"{lookups[name]}__isnull": True})
