"""The list, the record and the forms as people meet them; how many questions each puts to the database."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.casework.accidents import scene
from tests.casework.accidents.declarations.telling import informal, told
from tests.query_counts import assert_queries

from atvsld.casework.accidents.declarations.actions import receive
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.kit.ids import new_ulid

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_the_list_asks_the_same_whatever_its_length(land, session):
    for _time in range(3):
        told(land)
    receive(scene.act(), key=new_ulid(), notice=informal(land))
    session.get("/khai-bao/")
    assert_queries("accident_declarations:list", lambda: session.get("/khai-bao/"))
    page = session.get("/khai-bao/?kind=family").content.decode()
    assert page.count("KB-2026-") == 1
    slow = session.get("/khai-bao/?slow=unknown").content.decode()
    assert slow.count("KB-2026-") == 1
    assert session.get("/khai-bao/?xuat=csv").status_code == 200


def test_a_record_shows_its_instants_its_article_and_its_receipt(land, session):
    made = told(land)
    url = f"/khai-bao/{made.public_id}/"
    session.get(url)
    assert_queries("accident_declarations:declaration", lambda: session.get(url))
    page = session.get(url).content.decode()
    for words in ("N2", "Mẫu số 01 Phụ lục II", "Tạm dùng, chưa được xác nhận", made.receipt.grouped, "4 giờ"):
        assert words in page


def test_the_full_form_comes_filled_in_and_sent_twice_makes_one_version(land, mill_employer):
    client = Client()
    client.force_login(mill_employer)
    quick = receive(scene.act(mill_employer), key=new_ulid(), notice=told_by_mill(land))
    url = f"/khai-bao/{quick.public_id}/day-du/"
    page = client.get(url)
    form, people = page.context["form"], page.context["people"]
    assert form["description"].value() == "Kẹp tay vào máy ép."
    assert [person["severity"].value() for person in people] == ["severe"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"occurred_at": "02/03/2026 05:00", "known_at": "02/03/2026 06:00", "key": page.context["key"]}
    sent |= {f"nguoi1-{name}": people[0][name].value() or "" for name in people[0].fields}
    sent |= {"nguoi1-name": "Người Bị Nạn", "nguoi1-birth_year": "1990", "nguoi1-injury_codes": ["034"]}
    answers = [client.post(url, sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], answers[0].content.decode()[:3000]
    assert Declaration.objects.filter(root=quick.public_id).count() == 2
    victim = quick.case.victims.get()
    assert (victim.name, victim.birth_year, victim.injury_codes) == ("Người Bị Nạn", 1990, ["034"])


def told_by_mill(land):
    from tests.casework.accidents.declarations.telling import notice

    return notice(land)


def test_an_employer_declares_in_six_questions(land, mill_employer):
    client = Client()
    client.force_login(mill_employer)
    page = client.get("/khai-bao/moi/")
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {
        "occurred_at": "01/03/2026 05:00",
        "known_at": "",
        "dead": "1",
        "description": "Điện giật.",
        "key": page.context["key"],
    }
    asked = [name for name in ("occurred_at", "place_code", "establishment_tax_code", "kind", "channel") if sent[name]]
    assert len(asked) == 5, "ngày giờ, nơi, cơ sở, loại tin và hình thức đã chọn sẵn"
    answer = client.post("/khai-bao/moi/", sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    made = Declaration.objects.get()
    assert (made.kind, made.declared_by, made.case.severity) == ("employer", land.mill, "fatal")
