"""Which unit is this on another day: the same answer in code, by the interface and at the terminal."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.test import Client

from atvsld.platform.accounts.models import User
from atvsld.project.cli import places as command_line
from atvsld.registers.offices.models import Office
from atvsld.registers.places import queries
from atvsld.registers.places.tree import PlaceTree

AUTUMN_2024, SUMMER_2026 = date(2024, 9, 1), date(2026, 7, 1)


def test_forwards_the_split_commune_answers_by_share_and_says_it_is_an_estimate(places: PlaceTree) -> None:
    code = next(node.code for node in places.nodes.values() if node.name == "Xã Hòa Liên")
    found = queries.trace(code, AUTUMN_2024, SUMMER_2026)
    assert {landing.node.name for landing in found.landings} == {"Phường Hải Vân", "Phường Liên Chiểu"}
    assert sum(landing.share for landing in found.landings) == Decimal(1)
    assert all(landing.estimate for landing in found.landings)


def test_backwards_a_ward_is_all_of_its_predecessors(places: PlaceTree) -> None:
    found = queries.trace("20341", SUMMER_2026, AUTUMN_2024)
    assert {"Phường Phước Hòa", "Phường An Xuân"} <= {landing.node.name for landing in found.landings}
    assert all(landing.node.exists_on(AUTUMN_2024) for landing in found.landings)
    assert found.landings[0].share == 1


def test_a_code_of_another_day_is_told_with_the_days_it_was_borne(places: PlaceTree) -> None:
    with pytest.raises(queries.UnknownPlaceError, match=r"Ngày 01/07/2026 .* mã 20338"):
        queries.trace("20338", SUMMER_2026, AUTUMN_2024)
    with pytest.raises(queries.UnknownPlaceError, match="nào mang mã 00000"):
        queries.trace("00000", SUMMER_2026, AUTUMN_2024)


def test_terminal_and_interface_give_one_answer(places: PlaceTree, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in ("django", "require_migrated"):
        monkeypatch.setattr(command_line.start, step, lambda: None)
    typed = CliRunner().invoke(
        command_line.command, ["trace", "20338", "--from", "2024-09-01", "--to", "2026-07-01", "--json"]
    )
    assert typed.exit_code == 0, typed.output
    said = json.loads(typed.output)
    assert said["from"] == {
        "code": "20338", "name": said["from"]["name"], "valid_from": "1997-01-01", "on": "2024-09-01"
    }  # fmt: skip
    assert [(row["code"], row["name"], row["share"], row["estimate"]) for row in said["to"]] == [
        ("20341", "Phường Tam Kỳ", 1.0, False)
    ]
    assert said["to"][0]["basis"]

    city = places.at("48", SUMMER_2026)
    assert city is not None
    user = User.objects.create_user(username="canbo", password="x")
    Office.objects.create(user=user, role="province_officer", place_id=city.pk, valid_from=date(2025, 7, 1))
    client = Client()
    client.force_login(user)
    answer = client.get("/api/v1/places/20338/trace", {"from": "2024-09-01", "to": "2026-07-01"})
    assert answer.json() == said
    assert client.get("/api/v1/places/20338/trace", {"from": "2026-07-01"}).status_code == 404


def test_people_read_the_same_at_the_terminal(places: PlaceTree, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in ("django", "require_migrated"):
        monkeypatch.setattr(command_line.start, step, lambda: None)
    code = next(node.code for node in places.nodes.values() if node.name == "Xã Hòa Liên")
    typed = CliRunner().invoke(command_line.command, ["trace", code, "--from", "01/09/2024", "--to", "01/07/2026"])
    assert "Phường Hải Vân (20194): 50 % (ước lượng)" in typed.output
