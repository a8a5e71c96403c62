"""Workers and providers for other systems: scoped, masked, judged by the law book."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.casework.accidents import scene

from atvsld.platform.acts import Act
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.workers.actions.register import register_worker
from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft

NUMBER = "000190001234"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workers(land):
    """One person at the mill with a number, one at the quarry without."""
    act: Act = scene.act()
    return [
        register_worker(
            act,
            draft=WorkerDraft(name=name, sex="female", identity_kind="citizen", identity_number=number),
            employment=EmploymentDraft(establishment_id=firm.pk, labour_relation="leased"),
        )
        for name, number, firm in (("Nguyễn Thị Thử", NUMBER, land.mill), ("Lê Thị Thử", "", land.quarry))
    ]


def test_workers_are_given_within_reach_and_masked(land, workers):
    employer = signed_in(scene.person("chu", "employer", firm=land.mill))
    answer = employer.get("/api/v1/workers")
    (item,) = answer.json()["items"]
    assert item["id"] == workers[0].public_id
    assert item["identity_masked"] == "•••••••••234"
    assert item["protected_groups"] == ["women", "leased"]
    assert NUMBER not in answer.content.decode()
    assert employer.get(f"/api/v1/workers/{workers[1].public_id}").status_code == 404
    officer = signed_in(scene.person("can", "province_officer", at=land.province))
    assert len(officer.get("/api/v1/workers").json()["items"]) == 2
    assert [row["name"] for row in officer.get(f"/api/v1/workers?text={NUMBER}").json()["items"]] == ["Nguyễn Thị Thử"]
    assert signed_in(scene.person("xem", "leader", at=land.province)).get("/api/v1/workers").status_code == 403


def test_a_provider_is_given_with_its_papers_and_judged_in_a_matter(land):
    provider = ServiceProvider.objects.create(name="Tổ chức Thử", name_folded="to chuc thu")
    provider.qualifications.create(
        kind="training", form="licence", class_name="B", number="1/GCN", valid_from=date(2023, 5, 1)
    )
    leader = signed_in(scene.person("xem", "leader", at=land.province))
    (item,) = leader.get("/api/v1/service-providers?kind=training").json()["items"]
    assert item["papers"][0]["ends_on"] == "2028-04-30"
    assert item["papers"][0]["scopes"] == ["group1", "group4", "group5", "group6"]
    assert leader.get("/api/v1/service-providers?kind=conformity").json()["items"] == []
    address = f"/api/v1/service-providers/{provider.public_id}/standing?kind=training&on=2025-01-01&scope="
    assert leader.get(f"{address}group1").json()["clear"] is True
    told = leader.get(f"{address}group3").json()
    assert (told["clear"], told["code"], told["citation"]) == (
        False, "out_of_scope", "ND-44-2016 Điều 26 khoản 1 điểm b"
    )  # fmt: skip
