"""A province with a department, a commune and its forerunner, and people who write plans there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.casework.accidents import scene

from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.offices.models import Office
from atvsld.registers.places.models import Place

TODAY = scene.TODAY


@dataclass
class Stage:
    """Bodies and their officers."""

    land: scene.Land
    lead: Body
    builders: Body
    commune: Body
    standing: User
    planner: User
    villager: User


def body(code: str, name: str, place: Place, *functions: str, start: date = date(2025, 7, 1)) -> Body:
    made = Body.objects.create(code=code, name=name, name_folded=name.lower(), place=place, valid_from=start)
    for function in functions:
        BodyFunction.objects.create(body=made, function=function, place=place, valid_from=start)
    return made


def officer(username: str, role: str, of: Body, *, at: Place | None = None) -> User:
    user = User.objects.create_user(username=username, password="khong-dung-that-99")
    Office.objects.create(user=user, role=role, body=of, place=at or of.place, valid_from=date(2020, 1, 1))
    return user


def build() -> Stage:
    land = scene.build()
    lead = body("so-y-te", "Sở Y tế Thử", land.province, "osh_lead", "health_lead")
    builders = body("so-xay-dung", "Sở Xây dựng Thử", land.province, "construction", "transport")
    commune = body("xa-song", "UBND xã Sông Thử", land.river, "commune")
    return Stage(
        land, lead, builders, commune,
        officer("thuong.truc", "province_officer", lead), officer("ke.hoach", "plan_officer", builders),
        officer("can.bo.xa", "commune_officer", commune),
    )  # fmt: skip


def act(user: User) -> Act:
    return scene.act(user)


def task(plan: WorkPlan, number: int, clause: str, **said: Any) -> Task:
    told = {
        "title": f"Việc {number}", "starts_on": date(2026, 1, 5), "ends_on": date(2026, 6, 30), "body": plan.body,
        "establishment": plan.establishment, "place": plan.place,
    }  # fmt: skip
    return Task.objects.create(plan=plan, number=number, clause=clause, **(told | said))


def plan_of(owner: Body, year: int = 2026, state: str = "sent") -> WorkPlan:
    return WorkPlan.objects.create(programme="province-2024", year=year, body=owner, place=owner.place, state=state)
