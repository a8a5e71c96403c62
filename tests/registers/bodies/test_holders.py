"""Who holds a function for a place on a day, through both reorganisations."""

from __future__ import annotations

from datetime import date

import pytest

from atvsld.kit.certainty import Certainty
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act
from atvsld.registers.bodies import loading
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession
from atvsld.registers.bodies.queries import HolderError, holder, holders
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.related import of_body
from atvsld.registers.places.tree import PlaceTree

D2024, SPRING_2025, D2025, D2026 = date(2024, 6, 1), date(2025, 3, 15), date(2025, 8, 1), date(2026, 11, 1)


def pk(places: PlaceTree, code: str, day: date) -> int:
    node = places.at(code, day)
    assert node is not None
    return node.pk


@pytest.mark.parametrize(
    ("function", "code", "day", "name"),
    [
        ("osh_lead", "49", D2024, "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam"),
        ("osh_lead", "49", SPRING_2025, "Sở Nội vụ tỉnh Quảng Nam"),
        ("osh_lead", "48", D2025, "Sở Nội vụ thành phố Đà Nẵng"),
        ("transport", "48", D2026, "Sở Xây dựng thành phố Đà Nẵng"),
        ("press", "48", D2026, "Báo và Phát thanh, Truyền hình Đà Nẵng"),
        ("information", "49", D2024, "Sở Thông tin và Truyền thông tỉnh Quảng Nam"),
        ("information", "48", D2026, "Sở Văn hóa, Thể thao và Du lịch thành phố Đà Nẵng"),
        ("ppc", "48", D2026, "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("commune", "20992", D2026, "Ủy ban nhân dân xã Tam Hải"),
        ("commune", "20333", D2026, "Ủy ban nhân dân đặc khu Hoàng Sa"),
        ("commune", "20194", D2024, "Ủy ban nhân dân phường Hòa Hiệp Bắc"),
        ("district", "20992", D2024, "Ủy ban nhân dân huyện Núi Thành"),
    ],
)
def test_the_holder_of_a_function(bodies: PlaceTree, function: str, code: str, day: date, name: str) -> None:
    assert holder(function, pk(bodies, code, day), day).name == name


def test_a_commune_is_served_by_the_department_of_its_province(bodies: PlaceTree) -> None:
    old = pk(bodies, "20338", D2024)
    assert holder("osh_lead", old, D2024).name == "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam"
    # The same old unit asked about today: the body of the ground it stood on.
    assert holder("osh_lead", old, D2026).name == "Sở Nội vụ thành phố Đà Nẵng"
    assert holder("commune", old, D2026).name == "Ủy ban nhân dân phường Tam Kỳ"


def test_environment_and_agriculture_are_one_body_from_march_2025(bodies: PlaceTree) -> None:
    province = pk(bodies, "49", D2024)
    assert holder("environment", province, D2024) != holder("agriculture", province, D2024)
    assert holder("environment", province, SPRING_2025) == holder("agriculture", province, SPRING_2025)


def test_the_information_department_is_split_in_two(bodies: PlaceTree) -> None:
    old = holder("information", pk(bodies, "49", D2024), D2024)
    names = {edge.successor.name for edge in BodySuccession.objects.filter(predecessor=old)}
    assert names == {"Sở Khoa học và Công nghệ tỉnh Quảng Nam", "Sở Văn hóa, Thể thao và Du lịch tỉnh Quảng Nam"}


def test_two_zone_authorities_are_said_to_be_two(bodies: PlaceTree) -> None:
    city = pk(bodies, "48", D2026)
    assert [body.code for body in holders("zone_authority", city, D2026)] == ["bql-chu-lai", "bql-cnc-kcn"]
    with pytest.raises(HolderError, match="nhiều cơ quan"):
        holder("zone_authority", city, D2026)


def test_districts_have_no_committee_after_june_2025(bodies: PlaceTree) -> None:
    with pytest.raises(HolderError, match="Không có cơ quan"):
        holder("district", pk(bodies, "20992", D2026), D2026)


def test_every_commune_of_every_day_has_exactly_one_committee(bodies: PlaceTree) -> None:
    held = set(BodyFunction.objects.filter(function="commune").values_list("place_id", flat=True))
    assert held == {node.pk for node in bodies.nodes.values() if node.level == "commune"}
    for day, expected in ((D2024, 297), (SPRING_2025, 280), (D2026, 94)):
        found = Body.objects.filter(functions__function="commune", valid_from__lte=day)
        assert found.exclude(valid_to__lt=day).count() == expected


def test_every_provincial_function_has_a_holder_throughout(bodies: PlaceTree) -> None:
    for function in set(FUNCTIONS) - {"commune", "district"}:
        for code, day in (("49", D2024), ("49", SPRING_2025), ("48", D2024), ("48", D2025), ("48", D2026)):
            assert holders(function, pk(bodies, code, day), day), (function, code, day)


def test_each_row_states_a_known_certainty(bodies: PlaceTree) -> None:
    marks = {mark.value for mark in Certainty}
    assert set(Body.objects.values_list("certainty", flat=True)) <= marks
    assert set(BodySuccession.objects.values_list("certainty", flat=True)) <= marks


def test_loading_twice_changes_nothing(bodies: PlaceTree, act: Act) -> None:
    assert loading.load(act) == {"bodies": 0, "functions": 0, "successions": 0, "zones": 0}


def test_somebody_in_two_bodies_at_once_is_shown_on_the_page_of_each(bodies: PlaceTree, act: Act) -> None:
    user = User.objects.create(username="haicho", email="haicho@example.invalid", full_name="Người Hai Nơi")
    city = pk(bodies, "48", D2026)
    first, second = holder("osh_lead", city, D2026), holder("health_lead", city, D2026)
    for body, since, until in ((first, D2025, None), (second, D2026, None), (second, D2024, date(2024, 7, 1))):
        Office.objects.create(
            user=user, role="department_officer", place_id=city, body=body, valid_from=since, valid_to=until
        )
    shown = of_body(first, act.actor)
    assert shown is not None
    assert [(text, side[-1]) for _url, text, side in shown.rows] == [("Người Hai Nơi", second.name)]
    other = of_body(second, act.actor)
    assert other is not None
    # The earlier office there ended before the one here began.
    assert [side[-1] for _url, _text, side in other.rows] == [first.name, ""]
