"""Which sum the employer owes: compensation or allowance, by whose fault it was."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from atvsld.kit.explain import Explanation
from atvsld.law.entitlements.reading import load_rules
from atvsld.law.entitlements.spec import EntitlementKind, EntitlementRules, NotEntitled


class Fault(StrEnum):
    """Whose fault the accident was by the minutes of the investigation.

    `own` = entirely the victim's own, `shared` = partly, `others` = only others', `unknown` = the one who
    caused it is not known, `excluded` = a cause for which nothing is owed (Điều 40 khoản 1).
    """

    OWN = "own"
    SHARED = "shared"
    OTHERS = "others"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


def employer_duty(
    *,
    fault: Fault,
    on: date,
    commuting: bool = False,
    disease: bool = False,
    rules: EntitlementRules | None = None,
) -> tuple[EntitlementKind, Explanation]:
    """Compensation or allowance, and why (Điều 38, 39 Luật ATVSLĐ); `NotEntitled` for causes of Điều 40.

    `on` is the day of the accident, `commuting` the way between home and work on a reasonable route and time.
    """
    found = rules or load_rules()
    if fault is Fault.EXCLUDED:
        raise NotEntitled(found.provision("duty.excluded", on).explain())
    kind, provision = _duty(fault, commuting=commuting, disease=disease)
    return kind, found.provision(provision, on).explain()


def check_not_excluded(rules: EntitlementRules, fault: Fault | None, on: date) -> None:
    """`NotEntitled` to the fund's benefits for the causes of Điều 40 (Điều 45 khoản 3 Luật ATVSLĐ)."""
    if fault is Fault.EXCLUDED:
        raise NotEntitled(rules.provision("duty.excluded_fund", on).explain())


def _duty(fault: Fault, *, commuting: bool, disease: bool) -> tuple[EntitlementKind, str]:
    if disease:
        return EntitlementKind.COMPENSATION, "duty.disease"
    if fault is Fault.OWN:
        return EntitlementKind.ALLOWANCE, "duty.own_fault"
    if not commuting:
        return EntitlementKind.COMPENSATION, "duty.compensation"
    if fault is Fault.SHARED:
        return EntitlementKind.COMPENSATION, "duty.commuting_shared"
    return EntitlementKind.ALLOWANCE, "duty.commuting"
