"""The pages in the hands of an officer, a commune, an employer and a stranger; and the same over the API."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.oversight.snapshots import ground

from atvsld.casework.accidents.models import Victim
from atvsld.oversight.snapshots import actions
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.platform.accounts.models import User
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ground.world()


def signed_in(role: str, **reach) -> Client:
    user = User.objects.create(username=f"{role}-thu")
    Office.objects.create(user=user, role=role, valid_from=date(2020, 1, 1), **reach)
    client = Client()
    client.force_login(user)
    return client


def hidden(page, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def test_an_officer_accepts_opens_a_passport_and_revises(world):
    client = signed_in("province_officer", place=world[0])
    page = client.get("/bao-cao/ND39-XIV/?period=2024&place=48")
    way = re.search(r'href="(/bao-cao/chot/chap-nhan/[^"]+)"', page.content.decode())
    assert way
    address = way.group(1).replace("&amp;", "&")
    form = client.get(address)
    sent = {"reason": "đã rà", "key": hidden(form, "key")}
    answer = client.post(address, sent)
    snapshot = ReportSnapshot.objects.get()
    home = reverse("snapshots:report", args=[snapshot.public_id])
    assert answer.url == home
    # A double click leads to the same report.
    assert client.post(address, sent).url == home
    assert ReportSnapshot.objects.count() == 1
    assert "đã được chấp nhận" in client.get("/bao-cao/ND39-XIV/?period=2024&place=48").content.decode()

    page = client.get(home).content.decode()
    links = set(re.findall(r'href="(/bao-cao/chot/[^"]+/so-lieu/\?[^"]+)"', page))
    assert len(links) > 100
    for link in sorted(links)[::97]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    for kind in ("pdf", "docx", "xlsx", "json", "html"):
        assert client.get(reverse("snapshots:file", args=[snapshot.public_id, kind])).status_code == 200
    assert client.get(reverse("snapshots:file", args=[snapshot.public_id, "exe"])).status_code == 404
    assert client.get(f"{home}so-lieu/?table=Z&row=1&column=1").status_code == 404

    Victim.objects.filter(case__occurred_at__year=2024, case__conclusion="occupational").update(severity="fatal")
    assert client.post(reverse("snapshots:compare", args=[snapshot.public_id])).url.endswith("/khac-biet/")
    page = client.get(reverse("snapshots:differences", args=[snapshot.public_id]))
    assert "Hồ sơ đã làm nên khác biệt" in page.content.decode()
    revise = reverse("snapshots:revise", args=[snapshot.public_id])
    form = client.get(revise)
    sent = {"reason": "Rà lại mức độ", "key": hidden(form, "key"), "version": hidden(form, "version")}
    assert client.post(revise, sent | {"reason": ""}).status_code == 422
    second = client.post(revise, sent)
    assert ReportSnapshot.objects.get(number=2).public_id in second.url
    assert "Thay đổi so với lần trước" in client.get(second.url).content.decode()
    assert "Đã có bản sửa thay thế" in client.get(home).content.decode()
    # The old form sent once more, under another key, meets a clear sentence.
    late = client.post(revise, sent | {"key": "khac"})
    assert late.status_code == 422


def test_others_see_only_their_own_and_change_nothing(world):
    top, communes, owners = world
    province, own = ground.accepted("ND39-XIV"), ground.accepted("ND39-XVI", key="k2", place="20190")
    employer = ground.accepted("ND39-XII", key="k3", establishment="0400000000")
    seen = {
        "commune": (signed_in("commune_officer", place=communes[0]), {own, employer}),
        "employer": (signed_in("employer", establishment=owners[0]), {employer}),
        "leader": (signed_in("leader", place=top), {province, own, employer}),
    }
    for name, (client, visible) in seen.items():
        for snapshot in (province, own, employer):
            expected = 200 if snapshot in visible else 404
            for route in ("report", "differences"):
                address = reverse(f"snapshots:{route}", args=[snapshot.public_id])
                assert client.get(address).status_code == expected, (name, snapshot)
            assert client.get(reverse("snapshots:file", args=[snapshot.public_id, "pdf"])).status_code == expected
            for route in ("revise", "withdraw"):
                assert client.get(reverse(f"snapshots:{route}", args=[snapshot.public_id])).status_code == 403
        page = client.get(reverse("snapshots:list")).content.decode()
        assert sum(snapshot.public_id in page for snapshot in (province, own, employer)) == len(visible)
        assert client.get("/bao-cao/chot/chap-nhan/?form=ND39-XIV&period=2024").status_code == 403
        assert (
            "Chấp nhận số liệu"
            not in client.get("/bao-cao/ND39-XII/?period=2024&establishment=0400000000").content.decode()
        )
    stranger = Client().get(reverse("snapshots:report", args=[province.public_id]))
    assert stranger.url.startswith("/tai-khoan/login/")


def test_the_api_tells_the_same(world):
    snapshot = ground.accepted("ND39-XIV")
    client = signed_in("leader", place=world[0])
    listed = client.get("/api/v1/accepted-reports?form=nd39-xiv").json()
    assert [(one["id"], one["number"], one["overtaken"]) for one in listed["items"]] == [(snapshot.public_id, 1, False)]
    one = client.get(f"/api/v1/accepted-reports/{snapshot.public_id}").json()
    assert one["report"]["tables"][1]["rows"][0]["key"] == "1"
    query = "?table=II&row=1&column=6"
    figure = client.get(f"/api/v1/accepted-reports/{snapshot.public_id}/figure{query}").json()
    assert figure["value"] == figure["now"] == figure["counted"]["total"]
    assert client.get(f"/api/v1/accepted-reports/{snapshot.public_id}/figure?table=Z&row=1").status_code == 422
    outside = signed_in("employer", establishment=world[2][0])
    assert outside.get("/api/v1/accepted-reports").json()["items"] == []
    assert outside.get(f"/api/v1/accepted-reports/{snapshot.public_id}").status_code == 404


def test_a_withdrawn_report_says_so_to_everybody(world):
    snapshot = ground.accepted("ND39-XIV")
    actions.withdraw(ground.act("Chấp nhận nhầm kỳ"), snapshot=snapshot, version=1)
    assert "đã được rút" in Client().get(f"/so-lieu/{snapshot.code}/").content.decode()
    client = signed_in("leader", place=world[0])
    assert "Chấp nhận nhầm kỳ" in client.get(reverse("snapshots:report", args=[snapshot.public_id])).content.decode()
