"""Establishments, workers, providers, bodies and code lists as proof: figures beside plain SQL; nobody is named."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.registers import proof_check

if TYPE_CHECKING:
    from tests.casework.accidents.scene import Land

WHOLE = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def land(db: None) -> Land:
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def filled(land: Land) -> Land:
    """Forty establishments with hazards, organisation and workforce; some closed, one merged."""
    from atvsld.registers.establishments.models import Establishment, HazardFact, OshOrganisation, WorkforceYear

    dice = random.Random(5)
    for number in range(40):
        place = dice.choice([land.river, land.hill, land.old])
        firm = Establishment.objects.create(
            tax_code=f"98{number:08d}", name=f"Cơ sở {number}", name_folded=f"co so {number}", place=place,
            headquarters_place=place, industry_version="2025", industry_code=dice.choice(["2395", "4101", "8610"]),
            closed_on=dice.choice([None, None, None, date(2025, 6, 1), date(2026, 2, 1)]),
            merged_into=land.mill if number == 7 else None,
        )  # fmt: skip
        if dice.random() < 0.5:
            start = dice.choice([date(2024, 3, 1), date(2025, 5, 1), date(2026, 1, 1)])
            HazardFact.objects.create(
                establishment=firm, kind="harmful_factor", description="bụi", valid_from=start, source="khai",
                valid_to=date(2024, 12, 30) if start.year == 2024 and dice.random() < 0.5 else None,
            )  # fmt: skip
        if dice.random() < 0.6:
            OshOrganisation.objects.create(
                establishment=firm, stated_on=dice.choice([date(2025, 3, 1), date(2026, 1, 5)]), source="khai",
                full_time_officers=dice.choice([None, 0, 1, 3]), part_time_officers=dice.choice([None, 0, 1]),
                has_osh_department=dice.choice([None, True]), doctors=dice.choice([None, 0, 1]),
            )  # fmt: skip
        if dice.random() < 0.7:
            WorkforceYear.objects.create(
                establishment=firm, year=2025, workers=400, source="khai",
                arduous_workers=dice.choice([None, 12, 40]), arduous_female_workers=dice.choice([None, 3]),
            )  # fmt: skip
    return land


def test_establishments_count_as_plain_sql_does(filled: Land, client: Any) -> None:
    from tests.casework.accidents import scene

    from atvsld.registers.bodies.models import Body
    from atvsld.registers.proofs import Asked

    body = Body.objects.create(code="x", name="x", name_folded="x", place=filled.river, valid_from=date(2025, 7, 1))
    n = proof_check.sql
    ours = f"e.place_id IN ({filled.river.pk}, {filled.old.pk})"
    for asked, where in (
        (Asked(*WHOLE), "true"),
        (Asked(*WHOLE, bodies=frozenset({body.pk})), ours),
        (Asked(*WHOLE, places=frozenset({filled.hill.pk})), f"e.place_id = {filled.hill.pk}"),
    ):
        there = (
            f"FROM establishments_establishment e WHERE {where} AND e.merged_into_id IS NULL"
            " AND (e.closed_on IS NULL OR e.closed_on > '2025-12-31')"
        )
        hazards = (
            " AND e.id IN (SELECT establishment_id FROM establishments_hazardfact WHERE valid_from <= '2025-12-31'"
            " AND coalesce(valid_to, '2099-01-01') >= '2025-01-01')"
        )
        tally: dict[str, int | None] = {
            "recorded": n(f"SELECT count(*) {there}{hazards}"),
            "all": n(f"SELECT count(*) {there}"),
            "controlled": None,
        }
        assert tally["recorded"]
        proof_check.agrees("establishments_at_risk", asked, tally)
        year = there.replace("WHERE", "JOIN establishments_workforceyear w ON w.establishment_id = e.id WHERE", 1)
        year += " AND w.year = 2025 AND w.arduous_workers IS NOT NULL"
        proof_check.agrees("arduous_workers", asked, {
            "stating": n(f"SELECT count(*) {year}"), "people": n(f"SELECT sum(w.arduous_workers) {year}"),
            "women": n(f"SELECT sum(w.arduous_female_workers) {year}"),
        }, summed=("people", "women"))  # fmt: skip
    # Nobody stated the year after: not zero people, but not known.
    later = Asked(date(2026, 1, 1), date(2026, 12, 31))
    proof_check.agrees("arduous_workers", later, {"stating": 0, "people": None, "women": None})
    client.force_login(scene.person("can.bo", "province_officer", at=filled.province))
    proof_check.opens(client, "establishments_at_risk", Asked(*WHOLE))


def test_organisation_is_judged_as_on_the_page_of_each_establishment(filled: Land) -> None:
    from atvsld.registers.establishments.models import Establishment
    from atvsld.registers.establishments.organisation import assess
    from atvsld.registers.proofs import Asked

    tally: dict[str, int | None] = {"met": 0, "short": 0, "unknown": 0, "stated": 0}
    for firm in Establishment.objects.filter(merged_into=None, osh_organisation__stated_on__lte=WHOLE[1]):
        if firm.closed_on and firm.closed_on <= WHOLE[1]:
            continue
        states = {str(verdict.state) for verdict in assess(firm, on=WHOLE[1]).verdicts}
        word = "short" if "short" in states else "unknown" if "unknown" in states or not states else "met"
        tally[word] = (tally[word] or 0) + 1
        tally["stated"] = (tally["stated"] or 0) + 1
    assert tally["stated"]
    proof_check.agrees("organisation_met", Asked(*WHOLE), tally)


def test_what_a_search_offers_stands_and_a_worker_has_no_name(filled: Land) -> None:
    from tests.casework.accidents import scene

    from atvsld.registers import proofs
    from atvsld.registers.bodies.models import Body, BodyFunction
    from atvsld.registers.proofs import Asked
    from atvsld.registers.providers.models import ProviderQualification, ServiceProvider
    from atvsld.registers.workers.models import Worker

    body = Body.objects.create(code="x", name="Sở Thử", name_folded="so thu", place=filled.province,
                               valid_from=date(2025, 7, 1))  # fmt: skip
    BodyFunction.objects.create(body=body, function="osh_lead", place=filled.province, valid_from=date(2025, 7, 1))
    provider = ServiceProvider.objects.create(name="Trung tâm Thử", name_folded="trung tam thu")
    ProviderQualification.objects.create(
        provider=provider, kind="training", form="licence", valid_from=date(2025, 1, 1), number="1"
    )
    for name, birth, firm in (("Trần Thị Thử", date(2010, 1, 1), filled.mill), ("Lê Văn Thử", None, filled.quarry)):
        Worker.objects.create(name=name, name_folded="x", birth_date=birth, establishment=firm, place=firm.place)
    officer = scene.act(scene.person("can.bo", "province_officer", at=filled.province)).actor
    mill = scene.act(scene.person("nha.may", "employer", firm=filled.mill)).actor
    words = ("hazard_profile", "osh_organisation", "worker_record", "provider_record", "body_function", "code_list")
    for word in words:
        source = proofs.evidence_of(word)
        assert source
        found = list(source.search(officer, "", Asked(*WHOLE), 50))
        assert found, word
        assert not [one for one in found if "Trần" in one.label]
        proof_check.stands(word, [one.key for one in found])
    workers = proofs.evidence_of("worker_record")
    assert workers
    # Only who belongs to a protected group is offered, and to an employer only the own people.
    assert len(list(workers.search(officer, "", Asked(*WHOLE), 50))) == 1
    shown = next(iter(workers.search(mill, "", Asked(*WHOLE), 50))).label
    assert shown.startswith("Người lao động tại Nhà máy")
    assert proofs.find("code_list", "nothing/2025") is None
    lists = proofs.measure_of("code_lists")
    assert lists
    known = {figure.key: figure for figure in lists.figures(Asked(*WHOLE))}
    assert known["lists"].value == len(list(lists.records(Asked(*WHOLE), "lists"))) > 5
    assert known["reviews"].value is None
    assert known["reviews"].why
