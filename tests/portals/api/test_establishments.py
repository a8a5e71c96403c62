"""Establishments through the interface: read whole, changed one at a time by who may, once for each key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.registers.conftest import act, bodies, places
from tests.registers.establishments.test_register import draft
from tests.registers.test_pages import sign_in

from atvsld.platform.acts import Act
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.places.tree import PlaceTree

__all__ = ["act", "bodies", "places"]


@pytest.fixture
def made(bodies: PlaceTree, act: Act) -> Establishment:
    return register_establishment(act, draft=draft(bodies))


@pytest.fixture
def url(made: Establishment) -> str:
    return f"/api/v1/establishments/{made.public_id}"


def patch(client: Client, url: str, body: dict[str, Any], **headers: str) -> Any:
    return client.patch(url, json.dumps(body), content_type="application/json", headers=headers)


def test_one_change_reaches_all_parts_or_none(bodies: PlaceTree, made: Establishment, url: str) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    body = {
        "version": 1, "name": "Tên qua giao diện", "latitude": "15.9", "longitude": "108.2", "zone_name": "KCN Thử",
        "workforce": {"year": 2025, "workers": 100, "arduous_workers": 7, "source": "Phần mềm nhân sự"},
        "osh_organisation": {"stated_on": "2026-06-01", "source": "Phần mềm nhân sự", "doctors": 1},
    }  # fmt: skip
    wrong = body | {"workforce": body["workforce"] | {"arduous_workers": 101}}
    refused = patch(officer, url, wrong)
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "workforce_part")
    made.refresh_from_db()
    assert (made.version, WorkforceYear.objects.count()) == (1, 0)

    answer = patch(officer, url, body, **{"Idempotency-Key": "khoa-mot-lan"})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["name"], told["latitude"], told["zone_name"]) == ("Tên qua giao diện", "15.900000", "KCN Thử")
    assert told["workforce"][0]["arduous_workers"] == 7
    assert (told["osh_organisation"]["doctors"], told["osh_organisation"]["shifts"]) == (1, None)
    # The answer was lost; the sender asks again.
    assert patch(officer, url, body, **{"Idempotency-Key": "khoa-mot-lan"}).json() == told
    assert patch(officer, url, body).status_code == 409
    assert officer.get(url).json() == told


def test_only_who_may_changes_and_the_strange_sees_nothing(bodies: PlaceTree, made: Establishment, url: str) -> None:
    body = {"version": 1, "name": "Khác"}
    assert patch(sign_in(bodies, "leader", "48"), url, body).status_code == 403
    assert sign_in(bodies, "commune_officer", "20335").get(url).status_code == 404
    officer = sign_in(bodies, "province_officer", "48")
    assert patch(officer, url, body | {"place_code": "99999"}).status_code == 422
    made.refresh_from_db()
    assert made.version == 1
