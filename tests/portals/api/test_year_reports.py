"""Yearly reports over the interface for systems: figures with their passports, claims judged as they stand."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from tests.oversight.workplans import scene
from tests.oversight.yearly import stage

from atvsld.oversight.workplans import facade as workplans
from atvsld.platform.accounts.models import User


def asked(user: User, path: str, status: int = 200, **query: object) -> dict:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.fixture
def land(db):
    with time_machine.travel(stage.JANUARY):
        yield scene.build()


def test_a_report_is_read_with_its_figures_and_loses_a_proof_at_once(land) -> None:
    done, *_others = stage.tasks(land)
    report = stage.report(land)
    whole = asked(land.planner, f"year-reports/{report.public_id}")
    claim = next(one for one in whole["sentences"] if done.public_id in one["tasks"])
    assert claim["proven"] is True
    for sentence in whole["sentences"]:
        for figure in sentence["figures"]:
            assert figure["source"]
            assert f"{{{figure['mark']}}}" in sentence["text"]
            assert f"{{{figure['mark']}}}" not in sentence["printed"]
    proof = done.evidence.get(removed_at=None)
    workplans.remove_evidence(stage.act(land.planner), evidence=proof, why="Nêu nhầm tệp")
    again = asked(land.planner, f"year-reports/{report.public_id}")
    assert next(one for one in again["sentences"] if one["id"] == claim["id"])["proven"] is False


def test_a_draft_is_its_owners_alone_and_only_overseers_ask_who_is_missing(land) -> None:
    stage.tasks(land)
    report = stage.report(land)
    assert [one["id"] for one in asked(land.planner, "year-reports", year=stage.YEAR)["items"]] == [report.public_id]
    assert asked(land.officer, "year-reports", year=stage.YEAR)["items"] == []
    asked(land.officer, f"year-reports/{report.public_id}", 404)
    missing = asked(land.officer, "year-reports/missing", year=stage.YEAR)
    assert land.health.name in [one["name"] for one in missing]
    asked(land.planner, "year-reports/missing", 403, year=stage.YEAR)
