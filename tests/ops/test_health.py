"""/healthz and /readyz: what each condition says, and which status answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from atvsld.registers.places.models import Place

pytestmark = pytest.mark.django_db


def heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    body = json.loads(answer.content)
    return answer.status_code, {check["name"]: check["ok"] for check in body["checks"]}


@pytest.fixture
def a_place() -> Place:
    return Place.objects.create(
        code="00001", name="Xã Thử", name_folded="xa thu", level="commune", kind="xã", valid_from="2025-07-01"
    )


def test_a_living_process_says_so(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert json.loads(answer.content)["alive"] is True
    assert answer["Cache-Control"] == "no-store"


def test_everything_in_place_is_ready(client: Client, a_place: Place) -> None:
    heartbeat(5)
    status, found = ready(client)
    assert (status, found) == (
        200,
        {"database": True, "migrations": True, "worker": True, "law": True, "places": True},
    )


@pytest.mark.parametrize("silence", [None, 3600])
def test_without_a_living_worker_the_system_is_not_ready(client: Client, a_place: Place, silence: int | None) -> None:
    if silence is not None:
        heartbeat(silence)
    status, found = ready(client)
    assert status == 503
    assert [name for name, ok in found.items() if not ok] == ["worker"]


def test_without_places_the_system_is_not_ready(client: Client) -> None:
    Place.objects.all().delete()
    heartbeat(5)
    status, found = ready(client)
    assert status == 503
    assert found["places"] is False


def test_a_database_that_fails_is_reported_without_its_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from atvsld.project import health

    def broken() -> health.Check:
        raise OperationalError("connection to db.internal as user secret failed")

    monkeypatch.setattr(health, "ALL", (broken,))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"secret" not in answer.content
    assert b"OperationalError" in answer.content
