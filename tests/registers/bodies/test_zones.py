"""Several zone authorities side by side: the zone an establishment stands in, or the body recorded for it, decides."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from atvsld.platform.acts import Act, Rejected
from atvsld.project import cli
from atvsld.registers.bodies.actions.zones import manage_zone
from atvsld.registers.bodies.models import Body, Zone, ZoneAuthority
from atvsld.registers.bodies.queries import HolderError, holder
from atvsld.registers.bodies.zones import core, find_zone
from atvsld.registers.offices.models import Office
from atvsld.registers.places.models import Place
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 1)


def city(places: PlaceTree, day: date = TODAY) -> int:
    node = places.at("48", day)
    assert node is not None
    return node.pk


@pytest.mark.parametrize(
    ("zone", "day", "code"),
    [
        ("Khu kinh tế mở Chu Lai", TODAY, "bql-chu-lai"),
        ("KKTM Chu Lai, xã Núi Thành", TODAY, "bql-chu-lai"),
        ("KCN Điện Nam – Điện Ngọc", TODAY, "bql-cnc-kcn"),
        ("khu cong nghiep dien nam dien ngoc", TODAY, "bql-cnc-kcn"),
        ("KCN Thuận Yên", date(2025, 8, 17), "bql-kkt-kcn-2025"),
        ("KCN Thuận Yên", date(2025, 8, 18), "bql-cnc-kcn"),
        ("Khu kinh tế mở Chu Lai", date(2025, 9, 1), "bql-kkt-kcn-2025"),
    ],
)
def test_the_named_zone_decides_between_the_authorities_of_a_day(
    bodies: PlaceTree, zone: str, day: date, code: str
) -> None:
    assert holder("zone_authority", city(bodies, day), day, zone=zone).code == code


def test_the_body_once_recorded_answers_under_the_name_it_bears_now(bodies: PlaceTree) -> None:
    old = Body.objects.get(code="bql-kcn-da-nang-1997")
    assert holder("zone_authority", city(bodies), TODAY, appointed=old.pk).code == "bql-cnc-kcn"
    now = Body.objects.get(code="bql-chu-lai")
    assert holder("zone_authority", city(bodies), TODAY, appointed=now.pk) == now


def test_a_board_that_was_divided_does_not_decide_alone_but_does_with_the_zone(bodies: PlaceTree) -> None:
    old = Body.objects.get(code="bql-kkt-quang-nam")
    with pytest.raises(HolderError, match="nhiều cơ quan"):
        holder("zone_authority", city(bodies), TODAY, appointed=old.pk)
    found = holder("zone_authority", city(bodies), TODAY, zone="KCN Đông Quế Sơn", appointed=old.pk)
    assert found.code == "bql-cnc-kcn"


def test_an_unknown_zone_leaves_the_question_open(bodies: PlaceTree) -> None:
    with pytest.raises(HolderError, match="nhiều cơ quan"):
        holder("zone_authority", city(bodies), TODAY, zone="KCN Không Có")


def test_zone_and_authority_do_not_touch_functions_held_by_one_body(bodies: PlaceTree) -> None:
    found = holder("osh_lead", city(bodies), TODAY, zone="Khu kinh tế mở Chu Lai", appointed=1)
    assert found == holder("osh_lead", city(bodies), TODAY)


def test_every_zone_has_exactly_one_authority_on_every_day_and_it_holds_the_function_then(bodies: PlaceTree) -> None:
    for zone in Zone.objects.all():
        rows = list(zone.authorities.order_by("valid_from"))
        assert rows[-1].valid_to is None
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert (later.valid_from - earlier.valid_to).days == 1
        for row in rows:
            assert row.body.functions.filter(function="zone_authority", valid_from__lte=row.valid_from).exists()
            assert row.body.valid_to is None or (row.valid_to is not None and row.valid_to <= row.body.valid_to)


def test_kind_words_do_not_count_in_a_name() -> None:
    assert core("Khu công nghiệp Điện Nam - Điện Ngọc") == core("KCN Điện Nam–Điện Ngọc") == "dien nam dien ngoc"
    assert core("Khu kinh tế mở") == ""


def test_recording_a_new_authority_ends_the_one_before_and_twice_changes_nothing(bodies: PlaceTree, act: Act) -> None:
    chu_lai, boards = Body.objects.get(code="bql-chu-lai"), Body.objects.get(code="bql-cnc-kcn")
    day = date(2026, 3, 1)
    made = manage_zone(act, name="KCN Thử Nghiệm", body=boards, since=day, legal_basis="QĐ thử")
    assert find_zone("kcn thu nghiem") == made
    again = manage_zone(act, name="KCN  Thử nghiệm", body=boards, since=date(2026, 4, 1), legal_basis="QĐ thử")
    assert (again.pk, made.authorities.count()) == (made.pk, 1)
    manage_zone(act, name="KCN Thử Nghiệm", body=chu_lai, since=date(2026, 5, 1), legal_basis="QĐ thử 2")
    assert [(row.body.code, row.valid_to) for row in made.authorities.order_by("valid_from")] == [
        ("bql-cnc-kcn", date(2026, 4, 30)),
        ("bql-chu-lai", None),
    ]
    with pytest.raises(Rejected, match="đã có cơ quan"):
        manage_zone(act, name="KCN Thử Nghiệm", body=boards, since=day, legal_basis="muộn")


def test_only_a_zone_authority_may_manage_a_zone(bodies: PlaceTree, act: Act) -> None:
    with pytest.raises(Rejected, match="không giữ chức năng"):
        manage_zone(
            act, name="KCN Thử", body=holder("osh_lead", city(bodies), TODAY), since=TODAY, legal_basis="QĐ thử"
        )
    assert not Zone.objects.filter(name="KCN Thử").exists()


def test_zones_follow_the_province_into_a_reorganisation_and_back(bodies: PlaceTree, act: Act) -> None:
    """The province becomes another unit: its boards are carried on, and so are their zones."""
    from atvsld.registers.places import drafts
    from atvsld.registers.places.actions import reorganise

    before = sorted(ZoneAuthority.objects.values_list("pk", "body_id", "valid_to"))
    draft = drafts.from_mapping({
        "title": "Đổi tên tỉnh", "effective_on": "2027-01-01", "legal_basis": "Nghị quyết thử", "certainty": "official",
        "changes": [{"kind": "rename", "code": "48", "new_code": "48", "new_name": "Thành phố Thử", "row": 1}],
    })  # fmt: skip
    done = reorganise.apply(act, draft=draft)
    later = date(2027, 2, 1)
    place = Place.objects.get(name="Thành phố Thử")
    found = holder("zone_authority", place.pk, later, zone="Khu kinh tế mở Chu Lai")
    assert [edge.predecessor.code for edge in found.precessions.all()] == ["bql-chu-lai"]
    reorganise.undo(act, reorganisation=done)
    assert sorted(ZoneAuthority.objects.values_list("pk", "body_id", "valid_to")) == before


def test_the_command_line_lists_bodies_and_finds_a_holder_by_zone(
    bodies: PlaceTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atvsld.project.cli.start.require_migrated", lambda: None)

    def told(*words: str) -> object:
        done = CliRunner().invoke(cli.group, ["bodies", *words, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    listed = told("list", "--on", "2026-11-01", "--function", "zone_authority")
    assert isinstance(listed, list)
    assert [one["code"] for one in listed] == ["bql-chu-lai", "bql-cnc-kcn"]
    assert {zone["name"] for zone in listed[0]["zones"]} == {"Khu kinh tế mở Chu Lai"}
    found = told("holder", "zone_authority", "48", "--on", "2026-11-01", "--zone", "KCN Thuận Yên")
    assert isinstance(found, dict)
    assert found["code"] == "bql-cnc-kcn"
    served = told("list", "--on", "2024-06-01", "--function", "osh_lead", "--place", "20338")
    assert isinstance(served, list)
    assert [one["name"] for one in served] == ["Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam"]


def test_an_officer_records_a_zone_and_its_next_board_by_page(bodies: PlaceTree, client: Client) -> None:
    user = get_user_model().objects.create_user(username="quantri", password="x")
    Office.objects.create(user=user, role="administrator", place_id=city(bodies), valid_from=date(2025, 7, 1))
    client.force_login(user)
    board = Body.objects.get(code="bql-cnc-kcn")
    said = {
        "name": "Khu công nghiệp Thử", "kind": "industrial", "body": board.pk, "since": "01/10/2026",
        "legal_basis": "Quyết định thử", "certainty": "official",
    }  # fmt: skip
    assert client.post("/co-quan/khu/ghi/", said).status_code == 302
    assert client.post("/co-quan/khu/ghi/", said).status_code == 302  # stating what holds changes nothing
    zone = Zone.objects.get(name="Khu công nghiệp Thử")
    assert [row.body for row in zone.authorities.all()] == [board]
    shown = client.get("/co-quan/khu/").content.decode()
    assert "Khu công nghiệp Thử" in shown
    assert "Khu kinh tế mở Chu Lai" in shown
    wrong = client.post("/co-quan/khu/ghi/", said | {"since": "31/02/2026"})
    assert wrong.status_code == 422
