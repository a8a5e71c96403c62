"""The commune's screens on the server's side: what a telephone sends is taken once, from its writer alone."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.casework.accidents import scene

from atvsld.casework.accidents.declarations.facade import commune_record
from atvsld.casework.accidents.declarations.models import Declaration, DeclarationDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.ids import new_ulid

pytestmark = pytest.mark.django_db

FIELDS = {
    "day": "2026-02-20", "hour": "06:30", "spot": "Thôn 2", "employed": "self", "dead": "0", "severe": "1",
    "minor": "0", "unclear": "", "description": "Ngã từ thang khi hái tiêu.", "injury_codes": ["034", "035"],
    "injury_agent_code": "9", "cause_code": "9", "name": "Người Thử", "birth_year": "1980", "sex": "male",
    "identity_number": "000080000001", "address": "Thôn 2", "occupation": "làm vườn", "work": "hái tiêu",
    "trained": "false", "voluntary_insurance": "true", "treated_at": "Trạm y tế", "source": "finder",
    "reporter_name": "Người Báo", "reporter_phone": "0900000000", "measures": "Đưa đi cấp cứu",
    "sent_at": "2026-02-20T07:00:00+07:00",
}  # fmt: skip


def post(session: Client, key: str, owner: str, land, **changes):
    body = {"key": key, "fields": FIELDS | {"place_code": str(land.river.pk)} | changes}
    return session.post("/xa/gui/", json.dumps(body), content_type="application/json", headers={"X-Queue-Owner": owner})


def test_a_queued_notice_is_taken_once_and_answers_the_same(session, officer, land):
    key = new_ulid()
    answers = [post(session, key, officer.public_id, land) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200], answers[0].content
    assert len({answer.content for answer in answers}) == 1
    assert AccidentCase.objects.count() == 1
    made = Declaration.objects.get()
    assert (made.public_id, made.notified_at.isoformat()) == (key, "2026-02-20T00:00:00+00:00")
    victim = made.case.victims.get()
    assert (victim.name, victim.severity, victim.injury_codes) == ("Người Thử", "severe", ["034", "035"])
    assert victim.labour_relation == "none"


def test_the_same_key_with_other_words_is_a_conflict_and_stays_on_the_telephone(session, officer, land):
    key = new_ulid()
    post(session, key, officer.public_id, land)
    other = post(session, key, officer.public_id, land, description="Khác hẳn.")
    assert (other.status_code, other.json()["code"]) == (409, "different")
    assert AccidentCase.objects.count() == 1


def test_a_notice_of_somebody_else_or_of_nobody_is_not_taken(session, officer, land):
    assert post(session, new_ulid(), "01AAAAAAAAAAAAAAAAAAAAAAAA", land).status_code == 409
    assert post(Client(), new_ulid(), officer.public_id, land).status_code == 401
    assert Client().get("/xa/phien/").status_code == 401
    told = session.get("/xa/phien/").json()
    assert (told["user"], told["may_send"]) == (officer.public_id, True)
    outside = post(session, new_ulid(), officer.public_id, land, place_code=str(land.hill.pk))
    assert outside.status_code == 422
    assert AccidentCase.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"key": 1, "fields": 3}', '{"key": "x", "fields": {}}'])
def test_nonsense_is_answered_in_sentences(session, officer, body):
    answer = session.post(
        "/xa/gui/", body, content_type="application/json", headers={"X-Queue-Owner": officer.public_id}
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["problems"]


def test_the_record_of_one_severe_victim_has_what_the_commune_needs(session, officer, land):
    post(session, new_ulid(), officer.public_id, land)
    record = commune_record(AccidentCase.objects.get())
    assert (record.source, record.spot) == ("Gia đình nạn nhân hoặc người phát hiện báo", "Thôn 2")
    assert record.details["measures"] == "Đưa đi cấp cứu"
    person = record.persons[0]
    assert (person["identity_number"], person["voluntary_insurance"], person["trained"]) == (
        "000080000001",
        True,
        False,
    )
    assert "Người Báo" not in json.dumps([record.details, record.persons, record.victims], ensure_ascii=False)
    page = session.get(f"/xa/phieu/{record.declaration.public_id}/").content.decode()
    assert "Lập biên bản ghi nhận" in page


def test_a_death_is_passed_on_and_the_page_says_whom_to_call(session, officer, land):
    post(session, new_ulid(), officer.public_id, land, dead="1", severe="0")
    assert sorted(Declaration.objects.values_list("kind", flat=True)) == ["commune", "family"]
    told = Declaration.objects.get(kind="family")
    page = session.get(f"/xa/phieu/{told.public_id}/").content.decode()
    assert "Đã báo nhanh lên" in page
    assert "Công an cấp xã" in page


def test_a_draft_belongs_to_its_writer_is_sealed_and_goes_when_sent(session, officer, land):
    key = new_ulid()
    body = {"key": key, "step": "o-dau", "saved_at": "2026-02-20T07:00:00+07:00", "fields": {"spot": "Bờ sông"}}
    saved = session.post("/xa/nhap/", json.dumps(body), content_type="application/json")
    assert saved.json() == {"kept": True, "sent": False}
    assert "Bờ sông" not in DeclarationDraft.objects.get().sealed
    page = session.get(f"/xa/bao-tai-nan/?phieu={key}").content.decode()
    assert '"spot": "B\\u1edd s\\u00f4ng"' in page
    older = body | {"saved_at": "2026-02-19T07:00:00+07:00", "fields": {"spot": "cũ"}}
    assert session.post("/xa/nhap/", json.dumps(older), content_type="application/json").json()["kept"] is False
    other = Client()
    other.force_login(scene.person("xa.khac", "commune_officer", at=land.hill))
    assert other.post("/xa/nhap/", json.dumps(body), content_type="application/json").status_code == 403
    assert "phieu-da-luu" not in other.get(f"/xa/bao-tai-nan/?phieu={key}").content.decode()
    post(session, key, officer.public_id, land)
    assert DeclarationDraft.objects.count() == 0
    assert session.post("/xa/nhap/", json.dumps(body), content_type="application/json").json() == {
        "kept": False, "sent": True,
    }  # fmt: skip


def test_the_worker_stands_where_its_scope_is_and_names_only_files(db):
    answer = Client().get("/xa/sw.js")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "/xa/bao-tai-nan/" in text
    assert "importScripts(" in text


def test_a_form_without_scripts_is_taken_as_well(session, land):
    key = new_ulid()
    fields = FIELDS | {"place_code": str(land.river.pk), "key": key}
    first, again = (session.post("/xa/bao-tai-nan/", fields) for _time in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert AccidentCase.objects.count() == 1
    wrong = session.post("/xa/bao-tai-nan/", fields | {"key": new_ulid(), "severe": "0", "description": ""})
    assert wrong.status_code == 422
    assert "cần sửa" in wrong.content.decode()


def test_the_home_page_leads_a_commune_to_its_plain_screens_and_an_employer_to_its_form(session, land):
    employer = Client()
    employer.force_login(scene.person("nha.may", "employer", firm=land.mill))
    for client, url in ((session, "/xa/"), (employer, "/khai-bao/moi/")):
        page = client.get("/").content.decode()
        assert f'href="{url}"' in page
        assert "Khai báo tai nạn" in page
