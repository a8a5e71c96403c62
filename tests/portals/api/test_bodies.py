"""Bodies through the interface, and addresses of the interface that do not exist."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.registers.conftest import act, bodies, places  # noqa: F401 — fixtures
from tests.registers.test_pages import sign_in

from atvsld.platform.acts import Act
from atvsld.registers.places.tree import PlaceTree


@pytest.fixture
def asking(bodies: PlaceTree, act: Act) -> Client:  # noqa: F811
    return sign_in(bodies, "province_officer", "48")


def codes(client: Client, **query: str) -> list[str]:
    return [one["code"] for one in client.get("/api/v1/bodies", query).json()["items"]]


def test_the_body_that_answers_for_a_place_is_found_by_function_and_day(asking: Client) -> None:
    assert codes(asking, function="osh_lead", place="20338", on="2024-06-01") == ["so-ldtbxh-quang-nam"]
    assert len(codes(asking, function="zone_authority", place="48", on="2026-11-01")) == 2
    assert asking.get("/api/v1/bodies", {"place": "99999"}).status_code == 404


def test_a_body_tells_its_functions_and_who_followed_it(asking: Client) -> None:
    (one,) = asking.get("/api/v1/bodies", {"function": "osh_lead", "on": "2024-06-01", "place": "49"}).json()["items"]
    assert [row["function"] for row in one["functions"]] == ["osh_lead"]
    assert [edge["code"] for edge in one["successors"]] == ["so-nv-quang-nam"]
    names = {row["function"] for row in asking.get("/api/v1/bodies/functions").json()}
    assert {"osh_lead", "zone_authority", "commune"} <= names


def test_pages_of_bodies_follow_one_another_without_gap(asking: Client) -> None:
    first = asking.get("/api/v1/bodies", {"on": "2026-11-01", "limit": 60}).json()
    second = asking.get("/api/v1/bodies", {"on": "2026-11-01", "limit": 60, "cursor": first["next"]}).json()
    both = [one["code"] for one in (*first["items"], *second["items"])]
    assert len(both) == len(set(both)) > 94


@pytest.mark.parametrize("path", ["/api/v1/khong-co", "/api/v1/", "/api/v2/places", "/api/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_is_answered_with_a_problem_document(db: None, path: str, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:atvsld:problem:no-such-path"


def test_bodies_are_not_for_strangers(db: None) -> None:
    assert Client().get("/api/v1/bodies").status_code == 401
