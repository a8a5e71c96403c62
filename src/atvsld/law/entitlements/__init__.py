"""Money owed after an accident or occupational disease: dated, cited data and the reckoning over it."""

from atvsld.law.entitlements.calculation import Entitlement, entitlement
from atvsld.law.entitlements.components import Component
from atvsld.law.entitlements.duty import Fault, employer_duty
from atvsld.law.entitlements.inputs import average_salary, insured_months, insured_years
from atvsld.law.entitlements.reading import load_rules
from atvsld.law.entitlements.spec import Assessment, EntitlementKind, EntitlementRules, NotEntitled

__all__ = [
    "Assessment",
    "Component",
    "Entitlement",
    "EntitlementKind",
    "EntitlementRules",
    "Fault",
    "NotEntitled",
    "average_salary",
    "employer_duty",
    "entitlement",
    "insured_months",
    "insured_years",
    "load_rules",
]
