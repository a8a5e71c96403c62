"""The small province of the rehearsal, with everybody who has work to do in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.casework.accidents import scene

from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import WorkforceYear
from atvsld.registers.offices.grants import actor_for

YEAR = 2026
# The last spring in which communes reported to districts.
DISTRICT_DAY = date(2025, 5, 5)


@dataclass
class World:
    """Places and establishments, and the acting people by what they are."""

    land: scene.Land
    officer: Actor
    communes: dict[int, Actor]
    employers: dict[int, Actor]
    users: dict[int, str]


def build() -> World:
    """The province, its department as a body, an officer, a leader, two communes and an old one, two employers."""
    land = scene.build()
    department = Body.objects.create(
        code="so", name="Sở Thử", name_folded=fold("Sở Thử"), place=land.province, valid_from=date(2020, 1, 1)
    )
    BodyFunction.objects.create(
        body=department, function="osh_lead", place=land.province, valid_from=date(2020, 1, 1)
    )  # fmt: skip
    for firm, workers in ((land.mill, 800), (land.quarry, 450)):
        WorkforceYear.objects.create(
            establishment=firm, year=YEAR, workers=workers, female_workers=workers // 3, payroll=10**10, source="Thử"
        )
    people = {
        "officer": scene.person("can.bo.tinh", "province_officer", at=land.province),
        "leader": scene.person("lanh.dao", "leader", at=land.province),
        "river": scene.person("can.bo.song", "commune_officer", at=land.river),
        "hill": scene.person("can.bo.doi", "commune_officer", at=land.hill),
        "mill": scene.person("nha.may", "employer", firm=land.mill),
        "quarry": scene.person("mo.da", "employer", firm=land.quarry),
    }
    old = scene.person("can.bo.ben.cu", "commune_officer", at=land.old)
    day = date(YEAR, 1, 2)
    acting = {name: actor_for(user, day) for name, user in people.items()}
    return World(
        land,
        acting["officer"],
        {land.river.pk: acting["river"], land.hill.pk: acting["hill"], land.old.pk: actor_for(old, DISTRICT_DAY)},
        {land.mill.pk: acting["mill"], land.quarry.pk: acting["quarry"]},
        {user.pk: name for name, user in people.items()},
    )
