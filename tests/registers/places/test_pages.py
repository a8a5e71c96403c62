"""The structures at a click, the map, and a reorganisation by page."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.query_counts import assert_queries

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Rejected
from atvsld.registers.offices.models import Office
from atvsld.registers.places import boundaries, charting, tallies, tree
from atvsld.registers.places.models import Place, Reorganisation
from atvsld.registers.places.tree import PlaceTree

AUTUMN_2024, SPRING_2025, TODAY = date(2024, 9, 1), date(2025, 3, 1), date(2026, 7, 1)
HEAD = {"title": "Sắp xếp thử", "effective_on": "2027-01-01", "legal_basis": "Nghị quyết", "certainty": "official"}


def sign_in(places: PlaceTree, role: str) -> Client:
    city = places.at("48", TODAY)
    assert city is not None
    user = User.objects.create(username=role, email=f"{role}@example.invalid")
    Office.objects.create(user=user, role=role, place_id=city.pk, valid_from=date(2025, 7, 1))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cases(places: PlaceTree) -> dict[int, int]:
    """Accidents at units of all three structures; how many at each place."""
    held = {}
    for code, day, count in (
        ("20338", AUTUMN_2024, 3),
        ("20341", TODAY, 2),
        ("20333", TODAY, 1),
        ("20347", SPRING_2025, 4),
        ("502", AUTUMN_2024, 1),
    ):
        node = places.at(code, day)
        assert node is not None
        held[node.pk] = count
    AccidentCase.objects.bulk_create(
        AccidentCase(place_id=pk, occurred_at=datetime(2024, 5, day + 1, tzinfo=UTC))
        for pk, count in held.items()
        for day in range(count)
    )
    return held


@pytest.mark.parametrize("day", [AUTUMN_2024, SPRING_2025, TODAY])
def test_totals_of_every_structure_are_equal(places: PlaceTree, cases: dict[int, int], day: date) -> None:
    assert tallies.total(places, cases, day) == 11
    found = tallies.by_unit(places, cases, day)
    below = sum(count for pk, count in found.items() if places.nodes[pk].level == "commune")
    # One was recorded at a district only. The islands are a commune today and were a district before.
    assert below == (10 if day == TODAY else 9)
    page = sign_in(places, "province_officer").get("/dia-ban/", {"day": day.isoformat(), "level": "commune"})
    assert [state["total"] for state in page.context["states"]] == [11, 11, 11]
    assert [state["communes"] for state in page.context["states"]] == [297, 280, 94]


def test_the_list_counts_by_the_units_of_its_day(places: PlaceTree, cases: dict[int, int]) -> None:
    client = sign_in(places, "province_officer")
    now = client.get("/dia-ban/", {"tim": "Tam Kỳ", "level": "commune"}).content.decode()
    ward = places.at("20341", TODAY)
    assert ward is not None
    count = sum(number for pk, number in cases.items() if pk in places.territory(ward.pk))
    assert count >= 5
    assert f'place=20341">{count}</a>' in now
    old = places.at("20338", AUTUMN_2024)
    assert old is not None
    then = client.get("/dia-ban/", {"tim": old.name, "day": "2024-09-01"}).content.decode()
    assert 'place=20338@2024-12-31">3</a>' in then


def test_the_map_can_be_walked_and_its_table_adds_up(places: PlaceTree, cases: dict[int, int]) -> None:
    client = sign_in(places, "province_officer")
    page = client.get("/dia-ban/ban-do/")
    text = page.content.decode()
    assert text.count('<a class="spot') == 94
    assert len(re.findall(r"<svg viewBox", text)) == 2  # the islands far out have their own frame
    assert 'aria-label="Đặc khu Hoàng Sa: 1"' in text
    assert page.context["whole"] == 11
    assert page.context["elsewhere"] == 1
    assert not re.search(r'(cx|cy|r|x|y)="\d+,\d', text)
    old = client.get("/dia-ban/ban-do/", {"day": "2024-09-01"})
    # Every commune of 2024 is drawn, by the unit now on its ground, and the islands, which were a district then.
    assert old.content.decode().count('<a class="spot') == 298
    assert 'aria-label="Huyện Hoàng Sa: 1"' in old.content.decode()
    assert old.context["borrowed"]


def test_pages_ask_the_database_no_more_than_recorded(places: PlaceTree, cases: dict[int, int]) -> None:
    client = sign_in(places, "province_officer")
    client.get("/dia-ban/")
    assert_queries("places:list", lambda: client.get("/dia-ban/"))
    assert_queries("places:map", lambda: client.get("/dia-ban/ban-do/"))


def test_the_area_of_a_circle_is_the_count(places: PlaceTree) -> None:
    pks = [node.pk for node in places.nodes.values() if node.level == "commune" and node.exists_on(TODAY)][:3]
    placed = {pk: ((108.0 + n / 10, 15.5), False) for n, pk in enumerate(pks)}
    sheets, legend = charting.circles(places, {pks[0]: 400, pks[1]: 100}, placed)
    radii = {spot.node.pk: spot.radius for spot in sheets[0].spots}
    assert radii[pks[0]] == 2 * radii[pks[1]] == charting.LARGEST_RADIUS
    assert legend.circles[-1] == (400, charting.LARGEST_RADIUS)


def geojson(*codes: str, **changes: Any) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"ma_xa": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[108 + n, 15], [108.5 + n, 15], [108.5 + n, 15.5], [108 + n, 15]]],
            },
        }
        for n, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | changes).encode()


def test_a_boundary_file_is_checked_kept_and_drawn(
    places: PlaceTree, cases: dict[int, int], settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    client = sign_in(places, "administrator")
    wrong = client.post(
        "/dia-ban/ban-do/ranh-gioi/",
        {"file": SimpleUploadedFile("x.geojson", geojson("20341", "00000")), "on": "2026-07-01"},
    )
    assert wrong.status_code == 422
    assert not boundaries.path().exists()
    right = client.post(
        "/dia-ban/ban-do/ranh-gioi/",
        {"file": SimpleUploadedFile("x.geojson", geojson("20341", "20992")), "on": "2026-07-01"},
    )
    assert right.status_code == 302
    page = client.get("/dia-ban/ban-do/")
    assert page.content.decode().count("<path d=") == 2
    assert re.search(r'class="spot shade-\d"', page.content.decode())
    # The outlines are not those of 2024: circles again.
    assert "<path d=" not in client.get("/dia-ban/ban-do/", {"day": "2024-09-01"}).content.decode()


@pytest.mark.parametrize("content", [b"{}", b"\xff", geojson("20341", features=[]), geojson("20341", type="x")])
def test_what_is_no_boundary_file_is_refused(places: PlaceTree, content: bytes) -> None:
    with pytest.raises(Rejected):
        boundaries.check(content, TODAY)


def rows(*changes: dict[str, str]) -> dict[str, str]:
    filled = {"row-TOTAL_FORMS": str(len(changes) + 1), "row-INITIAL_FORMS": "0"}
    return filled | {f"row-{n}-{name}": value for n, row in enumerate(changes) for name, value in row.items()}


MERGE = rows(
    {"kind": "merge", "code": "20992", "new_code": "20992", "new_name": "Xã Thử"},
    {"kind": "merge", "code": "20341", "new_code": "20992"},
)


def test_a_reorganisation_is_seen_then_carried_out_then_taken_back(bodies: PlaceTree) -> None:
    client = sign_in(bodies, "administrator")
    assert client.get("/dia-ban/sap-xep/").status_code == 200
    seen = client.post("/dia-ban/sap-xep/moi/", HEAD | MERGE)
    assert seen.status_code == 200
    assert "94</td><td" in seen.content.decode()
    assert not Reorganisation.objects.exists()
    posted = {"draft": seen.context["stated"], "seen": seen.context["seen"]}
    done = client.post("/dia-ban/sap-xep/moi/", posted)
    assert done.status_code == 302
    record = client.get(done.headers["Location"])
    assert record.status_code == 200
    back = client.post(f"{done.headers['Location']}rut-lai/")
    assert back.status_code == 302
    assert not Place.objects.filter(valid_from=date(2027, 1, 1)).exists()


def test_an_effect_that_changed_since_it_was_seen_is_shown_again(bodies: PlaceTree, act: Act) -> None:
    client = sign_in(bodies, "administrator")
    seen = client.post("/dia-ban/sap-xep/moi/", HEAD | MERGE)
    ward = tree.current().at("20341", TODAY)
    assert ward is not None
    AccidentCase.objects.create(place_id=ward.pk, occurred_at=datetime(2026, 5, 1, tzinfo=UTC))
    again = client.post("/dia-ban/sap-xep/moi/", {"draft": seen.context["stated"], "seen": seen.context["seen"]})
    assert again.status_code == 409
    assert not Reorganisation.objects.exists()


def test_faults_stand_beside_the_rows_they_are_in(bodies: PlaceTree) -> None:
    client = sign_in(bodies, "administrator")
    answer = client.post("/dia-ban/sap-xep/moi/", HEAD | rows({"kind": "merge", "code": "00000", "new_code": "1"}))
    assert answer.status_code == 422
    assert "Dòng 1:" in answer.content.decode()
    empty = client.post("/dia-ban/sap-xep/moi/", HEAD | rows())
    assert "Chưa có dòng thay đổi nào" in empty.content.decode()
    assert client.post("/dia-ban/sap-xep/moi/", {"draft": "[]", "seen": ""}).status_code == 403


def test_officers_do_not_reorganise(bodies: PlaceTree) -> None:
    client = sign_in(bodies, "province_officer")
    for path in ("sap-xep/", "sap-xep/moi/", "sap-xep/mau.csv", "ban-do/ranh-gioi/"):
        assert client.get(f"/dia-ban/{path}").status_code == 403


@pytest.mark.parametrize(
    ("day", "quang_nam", "da_nang", "districts"),
    [(date(2024, 9, 1), 241, 56, 18), (date(2025, 3, 1), 233, 47, 17), (date(2026, 11, 1), 78, 16, 0)],
)
def test_each_structure_has_the_communes_and_districts_of_its_day_on_the_ground_of_each_old_province(
    places: PlaceTree, day: date, quang_nam: int, da_nang: int, districts: int
) -> None:
    from atvsld.registers.places.web.pages import _by_ground

    assert dict(_by_ground(places, day)) == {"Tỉnh Quảng Nam": quang_nam, "Thành phố Đà Nẵng": da_nang}
    old = places.at("49", date(2024, 9, 1))
    assert old is not None
    held = [
        node
        for node in places.nodes.values()
        if node.level == "district" and node.exists_on(day) and old in places.ancestors(node.pk, day)
    ]
    assert len(held) == districts
    assert [node.name for node in places.nodes.values() if "Hoàng Sa" in node.name and node.exists_on(day)]
