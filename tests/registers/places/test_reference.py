"""The shipped places: the three states of the province, and how each became the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.platform.acts import Act
from atvsld.registers.places import loading, tree
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession

AUTUMN_2024, SPRING_2025, AUTUMN_2025 = date(2024, 9, 1), date(2025, 3, 1), date(2025, 9, 1)


def communes(places: tree.PlaceTree, code: str, day: date) -> list[tree.Node]:
    top = places.at(code, day)
    assert top is not None
    return [
        node
        for node in places.nodes.values()
        if node.level == "commune" and node.exists_on(day) and top in places.ancestors(node.pk, day)
    ]


@pytest.mark.parametrize(
    ("day", "province", "expected"),
    [
        (AUTUMN_2024, "49", 241),
        (AUTUMN_2024, "48", 56),
        (SPRING_2025, "49", 233),
        (SPRING_2025, "48", 47),
        (AUTUMN_2025, "48", 94),
    ],
)
def test_each_state_has_the_official_number_of_communes(
    places: tree.PlaceTree, day: date, province: str, expected: int
) -> None:
    assert len(communes(places, province, day)) == expected


def test_the_city_of_today_has_23_wards_70_communes_and_one_special_zone(places: tree.PlaceTree) -> None:
    kinds = Counter(Place.objects.get(pk=node.pk).kind for node in communes(places, "48", AUTUMN_2025))
    assert kinds == {"phuong": 23, "xa": 70, "dac_khu": 1}


@pytest.mark.parametrize(
    ("day", "quang_nam", "da_nang"), [(AUTUMN_2024, 18, 8), (SPRING_2025, 17, 8), (AUTUMN_2025, 0, 0)]
)
def test_districts_end_with_june_2025(places: tree.PlaceTree, day: date, quang_nam: int, da_nang: int) -> None:
    found = Counter(
        up.code
        for node in places.nodes.values()
        if node.level == "district" and node.exists_on(day) and (up := places.parent(node.pk, day)) is not None
    )
    assert (found["49"], found["48"]) == (quang_nam, da_nang)


def test_provinces_are_63_in_2024_and_34_today(places: tree.PlaceTree) -> None:
    def count(day: date) -> int:
        return sum(node.level == "province" and node.exists_on(day) for node in places.nodes.values())

    assert (count(AUTUMN_2024), count(AUTUMN_2025), count(date(2026, 11, 1))) == (63, 34, 34)


def test_hoang_sa_is_always_there(places: tree.PlaceTree) -> None:
    for day in (AUTUMN_2024, SPRING_2025, AUTUMN_2025):
        assert any("Hoàng Sa" in node.name and node.exists_on(day) for node in places.nodes.values())
    district = places.at("498", AUTUMN_2024)
    assert district is not None
    assert [landing.node.name for landing in places.trace(district.pk, AUTUMN_2025)] == ["Đặc khu Hoàng Sa"]


def test_every_commune_of_2024_stands_today_and_one_alone_is_split(places: tree.PlaceTree) -> None:
    old = communes(places, "49", AUTUMN_2024) + communes(places, "48", AUTUMN_2024)
    landings = {node.name: places.trace(node.pk, AUTUMN_2025) for node in old}
    pairs = [(node.pk, landing.node.pk) for node in old for landing in places.trace(node.pk, AUTUMN_2025)]
    assert (len(old), len(pairs)) == (297, 298)
    assert [name for name, found in landings.items() if len(found) != 1] == ["Xã Hòa Liên"]
    assert {landing.node.code for landing in landings["Xã Hòa Liên"]} == {"20194", "20197"}
    assert all(landing.estimate for landing in landings["Xã Hòa Liên"])
    assert len({new for _, new in pairs}) == 93  # Hoàng Sa came from a district


@pytest.mark.parametrize(
    ("code", "today"),
    [("20338", "Phường Tam Kỳ"), ("20672", "Xã Nông Sơn"), ("20194", "Phường Hải Vân"), ("20695", "Xã Thạnh Mỹ")],
)
def test_known_communes_land_where_the_resolution_says(places: tree.PlaceTree, code: str, today: str) -> None:
    node = places.at(code, AUTUMN_2024)
    assert node is not None
    unit = places.unit_on(node.pk, AUTUMN_2025)
    assert unit is not None
    assert unit.name == today


def test_a_code_names_another_unit_on_another_day(places: tree.PlaceTree) -> None:
    before, after = places.at("20194", AUTUMN_2024), places.at("20194", AUTUMN_2025)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Phường Hòa Hiệp Bắc", "Phường Hải Vân")


def test_untouched_communes_keep_one_row_and_change_their_parent(places: tree.PlaceTree) -> None:
    for code in ("20434", "20992"):
        (node,) = places.with_code(code)
        ups = [up.code for up in places.ancestors(node.pk, AUTUMN_2024)], places.parent(node.pk, AUTUMN_2025)
        assert ups[0][-1] == "49"
        assert ups[1] is not None
        assert ups[1].code == "48"


def test_shares_of_every_unit_add_up_to_one_on_every_later_day(places: tree.PlaceTree) -> None:
    for node in places.nodes.values():
        if node.level == "commune":
            for day in (SPRING_2025, AUTUMN_2025):
                if node.valid_from <= day:
                    assert sum(landing.share for landing in places.trace(node.pk, day)) == Decimal(1)


def test_unconfirmed_targets_are_marked(places: tree.PlaceTree) -> None:
    joins = PlaceSuccession.objects.filter(effective_on=date(2025, 1, 1), predecessor__level="commune")
    gone = set(joins.filter(certainty="provisional").values_list("predecessor__code", flat=True))
    assert {"20239", "20248", "20251", "20246", "20203", "20212", "20221", "20225", "20281"} <= gone
    assert not joins.filter(certainty="provisional", predecessor__code__gte="20333").exists()


@settings(max_examples=20, deadline=None)
@given(day=st.dates(date(2023, 1, 1), date(2026, 12, 31)), counts=st.lists(st.integers(0, 9), min_size=40, max_size=40))
def test_sums_by_the_boundaries_of_any_day_are_conserved(day: date, counts: list[int]) -> None:
    places = _graph()
    nodes = [node for node in places.nodes.values() if node.level == "commune"]
    records = dict(zip((node.pk for node in nodes[:: max(1, len(nodes) // 40)]), counts, strict=False))
    by_unit: dict[int, int] = defaultdict(int)
    for pk, count in records.items():
        unit = places.unit_on(pk, day)
        assert unit is not None
        by_unit[unit.pk] += count
    assert sum(by_unit.values()) == sum(records.values())
    for top, ground in ((pk, places.territory(pk, day)) for pk in by_unit):
        assert by_unit[top] == sum(count for pk, count in records.items() if pk in ground)


def _graph() -> tree.PlaceTree:
    """The graph from the data files alone: the property needs no database."""
    rows = loading._rows
    keys = {(row["code"], row["valid_from"]): number for number, row in enumerate(rows("places.csv"), 1)}
    nodes = [
        tree.Node(
            keys[row["code"], row["valid_from"]],
            row["code"],
            row["name"],
            row["level"],
            date.fromisoformat(row["valid_from"]),
            loading._day(row["valid_to"]),
        )
        for row in rows("places.csv")
    ]
    parents = [
        PlaceParent(
            place_id=keys[row["code"], row["valid_from"]],
            parent_id=keys[row["parent_code"], row["parent_valid_from"]],
            valid_from=date.fromisoformat(row["from"]),
            valid_to=loading._day(row["to"]),
        )
        for row in rows("parents.csv")
    ]
    successions = [
        PlaceSuccession(
            predecessor_id=keys[row["code"], row["valid_from"]],
            successor_id=keys[row["successor_code"], row["successor_valid_from"]],
            share=Decimal(row["share"]),
            share_is_estimate=row["share_is_estimate"] == "1",
        )
        for row in rows("successions.csv")
    ]
    return tree.PlaceTree(nodes, parents, successions)


def test_the_city_covers_everything_and_territories_part_the_ground(places: tree.PlaceTree) -> None:
    city = places.at("48", AUTUMN_2025)
    old = [places.at(code, AUTUMN_2024) for code in ("48", "49")]
    assert city is not None
    assert places.covers_everything(city.pk)
    grounds = [places.territory(node.pk) for node in old if node is not None]
    assert grounds[0] | grounds[1] <= places.territory(city.pk)
    assert not grounds[0] & grounds[1]
    assert not any(places.covers_everything(node.pk) for node in old if node is not None)


def test_a_commune_reaches_the_older_units_of_its_ground(places: tree.PlaceTree) -> None:
    commune = places.at("20341", AUTUMN_2025)
    assert commune is not None
    codes = {places.nodes[pk].name for pk in places.territory(commune.pk)}
    assert {"Phường Tam Kỳ", "Phường Phước Hòa", "Phường An Xuân"} <= codes


def test_loading_twice_changes_nothing(places: tree.PlaceTree, act: Act) -> None:
    assert loading.load(act) == {"places": 0, "parents": 0, "successions": 0}
    assert tree.current() is places


def test_the_graph_follows_a_change(places: tree.PlaceTree) -> None:
    Place.objects.filter(code="20992").update(name="Xã đổi tên")
    renamed = tree.current().at("20992", AUTUMN_2025)
    assert renamed is not None
    assert renamed.name == "Xã đổi tên"
