"""The real sequence 2024 → 01/01/2025 → 01/07/2025, carried out by the action on both provinces as of 2024."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from tests.registers.places.history import JANUARY, JULY, of_the_two_provinces, reorganisation, rows, stand_in_2024

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel
from atvsld.registers.bodies import loading as body_loading
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession
from atvsld.registers.bodies.queries import holder, holders
from atvsld.registers.offices.grants import actor_for
from atvsld.registers.offices.models import Office
from atvsld.registers.places import tree
from atvsld.registers.places.actions import reorganise
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

AUTUMN_2024, SPRING_2025, TODAY = date(2024, 9, 1), date(2025, 3, 1), date(2026, 7, 1)
DAYS = (AUTUMN_2024, SPRING_2025, TODAY)

# So that the database is set up for them when they run alone; what they share lies around their own transactions.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sequence(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[reorganise.Preview]]:
    """Both reorganisations carried out over places, bodies, people and records of 2024; what was seen before each.

    Made once, in a transaction that is rolled back after the last of these tests.
    """
    act = Act(system_actor("kiểm thử", all_permissions()), Channel.CLI, at=datetime(2026, 11, 24, 3, tzinfo=UTC))
    with django_db_blocker.unblock(), transaction.atomic():
        yield _carried_out(act)
        transaction.set_rollback(True)


def _carried_out(act: Act) -> list[reorganise.Preview]:
    stand_in_2024()
    committees, duties = body_loading._committees()
    Body.objects.bulk_create(committees)
    for duty in duties:
        duty.body_id = duty.body.pk
    BodyFunction.objects.bulk_create(duties)
    for code, name in (("48", "Sở Nội vụ thành phố Đà Nẵng"), ("49", "Sở Nội vụ tỉnh Quảng Nam")):
        _body(f"so-nv-{code}", name, code, "osh_lead", "finance")
    _body("bql-cnc", "Ban Quản lý các khu công nghiệp", "48", "zone_authority")
    _body("bql-chu-lai", "Ban Quản lý khu kinh tế mở", "49", "zone_authority")
    _people()
    _cases()
    seen = []
    for day in (JANUARY, JULY):
        draft = reorganisation(day, heirs={"502": "20341"})
        seen.append(reorganise.preview(draft))
        reorganise.apply(act, draft=draft)
    return seen


def _body(code: str, name: str, place: str, *functions: str) -> None:
    unit = Place.objects.get(code=place)
    body = Body.objects.create(code=code, name=name, name_folded=name.lower(), place=unit, valid_from=date(1997, 1, 1))
    for function in functions:
        BodyFunction.objects.create(body=body, function=function, place=unit, valid_from=date(1997, 1, 1))


def _people() -> None:
    for place in Place.objects.exclude(level="district").order_by("pk"):
        user = User.objects.create(username=f"u{place.code}", email=f"u{place.code}@example.invalid")
        role = "province_officer" if place.level == "province" else "commune_officer"
        body = Body.objects.filter(place=place).order_by("-pk").first()
        Office.objects.create(user=user, role=role, place=place, body=body, valid_from=date(2024, 1, 1))
    district = Place.objects.get(code="502")
    user = User.objects.create(username="huyen", email="huyen@example.invalid")
    Office.objects.create(user=user, role="commune_officer", place=district, valid_from=date(2024, 1, 1))


def _cases() -> None:
    """One to four accidents in every commune, a few recorded at district or province only."""
    AccidentCase.objects.bulk_create(
        AccidentCase(place=place, occurred_at=datetime(2024, 5, 1 + number, 2, tzinfo=UTC))
        for place in Place.objects.order_by("pk")
        for number in range(1 + place.pk % 4)
    )


def test_the_action_arrives_at_the_very_structure_that_is_shipped(sequence: list[reorganise.Preview]) -> None:
    keys = of_the_two_provinces()
    told = {
        (row["code"], row["valid_from"], row["valid_to"], row["level"], row["kind"], row["name"])
        for row in rows("places")
        if (row["code"], row["valid_from"]) in keys
    }
    made = {
        (place.code, str(place.valid_from), str(place.valid_to or ""), place.level, place.kind, place.name)
        for place in Place.objects.all()
    }
    assert made == told
    links = {
        (link["code"], link["valid_from"], link["parent_code"], link["from"], link["to"])
        for link in rows("parents")
        if (link["code"], link["valid_from"]) in keys
    }
    assert links == {
        (link.place.code, str(link.place.valid_from), link.parent.code, str(link.valid_from), str(link.valid_to or ""))
        for link in PlaceParent.objects.select_related("place", "parent")
    }
    edges = {
        (edge["code"], edge["valid_from"], edge["successor_code"], edge["effective_on"], float(edge["share"]))
        for edge in rows("successions")
        if (edge["code"], edge["valid_from"]) in keys
    }
    assert edges == {
        (
            row.predecessor.code,
            str(row.predecessor.valid_from),
            row.successor.code,
            str(row.effective_on),
            float(row.share),
        )
        for row in PlaceSuccession.objects.select_related("predecessor", "successor")
    }


def test_the_preview_told_the_numbers_of_units_beforehand(sequence: list[reorganise.Preview]) -> None:
    assert sequence[0].levels == (("province", 2, 2), ("district", 26, 25), ("commune", 297, 280))
    assert sequence[1].levels == (("province", 2, 1), ("district", 25, 0), ("commune", 280, 94))
    assert all(not seen.problems for seen in sequence)


def test_no_record_is_orphaned_and_the_totals_of_all_three_structures_are_equal(
    sequence: list[reorganise.Preview],
) -> None:
    places = tree.current()
    held = [case.place_id for case in AccidentCase.objects.all()]
    for day in DAYS:
        tops = [node.pk for node in places.nodes.values() if node.level == "province" and node.exists_on(day)]
        found = [sum(pk in places.territory(top, day) for pk in held) for top in tops]
        assert sum(found) == len(held)
        units = {node.pk for node in places.nodes.values() if node.exists_on(day)}
        assert all(places._standing(pk, day).pk in units for pk in set(held))  # type: ignore[union-attr]


def test_no_body_and_no_duty_is_orphaned(sequence: list[reorganise.Preview]) -> None:
    places = tree.current()
    for day in DAYS:
        for node in places.nodes.values():
            if node.exists_on(day):
                assert len(holders("osh_lead", node.pk, day)) == 1, (node.name, day)
                if node.level == "commune":
                    assert holder("commune", node.pk, day).place_id == node.pk
    live = Body.objects.filter(valid_to__isnull=True)
    assert not live.filter(place__valid_to__isnull=False).exists()
    assert not BodyFunction.objects.filter(valid_to__isnull=True, place__valid_to__isnull=False).exists()
    ended = Body.objects.filter(valid_to__isnull=False).exclude(place__level="district")
    assert not ended.exclude(pk__in=BodySuccession.objects.values("predecessor_id")).exists()


def test_departments_of_both_provinces_become_one_and_zone_authorities_stay_two(
    sequence: list[reorganise.Preview],
) -> None:
    city = tree.current().at("48", TODAY)
    assert city is not None
    joined = holder("osh_lead", city.pk, TODAY)
    assert (joined.name, joined.certainty) == ("Sở Nội vụ thành phố Đà Nẵng", "provisional")
    assert BodySuccession.objects.filter(successor=joined).count() == 2
    assert holder("finance", city.pk, TODAY) == joined
    assert len(holders("zone_authority", city.pk, TODAY)) == 2


def test_no_user_is_left_without_a_place(sequence: list[reorganise.Preview]) -> None:
    places = tree.current()
    for user in User.objects.all():
        for day in DAYS:
            actor = actor_for(user, day)
            (over,) = [grant.scope for grant in actor.grants if grant.scope.dimension == "place"]
            assert over.root is not None
            assert places.nodes[over.root].exists_on(day)
            for own in (grant.scope for grant in actor.grants if grant.scope.dimension == "body"):
                body = Body.objects.get(pk=own.root)
                assert body.valid_from <= day
                assert body.valid_to is None or day <= body.valid_to
    assert not Office.objects.filter(valid_to__isnull=True, place__valid_to__isnull=False).exists()
    assert not Office.objects.filter(valid_to__isnull=True, body__valid_to__isnull=False).exists()
