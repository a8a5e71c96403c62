"""What other systems may send and read, and how errors are told."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from django.test import Client
from oauth2_provider.models import AccessToken, Application
from tests.casework.accidents.scene import opened, victim_draft

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.acts import clock
from atvsld.platform.history.models import SensitiveReading
from atvsld.portals.api.api import api

GOLDEN = Path(__file__).with_name("openapi.json")
CASES = "/api/v1/accidents"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def token_of(user, scope: str = "read write", hours: int = 1) -> dict[str, str]:
    application = Application.objects.create(
        user=user, client_type="confidential", authorization_grant_type="client-credentials", name="Phần mềm"
    )
    expires = clock.now() + timedelta(hours=hours)
    token = AccessToken.objects.create(
        application=application, token=f"t-{application.pk}", scope=scope, expires=expires
    )
    return {"Authorization": f"Bearer {token.token}"}


def row(**changes) -> dict[str, str]:
    stated = {
        "case_key": "K1", "occurred_at": "2026-02-10 09:30", "place_code": "99001",
        "establishment_tax_code": "0100109106", "labour_relation": "contract", "conclusion": "occupational",
        "cause_code": "7", "injury_agent_code": "1", "victim_name": "Nguyễn Văn Thử", "sex": "male",
        "severity": "minor", "days_lost": "3",
    }  # fmt: skip
    return stated | changes


def send(client: Client, *rows, query: str = "", **headers):
    return client.post(f"{CASES}{query}", {"rows": list(rows)}, content_type="application/json", headers=headers)


def test_a_stranger_gets_a_problem_document_and_the_way_to_sign_in(db):
    response = Client().get(CASES)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["type"] == "urn:atvsld:problem:unauthenticated"


def test_cases_outside_the_area_do_not_exist(land, river_officer, mill_employer):
    here, there = opened(land), opened(land, place_id=land.hill.pk, establishment_id=land.quarry.pk)
    for user in (river_officer, mill_employer):
        client = signed_in(user)
        assert [item["id"] for item in client.get(CASES).json()["items"]] == [here.public_id]
        assert client.get(f"{CASES}/{there.public_id}").status_code == 404
        assert client.get(f"{CASES}/{here.public_id}").json()["number"] == here.number


def test_names_are_masked_unless_a_purpose_is_given_and_then_the_reading_is_recorded(land, officer, leader):
    case = opened(land)
    shown = signed_in(officer).get(f"{CASES}/{case.public_id}").json()
    assert (shown["identities_masked"], shown["victims"][0]["name"]) == (True, "N. V. T.")
    assert shown["victims"][0]["birth_year"] is None
    purpose = {"X-Purpose": quote("Đối chiếu hồ sơ")}
    clear = signed_in(officer).get(f"{CASES}/{case.public_id}", headers=purpose).json()
    assert clear["victims"][0]["name"] == "Nguyễn Văn Thử"
    assert SensitiveReading.objects.get().purpose == "Đối chiếu hồ sơ"
    assert signed_in(leader).get(f"{CASES}/{case.public_id}", headers=purpose).status_code == 403


def test_pages_follow_one_another_without_gap_or_repeat_while_records_are_added(land, officer):
    made = [opened(land).public_id for _ in range(3)]
    client = signed_in(officer)
    first = client.get(f"{CASES}?limit=2").json()
    made.append(opened(land).public_id)
    second = client.get(f"{CASES}?limit=2&cursor={first['next']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == made
    assert second["next"] is None
    assert client.get(f"{CASES}?cursor=abc").json()["problems"][0]["code"] == "bad_cursor"


def test_filters_narrow_and_unreadable_ones_are_refused(land, officer):
    fatal = opened(land, victim_draft(severity="fatal"), cause_code=None)
    opened(land)
    client = signed_in(officer)
    for query in ("severity=fatal", "cause=unknown", "severity=fatal&period=2026-H1&place=99"):
        assert [item["id"] for item in client.get(f"{CASES}?{query}").json()["items"]] == [fatal.public_id]
    assert client.get(f"{CASES}?period=2025").json()["items"] == []
    for query in ("period=xyz", "place=00000", "limit=0"):
        response = client.get(f"{CASES}?{query}")
        assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")


def test_rows_become_cases_and_the_same_rows_again_change_nothing(land, officer):
    client = signed_in(officer)
    first = send(client, row(), row(victim_name="Trần Thị Thử")).json()
    assert (first["accepted"], first["rejected"], first["unchanged"], first["errors"]) == (2, 0, 0, [])
    assert send(client, row(), row(victim_name="Trần Thị Thử")).json()["unchanged"] == 2
    case = AccidentCase.objects.get()
    assert (case.case_key, case.victim_count, case.place) == ("K1", 2, land.river)


def test_a_bad_row_is_named_by_row_column_and_remedy_and_the_others_are_kept(land, officer):
    body = send(signed_in(officer), row(), row(case_key="K2", cause_code="77")).json()
    assert (body["accepted"], body["rejected"]) == (1, 1)
    assert [(error["row"], error["column"]) for error in body["errors"]] == [(2, "cause_code")]


def test_a_dry_run_writes_nothing(land, officer):
    assert send(signed_in(officer), row(), query="?dry_run=true").json()["accepted"] == 1
    assert not AccidentCase.objects.exists()


def test_the_same_idempotency_key_gets_the_same_answer_and_never_another_request(land, officer):
    client, key = signed_in(officer), {"Idempotency-Key": "0f9c2d5e-key"}
    first = send(client, row(), **key).json()
    assert send(client, row(), **key).json() == first
    assert first["accepted"] == 1
    reused = send(client, row(case_key="K9"), **key)
    assert (reused.status_code, reused.json()["problems"][0]["code"]) == (422, "idempotency_key_reused")
    assert AccidentCase.objects.count() == 1


def test_one_may_send_only_for_the_own_area(land, mill_employer, leader):
    outside = row(establishment_tax_code="0200109107", place_code="99002")
    assert send(signed_in(mill_employer), outside).json()["rejected"] == 1
    assert send(signed_in(leader), row()).status_code == 403
    assert not AccidentCase.objects.exists()


def test_a_session_needs_its_forgery_token_to_write(land, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert send(client, row()).status_code == 403
    assert client.get(CASES).status_code == 200


def test_a_service_acts_with_the_offices_of_its_account(land, officer, leader):
    headers = token_of(officer)
    assert send(Client(enforce_csrf_checks=True), row(), **headers).json()["accepted"] == 1
    assert len(Client().get(CASES, headers=headers).json()["items"]) == 1
    assert send(Client(), row(), **token_of(officer, scope="read")).status_code == 401
    assert send(Client(), row(), **token_of(leader)).status_code == 403
    assert Client().get(CASES, headers=token_of(officer, hours=-1)).status_code == 401


def test_a_service_obtains_its_token_by_client_credentials(land, officer):
    application = Application(
        user=officer, client_type="confidential", authorization_grant_type="client-credentials", name="Phần mềm"
    )
    secret = application.client_secret
    application.save()
    answer = (
        Client()
        .post(
            "/o/token/",
            {"grant_type": "client_credentials", "client_id": application.client_id, "client_secret": secret},
        )
        .json()
    )
    assert Client().get(CASES, headers={"Authorization": f"Bearer {answer['access_token']}"}).status_code == 200


def test_registers_answer_within_the_area(land, officer, mill_employer):
    client = signed_in(officer)
    assert {item["tax_code"] for item in client.get("/api/v1/establishments").json()["items"]} == {
        "0100109106", "0200109107",
    }  # fmt: skip
    mine = signed_in(mill_employer).get("/api/v1/establishments").json()["items"]
    assert [item["tax_code"] for item in mine] == ["0100109106"]
    found = client.get("/api/v1/places?on=2026-01-01").json()["items"]
    assert {item["code"] for item in found} == {"99", "99001", "99002"}


def test_the_description_is_for_signed_in_people_and_needs_no_other_server(land, officer):
    assert Client().get("/api/v1/docs").status_code == 302
    page = signed_in(officer).get("/api/v1/docs")
    assert page.status_code == 200
    assert b"http://" not in page.content
    assert b"https://" not in page.content


def test_a_service_reads_the_description_with_its_token(land, officer):
    described = "/api/v1/openapi.json"
    assert Client().get(described).status_code == 302
    assert Client().get(described, headers=token_of(officer)).json()["openapi"].startswith("3.1")
    assert Client().get(described, headers=token_of(officer, hours=-1)).status_code == 401


def test_the_published_interface_changes_only_with_its_golden_file():
    described = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(described, encoding="utf-8")
    assert described == GOLDEN.read_text(encoding="utf-8"), "Xem lại thay đổi rồi chạy với UPDATE_GOLDEN=1."
