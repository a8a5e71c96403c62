"""From offices held to rights: where they hold, when they hold, and what no role may have by accident."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from atvsld.oversight.workplans.models import WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OWN, PLANS
from atvsld.oversight.workplans.policy import READ as PLAN_READ
from atvsld.platform.access.actor import NOBODY
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 24)
READ = "accidents:case:read"


def pk(places: PlaceTree, code: str, day: date = TODAY) -> int:
    node = places.at(code, day)
    assert node is not None
    return node.pk


def person(name: str = "an", **fields: Any) -> User:
    return User.objects.create(username=name, email=f"{name}@mau.invalid", full_name="Nguyễn An", **fields)


def hold(user: User, role: str, place: int, start: date = date(2025, 7, 1), end: date | None = None) -> Office:
    return Office.objects.create(user=user, role=role, place_id=place, valid_from=start, valid_to=end)


def test_every_permission_a_role_names_is_registered() -> None:
    for role in roles().values():
        assert role.permissions <= set(all_permissions()), role.slug
        assert role.label_vi
        assert role.label_en


def test_only_those_who_work_with_the_files_may_read_identities() -> None:
    holders = {role.slug for role in roles().values() if "accidents:victim:read_identity" in role.permissions}
    assert holders == {"province_officer", "commune_officer", "employer"}


def test_leaders_and_other_departments_change_nothing() -> None:
    for slug in ("leader", "department_officer"):
        assert all(code.endswith(":read") for code in roles()[slug].permissions)
        assert not roles()[slug].own


def test_without_an_office_there_are_no_rights(places: PlaceTree) -> None:
    actor = actor_for(person(), TODAY)
    assert not actor.grants
    assert not actor.may(READ)


def test_an_office_holds_from_its_first_to_its_last_day(places: PlaceTree) -> None:
    user = person()
    hold(user, "leader", pk(places, "48"), date(2026, 1, 1), date(2026, 6, 30))
    held = [actor_for(user, day).may(READ) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30))]
    assert held == [False, True, True]
    assert not actor_for(user, date(2026, 7, 1)).may(READ)


def test_a_blocked_account_is_nobody(places: PlaceTree) -> None:
    user = person(is_active=False)
    hold(user, "leader", pk(places, "48"))
    assert actor_for(user, TODAY) is NOBODY


def test_an_office_over_the_whole_province_needs_no_filter(places: PlaceTree) -> None:
    user = person()
    hold(user, "province_officer", pk(places, "48"))
    (scope,) = actor_for(user, TODAY).scopes(READ)
    assert scope.everything


def test_an_office_over_one_old_province_reaches_that_ground_alone(places: PlaceTree) -> None:
    user = person()
    hold(user, "province_officer", pk(places, "49", date(2024, 6, 1)), date(2024, 1, 1))
    (scope,) = actor_for(user, date(2024, 6, 1)).scopes(READ)
    assert not scope.everything
    assert pk(places, "20338", date(2024, 6, 1)) in scope.ids
    assert pk(places, "20194", date(2024, 6, 1)) not in scope.ids


def test_a_commune_officer_reaches_the_older_units_of_the_ground(places: PlaceTree) -> None:
    user = person()
    hold(user, "commune_officer", pk(places, "20341"))
    (scope,) = actor_for(user, TODAY).scopes(READ)
    assert {pk(places, "20341"), pk(places, "20338", date(2024, 6, 1))} <= scope.ids
    assert pk(places, "20335") not in scope.ids


def test_two_offices_add_up_each_with_its_own_rights(places: PlaceTree) -> None:
    user = person()
    hold(user, "commune_officer", pk(places, "20341"))
    hold(user, "leader", pk(places, "20335"))
    actor = actor_for(user, TODAY)
    assert len(actor.scopes(READ)) == 2
    (create,) = actor.scopes("accidents:case:create")
    assert create.root == pk(places, "20341")


def test_an_unknown_role_gives_nothing(places: PlaceTree) -> None:
    user = person()
    hold(user, "emperor", pk(places, "48"))
    assert not actor_for(user, TODAY).grants


def test_an_office_reaches_a_place_or_an_establishment_never_neither(places: PlaceTree) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(user=person(), role="leader", valid_from=TODAY)


def test_what_is_given_for_the_own_body_reaches_no_other_and_goes_back_to_its_forerunners(bodies: PlaceTree) -> None:
    user, province = person(), pk(bodies, "48")
    health, builders = (Body.objects.get(code=code) for code in ("so-yt-da-nang", "so-xd-da-nang"))
    Office.objects.create(user=user, role="plan_officer", body=health, place_id=province, valid_from=date(2025, 7, 1))
    actor = actor_for(user, TODAY)
    mine, theirs = (WorkPlan(body=body, place_id=province) for body in (health, builders))
    assert OWN.decide(actor, CHANGE, mine)
    assert not OWN.decide(actor, CHANGE, theirs)
    assert PLANS.decide(actor, PLAN_READ, theirs)
    forerunner = BodySuccession.objects.filter(successor=health).values_list("predecessor_id", flat=True).first()
    assert forerunner is not None
    assert OWN.decide(actor, CHANGE, WorkPlan(body_id=forerunner, place_id=province))
