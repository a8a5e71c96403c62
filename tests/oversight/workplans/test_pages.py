"""Whoever plans and whoever oversees get through their work by page; what is typed is kept on a conflict."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.oversight.workplans import scene
from tests.oversight.workplans.test_work import PDF

from atvsld.oversight.workplans import facade


@pytest.fixture
def land(db):
    return scene.build()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_plan_from_nothing_to_taken_in(land):
    mine, lead = client_of(land.planner), client_of(land.officer)
    assert "Lập kế hoạch năm" in mine.get("/ke-hoach/?nam=2026").content.decode()
    assert str(land.health) in lead.get("/ke-hoach/?nam=2026").content.decode()  # has no plan yet
    given = {"owner": f"body:{land.health.public_id}", "year": "2026", "programme": scene.PROGRAMME}
    url = mine.post("/ke-hoach/moi/", given).url
    assert mine.post("/ke-hoach/moi/", given).url == url
    plan = facade.WorkPlan.objects.get()
    mine.post(f"{url}de-xuat/", {"version": plan.version})
    mine.post(f"{url}de-xuat/", {"version": plan.version})  # a double click
    count = plan.tasks.count()
    assert count > 5
    form = {"version": "2", "title": "Mở lớp", "starts_on": "01/02/2026", "ends_on": "01/03/2026", "clause": "IV.2.1"}
    assert mine.post(f"{url}them/", form).status_code == 302
    late = mine.post(f"{url}them/", form)
    assert late.status_code == 422
    assert "Mở lớp" in late.content.decode()  # what was typed is kept
    assert plan.tasks.count() == count + 1
    plan.refresh_from_db()
    mine.post(f"{url}gui/", {"version": plan.version})
    plan.refresh_from_db()
    assert lead.post(f"{url}tra-lai/", {"version": plan.version, "text": "Thiếu số lớp"}).status_code == 302
    assert "Thiếu số lớp" in mine.get(url).content.decode()
    plan.refresh_from_db()
    mine.post(f"{url}gui/", {"version": plan.version})
    plan.refresh_from_db()
    lead.post(f"{url}tiep-nhan/", {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert client_of(land.village).get(url).status_code == 404


def test_a_task_reported_proven_and_its_proof_taken_away_is_red_again(land):
    mine = client_of(land.planner)
    task = scene.plan_of(land).tasks.first()
    url = f"/ke-hoach/nhiem-vu/{task.public_id}/"
    said = {"version": "1", "state": "doing", "percent": "30", "text": "Đã mở một lớp"}
    assert mine.post(f"{url}tien-do/", said).status_code == 302
    assert "chưa có bằng chứng" in mine.get(url).content.decode()
    upload = SimpleUploadedFile("bien-ban.pdf", PDF)
    given = {"file-form": "1", "kind": "report_paper", "file": upload, "label": "Biên bản lớp", "day": "01/03/2026"}
    assert mine.post(f"{url}bang-chung/", given).status_code == 302
    shown = mine.get(url).content.decode()
    assert "chưa có bằng chứng" not in shown
    proof = task.evidence.get()
    assert mine.get(f"/ke-hoach/bang-chung/{proof.public_id}/tep/").content == PDF
    assert client_of(land.village).get(f"/ke-hoach/bang-chung/{proof.public_id}/tep/").status_code == 404
    mine.post(f"/ke-hoach/bang-chung/{proof.public_id}/bo/", {"version": "2", "why": "Nhầm lớp"})
    assert "chưa có bằng chứng" in mine.get(url).content.decode()
    found = mine.get("/ke-hoach/nhiem-vu/?proof=claim&year=2026")
    assert [row.pk for row in found.context["table"].data.data] == [task.pk]


def test_a_body_asked_for_help_reads_the_task_and_answers(land):
    mine, asked = client_of(land.planner), client_of(land.village)
    task = scene.plan_of(land).tasks.first()
    url = f"/ke-hoach/nhiem-vu/{task.public_id}/"
    assert asked.get(url).status_code == 404
    mine.post(f"{url}ho-tro/", {"version": "1", "to": land.commune.pk, "text": "Mượn hội trường"})
    assert asked.get(url).status_code == 200
    assert "Mượn hội trường" in asked.get("/ke-hoach/ho-tro/").content.decode()
    request = facade.HelpRequest.objects.get()
    asked.post(f"/ke-hoach/ho-tro/{request.public_id}/", {"state": "accepted", "answer": "Được"})
    assert "Được" in mine.get(url).content.decode()
    said = {"version": "1", "state": "doing", "percent": "10", "text": "x"}
    assert asked.post(f"{url}tien-do/", said).status_code == 403


def test_a_sheet_with_mistakes_shows_each_by_row(land):
    mine = client_of(land.planner)
    plan = scene.plan_of(land)
    sheet = "Nội dung,Nhiệm vụ,Từ ngày,Đến hết ngày\nIV.2.1,Việc,40/01/2026,01/02/2026\n"
    upload = SimpleUploadedFile("ke-hoach.csv", sheet.encode("utf-8-sig"))
    page = mine.post(f"/ke-hoach/{plan.public_id}/nhap/", {"version": plan.version, "file": upload})
    assert page.status_code == 422
    assert "Không đọc được ngày." in page.content.decode()
    good = SimpleUploadedFile("ke-hoach.csv", sheet.replace("40/01", "20/01").encode("utf-8-sig"))
    assert mine.post(f"/ke-hoach/{plan.public_id}/nhap/", {"version": plan.version, "file": good}).status_code == 302
    assert plan.tasks.filter(title="Việc").exists()
    assert mine.get(f"/ke-hoach/{plan.public_id}/bang-tinh/").status_code == 200
