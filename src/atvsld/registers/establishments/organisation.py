"""An establishment's OSH organisation as the law looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atvsld.kit.dated import NotInForce
from atvsld.law.organisation import Interval, load_norms
from atvsld.law.organisation_check import (
    OrganisationFacts,
    Standing,
    State,
    Verdict,
    check_organisation,
    self_check_interval,
    standing,
)
from atvsld.registers.establishments.models import Establishment, OshOrganisation, WorkforceYear

# List of the law → the column that holds an officer's own finding.
DECISIONS = {
    "nd39.article36": "in_article36_list",
    "nd39.article37": "in_article37_list",
    "tt07.article8": "in_high_risk_list",
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the norms say of one establishment on a day; `workforce` is the year the size was taken from."""

    stated: OshOrganisation | None
    workforce: WorkforceYear | None
    verdicts: tuple[Verdict, ...]
    standings: tuple[Standing, ...]
    self_check: Interval | None

    @property
    def short(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.state is State.SHORT)


def facts_of(
    establishment: Establishment, stated: OshOrganisation | None, workforce: WorkforceYear | None
) -> OrganisationFacts:
    """The columns as the rule wants them; a person is counted in one grade only."""
    size = None if workforce is None else workforce.workers
    if stated is None:
        return OrganisationFacts(size, establishment.industry_code)
    return OrganisationFacts(
        size,
        establishment.industry_code,
        staff={
            "full_time": stated.full_time_officers,
            "part_time": stated.part_time_officers,
            "doctor": stated.doctors,
            "assistant_doctor": stated.assistant_doctors,
            "medical_worker": stated.medical_workers,
        },
        units={
            "osh_department": stated.has_osh_department,
            "osh_service": stated.has_osh_service,
            "medical_facility": stated.has_medical_facility,
            "medical_contract": stated.has_medical_contract,
            "council": stated.has_osh_council,
        },
        shifts=stated.shifts,
        teams=stated.production_teams,
        representatives=stated.osh_representatives,
        state_group=stated.is_state_group,
        decided={
            list_id: decision
            for list_id, column in DECISIONS.items()
            if (decision := getattr(stated, column)) is not None
        },
    )


def assess(establishment: Establishment, *, on: date) -> Assessment:
    """The organisation against the norms of a day, with the workforce of the latest year stated up to that day."""
    stated = OshOrganisation.objects.filter(establishment=establishment).first()
    workforce = establishment.workforce.filter(year__lte=on.year).order_by("-year").first()
    facts = facts_of(establishment, stated, workforce)
    norms = load_norms()
    try:
        verdicts = check_organisation(norms, facts, on=on)
    except NotInForce:
        verdicts = ()
    _where, interval = self_check_interval(norms, facts)
    standings = tuple(standing(norms, list_id, facts) for list_id in norms.lists)
    return Assessment(stated, workforce, verdicts, standings, interval)
