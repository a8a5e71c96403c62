"""An investigation for other systems: masked, restricted by level, evidence handed in once."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.casework.accidents.investigation.story import PDF, begun
from tests.casework.accidents.scene import victim_draft

from atvsld.casework.accidents.investigation.models import Evidence
from atvsld.kit.ids import new_ulid


def client(user) -> Client:
    made = Client()
    made.force_login(user)
    return made


def address(story, part: str = "") -> str:
    return f"/api/v1/accidents/{story.case.public_id}/investigation{part}"


def test_a_system_reads_the_investigation_without_any_sealed_text(land, officer):
    story = begun(land).later(hours=1).set_up().begin().hear().keep("HS_b").write()
    answer = client(officer).get(address(story))
    told = answer.json()
    assert (told["level"], told["stage"], told["restricted"], told["statements"]) == (
        "establishment", "investigating", False, 1,
    )  # fmt: skip
    assert [one["state"] for one in told["minutes"]] == ["draft"]
    assert told["evidence"][0]["sha256"] == hashlib.sha256(PDF + b"HS_b").hexdigest()
    assert "Trần Thị Chứng" not in answer.content.decode()
    assert "Vết thương" not in answer.content.decode()


def test_an_employer_reads_only_what_the_province_published(land, mill_employer):
    story = begun(land, victim_draft(severity="fatal")).later(hours=1).set_up().begin().hear().keep("HS_b").write()
    told = client(mill_employer).get(address(story)).json()
    assert (told["restricted"], told["minutes"], told["evidence"], told["statements"]) == (True, [], [], None)
    refused = client(mill_employer).post(address(story, "/evidence"), {"item": "HS_c", "title": "Ảnh"})
    assert refused.status_code == 403
    assert (
        client(mill_employer).get(address(begun(land, place_id=land.hill.pk, establishment_id=None))).status_code == 404
    )


def test_evidence_sent_again_with_its_key_is_kept_once(land, officer):
    story = begun(land).later(hours=1)
    values = {"item": "HS_b", "title": "Sơ đồ", "victim_position": 1, "key": new_ulid()}
    for _twice in range(2):
        answer = client(officer).post(
            address(story, "/evidence"), values | {"file": SimpleUploadedFile("so-do.pdf", PDF)}
        )
        assert answer.status_code == 201, answer.content
    assert Evidence.objects.get().file.name == "so-do.pdf"
    wrong = client(officer).post(address(story, "/evidence"), {"item": "khac", "title": "?"})
    assert wrong.status_code == 422
    assert wrong.json()["problems"][0]["code"] == "item"
