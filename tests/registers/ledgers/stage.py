"""Bodies and people who keep ledgers, in the small province of the accident tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.casework.accidents import scene

from atvsld.kit.text import fold
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office
from atvsld.registers.places.models import Place

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class Stage:
    """Bodies by name; `old_union` was taken over by `union`."""

    land: scene.Land
    health: Body
    old_union: Body
    union: Body
    river: Body
    hill: Body


def build() -> Stage:
    land = scene.build()
    old = body("ldld-cu", "Liên đoàn Lao động tỉnh cũ", land.province, end=date(2025, 6, 30))
    union = body("ldld", "Liên đoàn Lao động tỉnh Thử", land.province, start=date(2025, 7, 1))
    BodySuccession.objects.create(predecessor=old, successor=union, effective_on=date(2025, 7, 1))
    return Stage(
        land, body("so-y-te", "Sở Y tế tỉnh Thử", land.province), old, union,
        body("xa-song", "UBND xã Sông Thử", land.river), body("xa-doi", "UBND xã Đồi Thử", land.hill),
    )  # fmt: skip


def body(code: str, name: str, place: Place, *, start: date = date(2020, 1, 1), end: date | None = None) -> Body:
    return Body.objects.create(
        code=code, name=name, name_folded=fold(name), place=place, valid_from=start, valid_to=end
    )


def person(
    username: str, role: str, *, body: Body | None = None, at: Place | None = None, firm: Establishment | None = None
) -> User:
    """Somebody in a role for a body (reaching over its place, or another), or for an establishment."""
    user = User.objects.create_user(username=username, password="khong-dung-that-99")
    place = None if firm else at or (body.place if body else None)
    Office.objects.create(user=user, role=role, body=body, place=place, establishment=firm, valid_from=date(2020, 1, 1))
    return user


def act(user: User, *, at: datetime = NOW) -> Act:
    return Act(actor=actor_for(user, TODAY), channel=Channel.PAGE, at=at)
