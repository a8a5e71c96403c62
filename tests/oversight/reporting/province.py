"""A small random province for the reporting tests: plain rows, so that tallies in plain Python can be trusted."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.places.models import Place, PlaceParent

RANK = {"fatal": 0, "severe": 1, "minor": 2, None: 3}


def places() -> tuple[Place, list[Place]]:
    """A province with three communes."""
    province = Place.objects.create(
        code="48", name="Thành phố Thử", name_folded="thanh pho thu", level="province", kind="Thành phố",
        valid_from=date(1997, 1, 1),
    )  # fmt: skip
    communes = [
        Place.objects.create(
            code=f"2019{number}", name=f"Xã Thử {number}", name_folded=f"xa thu {number}", level="commune", kind="Xã",
            valid_from=date(1997, 1, 1),
        )
        for number in range(3)
    ]  # fmt: skip
    for commune in communes:
        PlaceParent.objects.create(place=commune, parent=province, valid_from=date(1997, 1, 1))
    return province, communes


def establishments(communes: list[Place]) -> list[Establishment]:
    """Four establishments; the third works in one commune and has its head office in another; the last is bare."""
    found = []
    for number, (industry, ownership) in enumerate([("41", "02"), ("10", "06"), ("41", "03"), ("", "")]):
        establishment = Establishment.objects.create(
            tax_code=f"040000000{number}", name=f"Công ty Thử {number}", name_folded=f"cong ty thu {number}",
            place=communes[number % 3], headquarters_place=communes[(number + number // 2) % 3],
            industry_version="2018", industry_code=industry, ownership_type=ownership,
        )  # fmt: skip
        found.append(establishment)
        if number < 3:
            WorkforceYear.objects.create(
                establishment=establishment, year=2024, workers=100 * (number + 1), female_workers=40,
                payroll=5_000_000_000, source="Thử",
            )  # fmt: skip
    return found


def accidents(communes: list[Place], owners: list[Establishment], *, seed: int, count: int) -> None:
    """Random cases of 2023–2025 with every kind of hole."""
    dice = random.Random(seed)
    for _number in range(count):
        moment = datetime(2023, 1, 1, 3, tzinfo=UTC) + timedelta(hours=dice.randrange(3 * 365 * 24))
        case = AccidentCase.objects.create(
            occurred_at=moment, place=dice.choice(communes), establishment=dice.choice([*owners, None]),
            conclusion=dice.choices(["occupational", "article_39_2", "not_occupational", "pending"], [80, 8, 4, 8])[0],
            cause_code=dice.choice([None, *"123456789"]),
            injury_agent_code=dice.choice([None, "1", "3", "3.1", "9", "18"]),
            property_damage=dice.choice([None, 0, 1_500_000, 2_345_678]),
        )  # fmt: skip
        people = [
            Victim(
                case=case, position=place + 1, name="Người Thử", sex=dice.choice([None, "male", "female"]),
                occupation_code=dice.choice([None, "7", "71", "7111", "93"]),
                labour_relation=dice.choice([None, "contract", "none", "leased"]),
                severity=dice.choices([None, "fatal", "severe", "minor"], [3, 10, 25, 62])[0],
                managed=dice.choice([None, True, True, False]), days_lost=dice.choice([None, 0, 5, 30]),
                medical_cost=dice.choice([None, 1_000_000, 2_500_500]), wage_cost=dice.choice([None, 0, 700_000]),
                compensation_cost=dice.choice([None, 9_000_000]),
            )
            for place in range(dice.choice([1, 1, 1, 2, 3]))
        ]  # fmt: skip
        principal = min(people, key=lambda victim: (RANK[victim.severity], victim.position))
        principal.is_principal = True
        Victim.objects.bulk_create(people)
        AccidentCase.objects.filter(pk=case.pk).update(severity=principal.severity, victim_count=len(people))
