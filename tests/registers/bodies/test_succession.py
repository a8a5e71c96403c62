"""One body follows another without any unit changing: functions, zones, people and open work go along, once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.registers.test_pages import sign_in

from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Rejected
from atvsld.registers.bodies.actions.succession import Successor, succeed
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import HolderError, holder
from atvsld.registers.duties.models import Duty
from atvsld.registers.offices.models import Office
from atvsld.registers.places.tree import PlaceTree

BEFORE, DAY = date(2026, 11, 1), date(2026, 11, 20)
BASIS = "Nghị quyết thử"


def city(places: PlaceTree) -> int:
    node = places.at("48", BEFORE)
    assert node is not None
    return node.pk


def functions_of(body: Body, on: date) -> set[str]:
    rows = body.functions.filter(valid_from__lte=on).exclude(valid_to__lt=on)
    return set(rows.values_list("function", flat=True))


def hand_over(act: Act, body: Body, successor: Successor, functions: set[str] | None = None, on: date = DAY) -> Body:
    wanted = functions_of(body, on) if functions is None else functions
    return succeed(act, body=body, successor=successor, on=on, legal_basis=BASIS, functions=wanted)


def duty_of(body: Body, **more: Any) -> Duty:
    moment = datetime(2026, 11, 10, 2, tzinfo=UTC)
    return Duty.objects.create(
        key=f"thu:{body.pk}:{len(more)}", rule="R4", title="Báo cáo", context="thu", subject="1", label="Kỳ thử",
        owner="labour_department", place_id=body.place_id, body=body, owed_at=moment, unit="date", citation="thử",
        certainty="official", told_until=moment, **more,
    )  # fmt: skip


def test_a_renamed_body_hands_on_everything_and_the_old_days_stay(bodies: PlaceTree, act: Act) -> None:
    old = holder("osh_lead", city(bodies), BEFORE)
    held = functions_of(old, BEFORE)
    new = hand_over(act, old, Successor(name="Sở Lao động thành phố Thử"))
    assert holder("osh_lead", city(bodies), BEFORE) == old
    assert holder("osh_lead", city(bodies), DAY) == new
    assert functions_of(new, DAY) == held
    old.refresh_from_db()
    assert old.valid_to == date(2026, 11, 19)
    assert new.parent_line == old.parent_line
    assert [edge.successor for edge in old.successions.all()] == [new]


def test_people_and_open_work_go_to_the_successor_and_say_where_they_came_from(bodies: PlaceTree, act: Act) -> None:
    old = holder("osh_lead", city(bodies), BEFORE)
    user = User.objects.create(username="mot", email="mot@mau.invalid", full_name="Một")
    Office.objects.create(user=user, role="province_officer", place_id=city(bodies), body=old, valid_from=BEFORE)
    open_one = duty_of(old)
    done = duty_of(old, state="done", done_at=datetime(2026, 11, 11, 2, tzinfo=UTC))
    new = hand_over(act, old, Successor(name="Sở Mới"))
    offices = Office.objects.filter(user=user).order_by("valid_from").values_list("body_id", "valid_from", "valid_to")
    assert list(offices) == [(old.pk, BEFORE, date(2026, 11, 19)), (new.pk, DAY, None)]
    open_one.refresh_from_db()
    assert (open_one.body, open_one.from_body, open_one.moved_on) == (new, old, DAY)
    done.refresh_from_db()
    assert (done.body, done.from_body) == (old, None)


def test_the_same_handing_over_twice_is_told_and_makes_no_second_body(bodies: PlaceTree, act: Act) -> None:
    old = holder("osh_lead", city(bodies), BEFORE)
    wanted = functions_of(old, DAY)
    hand_over(act, old, Successor(name="Sở Mới"), wanted)
    count = Body.objects.count()
    with pytest.raises(Rejected, match="đã chuyển"):
        hand_over(act, old, Successor(name="Sở Mới"), wanted)
    assert Body.objects.count() == count


def test_two_bodies_become_one_and_every_function_has_one_holder(bodies: PlaceTree, act: Act) -> None:
    kept, joined = holder("construction", city(bodies), BEFORE), holder("industry_trade", city(bodies), BEFORE)
    hand_over(act, joined, Successor(body=kept))
    assert holder("industry_trade", city(bodies), DAY) == kept == holder("construction", city(bodies), DAY)


def test_a_divided_body_goes_on_until_its_last_function_is_handed_over(bodies: PlaceTree, act: Act) -> None:
    old = holder("transport", city(bodies), BEFORE)
    assert {"transport", "construction"} <= functions_of(old, BEFORE)
    work = duty_of(old)
    part = hand_over(act, old, Successor(name="Sở Giao thông Thử"), {"transport"})
    old.refresh_from_db()
    assert old.valid_to is None
    assert (holder("transport", city(bodies), DAY), holder("construction", city(bodies), DAY)) == (part, old)
    work.refresh_from_db()
    assert work.body == old
    rest = hand_over(act, old, Successor(name="Sở Xây dựng Thử"))
    old.refresh_from_db()
    assert old.valid_to == date(2026, 11, 19)
    work.refresh_from_db()
    assert work.body == rest
    assert {edge.successor for edge in old.successions.all()} == {part, rest}


def test_zones_go_with_the_function_of_a_zone_authority(bodies: PlaceTree, act: Act) -> None:
    old = Body.objects.get(code="bql-chu-lai")
    new = hand_over(act, old, Successor(name="Ban Quản lý Thử"))
    zone = "Khu kinh tế mở Chu Lai"
    assert holder("zone_authority", city(bodies), BEFORE, zone=zone) == old
    assert holder("zone_authority", city(bodies), DAY, zone=zone) == new
    # Whoever was recorded under the old body is answered by the new one.
    assert holder("zone_authority", city(bodies), DAY, appointed=old.pk) == new


def test_what_cannot_be_is_refused_with_its_field(bodies: PlaceTree, act: Act) -> None:
    old = holder("osh_lead", city(bodies), BEFORE)
    ended = holder("osh_lead", bodies.at("49", date(2024, 6, 1)).pk, date(2024, 6, 1))  # type: ignore[union-attr]

    def columns(**changed: Any) -> set[str]:
        stated: dict[str, Any] = {"body": old, "successor": Successor(name="Sở Mới"), "on": DAY}
        stated |= {"legal_basis": BASIS, "functions": {"osh_lead"}}
        with pytest.raises(Rejected) as refused:
            succeed(act, **(stated | changed))
        return {problem.column or "" for problem in refused.value.problems}

    assert columns(legal_basis=" ") == {"legal_basis"}
    assert columns(successor=Successor()) == {"name"}
    assert columns(successor=Successor(body=old)) == {"body"}
    assert columns(successor=Successor(body=ended)) == {"body"}
    assert columns(functions={"police"}) == {"functions"}
    assert columns(functions=()) == {"functions"}
    assert columns(on=date(2025, 7, 1)) == {"on"}
    assert columns(body=ended) == {"on"}
    with pytest.raises(HolderError):
        holder("zone_authority", city(bodies), DAY)


def test_an_administrator_records_it_by_page_and_an_officer_may_not(bodies: PlaceTree) -> None:
    old = holder("osh_lead", city(bodies), BEFORE)
    address = f"/co-quan/{old.public_id}/ke-thua/"
    assert sign_in(bodies, "province_officer", "48").get(address).status_code == 403
    admin = sign_in(bodies, "administrator", "48")
    duty_of(old)
    assert "việc đang phải làm" in admin.get(address).content.decode()
    stated: dict[str, Any] = {"name": "Sở Mới", "on": "2026-11-20", "legal_basis": BASIS}
    stated |= {"certainty": "official", "functions": ["osh_lead"]}
    assert admin.post(address, stated | {"legal_basis": ""}).status_code == 422
    assert admin.post(address, stated).status_code == 302
    # A second click finds it done.
    assert admin.post(address, stated).status_code == 422
    assert Body.objects.filter(name="Sở Mới").count() == 1
