"""Pages and files: what officers see, open and take away; what others do not."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from tests.oversight.consolidation.stage import body, file
from tests.oversight.consolidation.test_accepting import LINE
from tests.oversight.reporting import province

from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.platform.accounts.models import User
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db
XIV = "/tong-hop/ND39-XIV/"


@pytest.fixture
def land():
    place, communes = province.places()
    body("so-noi-vu", place, "osh_lead")
    firms = province.establishments(communes)
    province.accidents(communes, firms, seed=3, count=60)
    file(firms[0], "R1", "2024", LINE)
    file(firms[1], "R1", "2024", {}, nil=True)
    return place, communes, firms


def signed_in(role: str, place=None, establishment=None) -> Client:
    user = User.objects.create(username=role, full_name=f"Người {role}")
    Office.objects.create(user=user, role=role, place=place, establishment=establishment, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_walks_from_the_sum_to_the_unit_and_accepts(land):
    place, _communes, firms = land
    client = signed_in("province_officer", place)
    assert "ND39-XIV" in client.get("/tong-hop/").content.decode()
    page = client.get(f"{XIV}?period=2024").content.decode()
    assert "Chưa nộp (không phải là không phát sinh)" in page
    units = f"{XIV}don-vi/?period=2024&amp;place=48"
    assert f"{XIV}don-vi/?period=2024&amp;basis" in page or units in page or "don-vi/?period=2024" in page
    page = client.get(f"{XIV}don-vi/?period=2024&table=II&row=1&column=6").content.decode()
    assert firms[0].name in page
    assert "/nop-bao-cao/" in page
    assert "Đơn vị chưa nộp báo cáo" in page
    assert client.get(f"{XIV}don-vi/?period=2024&table=II&row=1.1.1&column=11").status_code == 200
    page = client.get(f"{XIV}doi-chieu/?period=2024").content.decode()
    assert "Chênh lệch" in page
    assert "Báo cáo ít hơn sổ" in page
    form = client.get(f"{XIV}chap-nhan/?period=2024")
    hidden = form.context["form"].initial
    answer = client.post(f"{XIV}chap-nhan/?period=2024", {**hidden, "reason": ""})
    report = ConsolidatedReport.objects.get()
    assert answer.headers["Location"] == f"/tong-hop/da-chap-nhan/{report.public_id}/"
    # The same click sent twice accepts once.
    assert client.post(f"{XIV}chap-nhan/?period=2024", {**hidden, "reason": ""}).status_code == 302
    assert ConsolidatedReport.objects.count() == 1
    file(firms[2], "R1", "2024", LINE, late=True)
    page = client.get(f"/tong-hop/da-chap-nhan/{report.public_id}/?kiem-tra=1").content.decode()
    assert "Nộp sau khi chấp nhận" in page
    assert firms[2].name in page
    assert "mọi ô bằng số đã chấp nhận" in page
    kept = client.get(f"/tong-hop/da-chap-nhan/{report.public_id}/json/")
    assert json.loads(kept.content)["coverage"]["counted"] == 2
    assert client.get(f"/tong-hop/da-chap-nhan/{report.public_id}/docx/").content[:2] == b"PK"
    # What was accepted stays, whatever the page shows now.
    live = client.get(f"/api/v1/consolidations/nd39-xiv?period=2024&place={place.code}").json()
    assert live["coverage"]["counted"] == 3


@pytest.mark.parametrize("form", ["ND39-XIV", "ND39-XV", "ND39-XVI", "TT07-III", "TT19-9", "TT19-10"])
def test_every_form_prints(land, form):
    client = signed_in("province_officer", land[0])
    for kind, mark in {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "json": b"{", "html": b"<"}.items():
        answer = client.get(f"/tong-hop/{form}/tai-ve/{kind}/?period=2025")
        assert answer.status_code == 200
        assert answer.content.lstrip().startswith(mark)
        answer = client.get(f"/tong-hop/{form}/doi-chieu/tai-ve/{kind}/?period=2024")
        assert answer.content.lstrip().startswith(mark)
    assert client.get(f"/tong-hop/{form}/doi-chieu/?period=2025&tat-ca=1").status_code == 200


def test_others_see_their_own_ground_and_accept_nothing(land):
    place, communes, firms = land
    assert Client().get("/tong-hop/").status_code == 302
    employer = signed_in("employer", establishment=firms[0])
    assert employer.get("/tong-hop/").status_code == 403
    leader = signed_in("leader", place)
    assert leader.get(f"{XIV}?period=2024").status_code == 200
    assert leader.get(f"{XIV}chap-nhan/?period=2024").status_code == 403
    commune = signed_in("commune_officer", communes[0])
    assert commune.get(f"{XIV}?period=2024").status_code == 200
    assert commune.get(f"{XIV}?period=2024&place=48").status_code == 403
    assert commune.get("/tong-hop/ND39-XII/").status_code == 404
    answer = leader.get("/api/v1/consolidations/nd39-xiv/units?period=2024&place=48&table=II&row=1&column=6").json()
    assert {line["code"] for line in answer} >= {firms[0].tax_code}
    both = leader.get("/api/v1/consolidations/nd39-xiv/comparison?period=2024&place=48").json()
    assert both["differences"]
