"""Who told is hidden from the employer side, on every way into the system, and each reading of it is written down."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.casework.accidents import scene
from tests.casework.accidents.declarations.telling import REPORTER, informal, notice

from atvsld.casework.accidents.declarations.actions import read_reporter, receive
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Refused
from atvsld.platform.history.models import SensitiveReading

pytestmark = pytest.mark.django_db

SECRETS = (REPORTER.name, REPORTER.phone, REPORTER.relation)


@pytest.fixture
def betrayed(land, officer):
    """Somebody told the province of an accident at the mill; the mill declared it as well."""
    case = receive(scene.act(), key=new_ulid(), notice=notice(land)).case
    told = receive(
        scene.act(officer),
        key=new_ulid(),
        notice=informal(land, kind="union", establishment_id=land.mill.pk),
        case=case,
    )
    return case, told


def _session(user) -> Client:
    session = Client()
    session.force_login(user)
    return session


def test_an_employer_finds_no_trace_of_who_told_anywhere(betrayed, mill_employer):
    case, told = betrayed
    session = _session(mill_employer)
    addresses = (
        "/", f"/tai-nan/{case.public_id}/", "/khai-bao/", "/khai-bao/?xuat=csv", "/khai-bao/?cot=number&cot=kind",
        "/khai-bao/?tim=0900111222", "/khai-bao/?tim=tran+thi+bao+tin", "/tim-kiem/?q=B%C3%A1o+Tin",
        f"/khai-bao/bien-nhan/{told.receipt.code}/", "/api/v1/declarations", f"/api/v1/declarations/{told.public_id}",
        "/xa/", f"/tai-nan/?establishment={case.establishment.tax_code}",
    )  # fmt: skip
    for address in addresses:
        answer = session.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        assert answer.status_code in {200, 404}, address
        assert not [secret for secret in SECRETS if secret in text and secret not in address], address
        assert told.number not in text or "bien-nhan" in address, address
    assert session.get(f"/khai-bao/{told.public_id}/").status_code == 404
    assert session.get(f"/khai-bao/{told.public_id}/day-du/").status_code == 404
    assert session.post(f"/khai-bao/{told.public_id}/nguoi-bao/", {"purpose": "tò mò"}).status_code == 403
    headers = {"X-Purpose": "to mo"}
    assert session.get(f"/api/v1/declarations/{told.public_id}", headers=headers).status_code == 404
    own = Declaration.objects.get(case=case, kind="employer")
    assert session.get(f"/api/v1/declarations/{own.public_id}", headers=headers).status_code == 403


def test_an_employer_sees_what_its_own_people_declared_and_not_that_others_told(betrayed, mill_employer):
    case, told = betrayed
    page = _session(mill_employer).get(f"/tai-nan/{case.public_id}/").content.decode()
    own = Declaration.objects.get(case=case, kind="employer")
    assert own.number in page
    assert told.number not in page
    assert "Công đoàn" not in page


def test_who_told_stands_in_no_table_in_clear(betrayed):
    from django.apps import apps
    from django.db import connection

    existing = set(connection.introspection.table_names())
    tables = sorted({model._meta.db_table for model in apps.get_models()} & existing)
    assert "accident_declarations_declarationevent" in tables
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f'select count(*) from "{table}" t where t::text like any(%s)', [[f"%{s}%" for s in SECRETS]]
            )
            assert cursor.fetchone() == (0,), table


def test_reading_who_told_needs_the_right_a_purpose_and_leaves_a_mark(betrayed, officer, river_officer, leader):
    _case, told = betrayed
    for other in (river_officer, leader):
        with pytest.raises(Refused):
            read_reporter(scene.act(other), declaration=told)
    session = _session(officer)
    url = f"/khai-bao/{told.public_id}/"
    assert REPORTER.name not in session.get(url).content.decode()
    assert session.post(f"{url}nguoi-bao/", {"purpose": ""}).status_code == 422
    assert SensitiveReading.objects.count() == 0
    shown = session.post(f"{url}nguoi-bao/", {"purpose": "Gọi lại để hỏi thêm"})
    assert REPORTER.name in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    mark = SensitiveReading.objects.get()
    assert (mark.user_id, mark.record_id, mark.fields) == (officer.pk, told.public_id, ["reporter"])
    assert mark.purpose == "Gọi lại để hỏi thêm"


def test_the_public_receipt_carries_no_personal_data(betrayed):
    _case, told = betrayed
    page = Client().get(f"/khai-bao/bien-nhan/{told.receipt.code}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert told.content_hash in text.replace("<wbr>", "")
    assert not [word for word in (*SECRETS, "Nhà máy Thử", "Xã Sông Thử", "Ngã từ mái") if word in text]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get("/khai-bao/bien-nhan/KHONGCO/").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_receipt_prints_with_its_code(betrayed, kind):
    _case, told = betrayed
    file = Client().get(f"/khai-bao/bien-nhan/{told.receipt.code}/tep/{kind}/")
    assert file.status_code == 200
    assert len(file.content) > 5_000


def test_an_api_repeats_its_answer_and_makes_one_case(land, mill_employer):
    session, key = _session(mill_employer), new_ulid()
    body = {
        "kind": "employer", "occurred_at": "2026-02-20T08:00:00+07:00", "known_at": "2026-02-20T08:10:00+07:00",
        "place_code": land.river.code, "establishment_tax_code": land.mill.tax_code, "severe": 1,
        "description": "Kẹp tay.", "reporter": {"name": "Người Khai"},
    }  # fmt: skip
    sent = [
        session.post(
            "/api/v1/declarations", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
        )
        for _time in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 200], sent[0].content
    assert sent[0].json() == sent[1].json()
    assert sent[0].json()["id"] == key
    assert sent[0].json()["reporter"] is None
    assert Declaration.objects.count() == 1
