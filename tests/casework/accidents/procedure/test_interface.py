"""The procedure as other systems and other rooms meet it."""

from __future__ import annotations

import json

from tests.casework.accidents import scene
from tests.casework.accidents.procedure.walking import INVESTIGATED, NEWS, dead, minor, severe

from atvsld.casework.accidents.procedure import facade
from atvsld.kit.ids import new_ulid
from atvsld.registers.duties import facade as duties


def path_of(walked, step: str = "") -> str:
    return f"/api/v1/accidents/{walked.case.public_id}/procedure" + (f"/{step}" if step else "")


def post(client, url: str, body: dict, **headers: str):
    return client.post(url, json.dumps(body), content_type="application/json", headers=headers)


def test_a_system_reads_where_a_case_stands_and_what_may_follow(walk, client, officer):
    walked = walk(dead())
    client.force_login(officer)
    told = client.get(path_of(walked)).json()
    assert (told["stage"], told["level"], told["computed_level"]) == ("provincial_level", "province", "province")
    assert {clock["rule"] for clock in told["clocks"]} >= {"INV_CHET", "SCENE_2H"}
    steps = {step["id"]: step for step in told["steps"]}
    assert steps["begin"]["missing"] == ["Chưa có bước “Thành lập Đoàn điều tra”."]
    assert steps["set_up_team"]["allowed"]


def test_a_step_sent_twice_with_one_idempotency_key_is_taken_once(walk, client, officer):
    walked = walk(minor())
    client.force_login(officer)
    key = {"Idempotency-Key": new_ulid()}
    first = post(client, path_of(walked, "set_up_team"), {}, **key)
    again = post(client, path_of(walked, "set_up_team"), {}, **key)
    assert (first.status_code, again.status_code, first.json()) == (200, 200, again.json())
    assert walked.file.changes.filter(step="set_up_team").count() == 1
    refused = post(client, path_of(walked, "publish"), {})
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "step_not_possible")
    assert post(client, path_of(walked, "khong-co"), {}).status_code == 404


def test_a_case_outside_the_area_has_no_procedure_to_be_seen(walk, client, mill_employer, land):
    walked = walk(minor(), establishment_id=land.quarry.pk, place_id=land.hill.pk)
    client.force_login(mill_employer)
    assert client.get(path_of(walked)).status_code == 404


def test_a_declaration_is_noted_once_and_ends_what_the_employer_owed(land):
    case = scene.opened(land, dead())
    told = facade.Instants(employer_aware_at=NEWS, notified_at=NEWS, department_received_at=NEWS)
    for _ in range(2):
        facade.open_file(scene.act(), case=case, instants=told, declared_by="employer")
    file = facade.file_of(case)
    assert file.changes.filter(step="declare").count() == 1
    assert file.clocks.get(rule="N_STATE").state == "met"


def test_what_the_employer_declared_does_not_stand_for_the_communes_report(land):
    case = scene.opened(land, dead("none"), dead())
    told = facade.Instants(
        employer_aware_at=NEWS, commune_received_at=NEWS, notified_at=NEWS, department_received_at=NEWS
    )
    facade.open_file(scene.act(), case=case, instants=told, declared_by="employer")
    states = dict(facade.file_of(case).clocks.values_list("rule", "state"))
    assert (states["N_STATE"], states["N_XA"]) == ("met", "running")


def test_the_decision_for_a_dead_worker_is_due_five_working_days_after_the_meeting(walk):
    walked = walk(dead(), severe())
    walked.steps(*INVESTIGATED)
    (owed,) = [duty for duty in duties.of_subject("accidents", walked.case.public_id) if duty.rule == "COMP_DECISION"]
    victim = walked.case.victims.get(severity="fatal")
    assert owed.key == f"accidents:{walked.case.public_id}:COMP_DECISION:{victim.public_id}"
    assert owed.begun_at == walked.file.published_at
