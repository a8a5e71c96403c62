"""A small province with two communes, two establishments and the people who work with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from atvsld.casework.accidents.actions import open_case
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.ids import new_ulid
from atvsld.kit.text import fold
from atvsld.platform.access.actor import EVERYWHERE, Actor, Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def place(
    code: str, name: str, level: str = "commune", start: date = date(2025, 7, 1), end: date | None = None
) -> Place:
    return Place.objects.create(
        code=code, name=name, name_folded=fold(name), level=level, kind="xã", valid_from=start, valid_to=end
    )


@dataclass
class Land:
    """The places and establishments of the test province."""

    province: Place
    river: Place
    hill: Place
    old: Place
    mill: Establishment
    quarry: Establishment


def build() -> Land:
    province = place("99", "Tỉnh Thử", "province", date(2020, 1, 1))
    river, hill = place("99001", "Xã Sông Thử"), place("99002", "Xã Đồi Thử")
    old = place("99901", "Xã Bến Cũ", start=date(2020, 1, 1), end=date(2025, 6, 30))
    for commune in (river, hill):
        PlaceParent.objects.create(place=commune, parent=province, valid_from=date(2025, 7, 1))
    PlaceParent.objects.create(place=old, parent=province, valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30))
    PlaceSuccession.objects.create(predecessor=old, successor=river, kind="whole", effective_on=date(2025, 7, 1))
    firms = [
        Establishment.objects.create(
            tax_code=tax, name=name, name_folded=fold(name), place=where, headquarters_place=where
        )
        for tax, name, where in (("0100109106", "Nhà máy Thử", river), ("0200109107", "Mỏ đá Thử", hill))
    ]
    return Land(province, river, hill, old, *firms)


def person(username: str, role: str, *, at: Place | None = None, firm: Establishment | None = None) -> User:
    user = User.objects.create_user(username=username, password="khong-dung-that-99")
    Office.objects.create(user=user, role=role, place=at, establishment=firm, valid_from=date(2020, 1, 1))
    return user


def act(user: User | None = None, *, reason: str = "", role: str = "province_officer") -> Act:
    """An act of a user; without one, of somebody holding a role everywhere."""
    if user is not None:
        return Act(actor=actor_for(user, TODAY), channel=Channel.PAGE, at=NOW, reason=reason)
    grant = Grant(role, roles()[role].permissions, EVERYWHERE)
    return Act(actor=Actor("thử", None, (grant,), frozenset({role})), channel=Channel.CLI, at=NOW, reason=reason)


def bound_act(role: str, place_ids: set[int]) -> Act:
    """An act of somebody holding a role in some places only."""
    grant = Grant(role, roles()[role].permissions, Scope("place", frozenset(place_ids), label="địa bàn"))
    return Act(actor=Actor("thử", None, (grant,), frozenset({role})), channel=Channel.CLI, at=NOW)


def case_draft(land: Land, **changes) -> CaseDraft:
    stated = {
        "occurred_at": datetime(2026, 2, 10, 2, 30, tzinfo=UTC), "place_id": land.river.pk,
        "establishment_id": land.mill.pk, "conclusion": "occupational", "cause_code": "7", "injury_agent_code": "1",
        "property_damage": 5_000_000,
    }  # fmt: skip
    return CaseDraft(**(stated | changes))


def victim_draft(**changes) -> VictimDraft:
    stated = {
        "name": "Nguyễn Văn Thử", "birth_year": 1990, "sex": "male", "labour_relation": "contract",
        "severity": "minor", "managed": True, "days_lost": 3, "medical_cost": 1_200_000,
    }  # fmt: skip
    return VictimDraft(**(stated | changes))


def opened(land: Land, *victims: VictimDraft, by: Act | None = None, **changes) -> AccidentCase:
    """A recorded case."""
    return open_case(
        by or act(), key=new_ulid(), case=case_draft(land, **changes), victims=victims or (victim_draft(),)
    )
