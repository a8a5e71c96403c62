"""Plans and tasks over the interface for systems: within reach, with their proofs, written once."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.test import Client
from tests.oversight.workplans import scene
from tests.oversight.workplans.scene import act

from atvsld.oversight.workplans import facade
from atvsld.platform.accounts.models import User


def asked(user: User, path: str, **query: object) -> dict:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def told(user: User, key: str, body: dict, once: str) -> tuple[int, dict]:
    client = Client()
    client.force_login(user)
    answer = client.post(
        f"/api/v1/tasks/{key}/progress", json.dumps(body), content_type="application/json",
        headers={"Idempotency-Key": once},
    )  # fmt: skip
    return answer.status_code, answer.json()


@pytest.fixture
def land(db):
    with time_machine.travel(scene.NOW):
        yield scene.build()


def test_a_task_is_told_once_and_stays_a_claim_until_something_proves_it(land) -> None:
    plan = scene.plan_of(land)
    task = plan.tasks.order_by("number").first()
    body = {"version": task.version, "state": "doing", "percent": 40, "text": "Đã làm ba buổi."}
    status, said = told(land.planner, task.public_id, body, "khoa-0001")
    assert (status, said["percent"], said["unproven"], len(said["progress"])) == (200, 40, True, 1)
    assert told(land.planner, task.public_id, body, "khoa-0001") == (status, said)
    assert told(land.planner, task.public_id, body, "khoa-0002")[0] == 409
    assert task.progress.count() == 1
    assert [one["id"] for one in asked(land.officer, "tasks", unproven=True)["items"]] == [task.public_id]
    facade.add_file(
        act(land.planner), task=task, kind="report_paper", name="bao-cao.pdf", content=b"%PDF-1.7 thu", label="Báo cáo"
    )
    whole = asked(land.officer, f"tasks/{task.public_id}")
    assert (whole["unproven"], whole["proofs"], whole["evidence"][0]["stands"]) == (False, 1, True)
    assert whole["holdings"][-1]["body_code"] == "health"


def test_plans_and_tasks_end_at_the_reach_of_the_account(land) -> None:
    plan = scene.plan_of(land)
    task = plan.tasks.first()
    mine = facade.open_plan(act(land.village), programme=scene.PROGRAMME, year=2026, body=land.commune)
    assert {one["body_code"] for one in asked(land.officer, "work-plans", year=2026)["items"]} == {"health", "commune"}
    assert [one["id"] for one in asked(land.village, "work-plans")["items"]] == [mine.public_id]
    assert asked(land.village, "tasks")["items"] == []
    body = {"version": task.version, "state": "doing", "percent": 1, "text": "Không phải của mình."}
    assert told(land.village, task.public_id, body, "khoa-0003")[0] == 404
    assert told(land.officer, task.public_id, body, "khoa-0004")[0] == 403
