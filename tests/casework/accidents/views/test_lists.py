"""Cases as work, on the map, and by the name of a victim."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.casework.accidents import scene


@pytest.fixture
def running(cases):
    """Both cases have a procedure; the shown one owes something late, the hidden one something within the week."""
    from atvsld.casework.accidents.procedure.facade import Instants, open_file
    from atvsld.registers.duties import facade

    for number, (case, days) in enumerate(((cases.shown, 10), (cases.hidden, 1))):
        open_file(scene.act(), case=case, instants=Instants())
        facade.owe(
            scene.act(), key=f"accidents:{number}:test", rule="INV_NANG1", context="accidents",
            subject=case.public_id, label=case.number, url="", place_id=case.place_id,
            establishment_id=case.establishment_id, at=scene.NOW - timedelta(days=days),
        )  # fmt: skip
    return cases


def numbers(client, query=""):
    page = client.get(f"/tai-nan/viec/?{query}&xuat=csv")
    rows = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()[1:]
    return [row.split(",")[0] for row in rows]


@pytest.mark.parametrize(
    ("who", "query", "found"),
    [
        ("officer", "", ["shown", "hidden"]),
        ("officer", "when=overdue", ["shown"]),
        ("officer", "when=week", ["hidden"]),
        ("officer", "when=idle", []),
        ("officer", "when=ended", []),
        ("employer", "whose=mine", ["shown"]),
        ("river", "whose=all", ["shown"]),
        ("hill", "whose=all&when=week", ["hidden"]),
    ],
)
def test_cases_are_listed_by_what_is_due_on_them(running, people, browse, who, query, found):
    assert numbers(browse(getattr(people, who)), query) == [getattr(running, name).number for name in found]


def test_the_page_says_the_nearest_duty_and_how_late_it_is(running, people, browse):
    html = browse(people.officer).get("/tai-nan/viec/").content.decode()
    assert "quá hạn 3 ngày" in html


def test_the_map_counts_what_the_list_counts(cases, people, browse, land):
    land.river.latitude, land.river.longitude = 15.5, 108.1
    land.hill.latitude, land.hill.longitude = 15.6, 108.2
    for place in (land.river, land.hill):
        place.save()
    html = browse(people.officer).get("/tai-nan/ban-do/").content.decode()
    assert "Xã Sông Thử: 1" in html
    assert f"/tai-nan/?place={land.hill.code}" in html
    narrowed = browse(people.officer).get("/tai-nan/ban-do/?severity=fatal").content.decode()
    assert "Xã Sông Thử: 1" not in narrowed


def test_a_victim_is_found_by_name_without_tone_marks_and_the_search_is_recorded(cases, people, browse):
    from atvsld.platform.history.models import SensitiveReading

    client = browse(people.officer)
    html = client.post("/tai-nan/tim-nguoi/", {"name": "lo danh"}).content.decode()
    assert "Trần Thị Lộ Danh" in html
    assert "Kín Đáo" not in html
    assert SensitiveReading.objects.get().record_id == cases.shown.public_id


def test_a_name_is_looked_for_only_where_names_may_be_read(cases, people, browse):
    html = browse(people.hill).post("/tai-nan/tim-nguoi/", {"name": "Trần Thị"}).content.decode()
    assert "Lộ Danh" not in html
    assert cases.shown.number not in html
