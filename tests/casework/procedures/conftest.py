"""Two departments of a small province and people who act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest


@dataclass
class Scene:
    """`lead` and `health` hold the functions of their names; `lead` took over from `old`. `officer` acts for `lead`."""

    land: Any
    old: Any
    lead: Any
    health: Any
    officer: Any
    other: Any
    employer: Any

    def act(self, user: Any, day: date = date(2026, 3, 20)) -> Any:
        from atvsld.platform.acts import Act, Channel
        from atvsld.registers.offices.grants import actor_for

        return Act(actor_for(user, day), Channel.PAGE, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


@pytest.fixture
def scene(db: None) -> Scene:
    from tests.casework.accidents import scene as base

    from atvsld.kit.text import fold
    from atvsld.platform.accounts.models import User
    from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession
    from atvsld.registers.offices.models import Office

    land = base.build()

    def body(code: str, name: str, function: str, start: date, end: date | None = None) -> Any:
        made = Body.objects.create(
            code=code, name=name, name_folded=fold(name), short_name=name, place=land.province, valid_from=start,
            valid_to=end,
        )  # fmt: skip
        BodyFunction.objects.create(body=made, function=function, place=land.province, valid_from=start, valid_to=end)
        return made

    turn = date(2025, 7, 1)
    old = body("so-cu", "Sở Lao động cũ", "osh_lead", date(2020, 1, 1), turn - timedelta(days=1))
    lead = body("so-noi-vu", "Sở Nội vụ thử", "osh_lead", turn)
    health = body("so-y-te", "Sở Y tế thử", "health_lead", date(2020, 1, 1))
    BodySuccession.objects.create(predecessor=old, successor=lead, effective_on=turn)

    def person(name: str, role: str, **reach: Any) -> Any:
        user = User.objects.create_user(username=name, password="khong-dung-that-99")
        Office.objects.create(user=user, role=role, valid_from=date(2020, 1, 1), **reach)
        return user

    officer = person("canbo", "province_officer", place=land.province, body=lead)
    other = person("yte", "plan_officer", place=land.province, body=health)
    employer = person("chu", "employer", establishment=land.mill)
    return Scene(land, old, lead, health, officer, other, employer)
