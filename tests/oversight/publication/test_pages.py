"""Pages: the desk, the public page without sign-in, its files, the sheets; nobody sees drafts who may not."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.casework.accidents.scene import person
from tests.oversight.publication import scene

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.publication import actions, sheets
from atvsld.oversight.publication.models import Notice
from atvsld.platform.acts import clock
from atvsld.registers.places.models import PlaceParent

pytestmark = pytest.mark.django_db
SIGNER = actions.Signer("Nguyễn Văn Thử")


@pytest.fixture
def world(monkeypatch):
    top, communes = scene.land(count=300)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 20, 3, tzinfo=UTC))
    return top, communes


def publish(period: str = "2025", reason: str = "") -> Notice:
    act = scene.act(scene.YEAR_OUT)
    notice = actions.draft_notice(act, key=new_ulid(), place_code="48", period=Period.parse(period), reason=reason)
    return actions.issue_notice(act, notice=notice, version=notice.version, on=act.day, signer=SIGNER)


def test_an_officer_drafts_writes_and_publishes_by_page(world, client):
    officer = person("can.bo", "province_officer", at=world[0])
    client.force_login(officer)
    page = client.get(reverse("publication:list"))
    assert "30/01/2026" in page.content.decode()
    key = new_ulid()
    for _twice in range(2):
        answer = client.post(reverse("publication:start", args=["2025"]), {"key": key})
        assert answer.status_code == 302
    notice = Notice.objects.get()
    shown = client.get(answer.url).content.decode()
    assert "{so_vu}" in shown
    words = {**notice.sections, "version": notice.version, "tinh_hinh": "Xảy ra 12 vụ."}
    refused = client.post(reverse("publication:words", args=[notice.public_id]), words)
    assert refused.status_code == 422
    assert "số gõ tay: 12" in refused.content.decode()
    accepted = client.post(
        reverse("publication:words", args=[notice.public_id]), words | {"tinh_hinh": "Xảy ra {so_vu} vụ."}
    )
    assert accepted.status_code == 302
    for kind in ("docx", "pdf"):
        assert client.get(reverse("publication:draft_file", args=[notice.public_id, kind])).status_code == 200
    answer = client.post(
        reverse("publication:issue", args=[notice.public_id]),
        {"version": 2, "issued_on": "20/01/2026", "signer_name": "Nguyễn Văn Thử", "signer_title": "Giám đốc"},
    )
    assert answer.status_code == 302
    notice.refresh_from_db()
    assert notice.state == "issued"
    client.logout()
    public = client.get(reverse("public_notices:notice", args=["2025"])).content.decode()
    assert f"Xảy ra {scene.tally('2025-01-01', '2025-12-31')['so_vu']} vụ." in public
    assert "01/TB-SNV" in public


def test_the_public_page_its_files_and_its_editions_need_no_sign_in(world, client):
    first = publish()
    scene.late_death(world[1][0])
    second = publish(reason="Một người chết sau ngày công bố")
    page = client.get("/cong-khai/tai-nan/2025/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Một người chết sau ngày công bố" in text
    assert "Thay đổi so với lần công bố trước" in text
    assert "Lần công bố này đã được thay thế" in client.get("/cong-khai/tai-nan/2025/lan-0/").content.decode()
    listed = client.get("/cong-khai/tai-nan/").content.decode()
    assert "Đã có bản điều chỉnh" in listed
    data = json.loads(client.get("/cong-khai/tai-nan/2025/lan-1/so-lieu.json").content)
    lines = list(
        csv.DictReader(io.StringIO(client.get("/cong-khai/tai-nan/2025/lan-1/so-lieu.csv").content.decode("utf-8-sig")))
    )
    deaths = next(line for line in lines if line["ma"] == "so_chet" and line["ky"] == "2025")
    assert int(deaths["gia_tri"]) == scene.tally("2025-01-01", "2025-12-31")["so_chet"]
    assert {figure["name"]: figure["value"] for figure in data["figures"]}["so_chet"] == deaths["gia_tri"]
    assert data["differences"]
    for kind in ("docx", "pdf"):
        assert client.get(f"/cong-khai/tai-nan/2025/lan-0/thong-bao.{kind}").status_code == 200
    for missing in ("2024", "2025-H1", "abc", "2025/lan-7", "2025/lan-99999999"):
        assert client.get(f"/cong-khai/tai-nan/{missing}/").status_code == 404
    assert (first.revision, second.revision) == (0, 1)


def test_nothing_that_is_withheld_leaves_by_any_public_door(world, client):
    notice = publish("2025-H1")
    hidden = set(notice.editions["2025-H1"]["counts"])
    text = client.get("/cong-khai/tai-nan/2025-H1/lan-0/so-lieu.json").content.decode()
    assert "editions" not in text
    assert not any(name in text for name in hidden)
    data = json.loads(text)
    for figure in data["figures"]:
        assert (figure["value"] is None) == (figure["state"] != "shown")
    exempt = {"so_vu", "so_vu_chet", "so_nguoi", "so_chet", "vu_da_cong_bo", "vu_dang_giai_quyet", "vu_cho_ket_luan",
              "co_so", "co_so_bao_cao"}  # fmt: skip
    for figure in data["figures"]:
        base = figure["name"].removeprefix("hd_").removeprefix("khd_")
        if base not in exempt and figure["unit"] in {"vụ", "người"} and figure["value"] is not None:
            assert not 0 < int(figure["value"]) < 5, figure
    for table in data["tables"]:
        for line in table["lines"]:
            if line["kind"] == "data":
                assert all(value is None or not 0 < value < 5 for value in line["now"].values()), (table["id"], line)


def test_drafts_are_seen_by_those_who_may_and_written_by_fewer(world, client):
    act = scene.act(scene.YEAR_OUT)
    notice = actions.draft_notice(act, key=new_ulid(), place_code="48", period=Period.parse("2025"))
    url = reverse("publication:notice", args=[notice.public_id])
    for role, sees, writes in (("leader", 200, 403), ("province_officer", 200, 200), ("commune_officer", 403, 403)):
        client.force_login(person(f"nguoi.{role}", role, at=world[0] if role != "commune_officer" else world[1][0]))
        assert client.get(url).status_code == sees, role
        assert client.get(reverse("publication:words", args=[notice.public_id])).status_code == writes, role
    client.logout()
    assert client.get(url).status_code == 302
    assert client.get("/cong-khai/tai-nan/2025/").status_code == 404


def test_the_sheets_come_from_the_posters_own_records(world, client):
    top, communes = world
    officer = person("can.bo.xa", "commune_officer", at=communes[0])
    client.force_login(officer)
    page = client.get(reverse("publication:sheet"), {"period": "2025"})
    assert page.status_code == 200
    assert "15/01/2026" in page.content.decode()
    made = sheets.prepare(scene.act(scene.YEAR_OUT).actor, "commune", period="2025", place=communes[0].code,
                          at=scene.YEAR_OUT)  # fmt: skip
    table = sheets.document(made).tables[0]
    from atvsld.casework.accidents.models import Victim

    mine = Victim.objects.filter(case__place=communes[0], case__conclusion="occupational", labour_relation="none")
    counts = [mine.filter(case__occurred_at__year=year).count() for year in (2024, 2025)]
    people = next(row for row in table.rows if row.key == "Số người bị nạn")
    assert [cell.value for cell in people.cells[1:3]] == counts
    for kind in ("docx", "pdf"):
        answer = client.get(reverse("publication:sheet"), {"period": "2025", "tep": kind})
        assert answer.status_code == 200
    other = client.get(reverse("publication:sheet"), {"period": "2025", "place": communes[1].code})
    assert other.status_code == 403
    assert client.get(reverse("publication:sheet"), {"period": "hôm qua"}).status_code == 422
    assert PlaceParent.objects.filter(parent=top).exists()


def test_systems_read_what_the_public_reads(world, client):
    publish()
    client.force_login(person("can.bo", "province_officer", at=world[0]))
    listed = client.get("/api/v1/accident-notices").json()
    assert [(one["period"], one["state"]) for one in listed] == [("2025", "issued")]
    one = client.get("/api/v1/accident-notices/2025").json()
    assert one == json.loads(client.get("/cong-khai/tai-nan/2025/lan-0/so-lieu.json").content)
    assert client.get("/api/v1/accident-notices/2024").status_code == 404
