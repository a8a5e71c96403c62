"""A small province whose bodies make plans: a standing body, a health department, a commune, a mill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from tests.casework.accidents import scene as ground

from atvsld.kit.text import fold
from atvsld.oversight.workplans import facade
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office
from atvsld.registers.places.models import Place

PROGRAMME = "province-2024"
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass
class Land:
    ground: ground.Land
    lead: Body
    health: Body
    commune: Body
    officer: User
    planner: User
    village: User
    employer: User


def body(code: str, name: str, at: Place, *functions: str, start=date(2020, 1, 1), end=None) -> Body:
    made = Body.objects.create(
        code=code, name=name, name_folded=fold(name), place=at, valid_from=start, valid_to=end
    )  # fmt: skip
    for function in functions:
        BodyFunction.objects.create(body=made, function=function, place=at, valid_from=start, valid_to=end)
    return made


def person(name: str, role: str, *, at: Place, of: Body | None = None, firm=None) -> User:
    user = User.objects.create_user(username=name, password="khong-dung-that-99", full_name=name)
    place = None if firm else at
    Office.objects.create(user=user, role=role, place=place, body=of, establishment=firm, valid_from=date(2020, 1, 1))
    return user


def build() -> Land:
    land = ground.build()
    lead = body("lead", "Sở Nội vụ tỉnh Thử", land.province, "osh_lead")
    health = body("health", "Sở Y tế tỉnh Thử", land.province, "health_lead")
    commune = body("commune", "UBND xã Sông Thử", land.river, "commune", start=date(2025, 7, 1))
    return Land(
        land, lead, health, commune,
        person("can bo", "province_officer", at=land.province, of=lead),
        person("ke hoach", "plan_officer", at=land.province, of=health),
        person("xa", "commune_officer", at=land.river, of=commune),
        person("co so", "employer", at=land.river, firm=land.mill),
    )  # fmt: skip


def act(user: User, *, at: datetime = NOW, reason: str = "") -> Act:
    return Act(actor=actor_for(user, at.date()), channel=Channel.PAGE, at=at, reason=reason)


def plan_of(land: Land, year: int = 2026) -> facade.WorkPlan:
    """The health department's plan, with a task for each clause it leads."""
    by = act(land.planner)
    plan = facade.open_plan(by, programme=PROGRAMME, year=year, body=land.health)
    facade.propose_tasks(by, plan=plan, version=plan.version)
    plan.refresh_from_db()
    return plan


def draft(**more) -> facade.TaskDraft:
    held = facade.TaskDraft(title="Tập huấn y tế cơ sở", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30))
    return replace(held, **more)


def said(state="doing", percent=40, text="Đã làm một phần", **more) -> facade.Said:
    return facade.Said(state, percent, text, **more)
