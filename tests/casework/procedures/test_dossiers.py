"""Dossiers through their steps: who may, what may follow, double clicks; figures beside a plain tally; public pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from urllib.parse import urlsplit

import pytest

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

pytestmark = pytest.mark.django_db


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


MONDAY = date(2026, 3, 2)


def received(scene, day: date = MONDAY, *, by=None, key=None, body=None, **stated):
    from atvsld.casework.procedures.actions import Received, receive

    given = {"procedure": "support-training", "applicant": "Nguyễn Văn Thử", "at": at(day)} | stated
    act = scene.act(by or scene.officer, date(2026, 9, 30))
    return receive(act, key=key or new_ulid(), body=body or scene.lead, stated=Received(**given))


def step(scene, application, kind: str, day: date, text: str = "", *, by=None, version=None):
    from atvsld.casework.procedures.actions import take_step

    application.refresh_from_db()
    return take_step(
        scene.act(by or scene.officer, date(2026, 9, 30)), application=application,
        version=version or application.version, kind=kind, at=at(day, 3), text=text,
    )  # fmt: skip


def test_a_dossier_asked_for_papers_is_judged_by_the_days_it_lay_in_the_office(scene):
    held = received(scene)
    assert (held.span, held.unit, held.due_on) == (15, "working", date(2026, 3, 23))
    step(scene, held, "ask", MONDAY + timedelta(days=4), "Thiếu chứng từ thanh toán")
    held.refresh_from_db()
    assert (held.state, held.due_on, held.days_used) == ("waiting", None, 4)
    step(scene, held, "complete", MONDAY + timedelta(days=28))
    step(scene, held, "grant", MONDAY + timedelta(days=35))
    held.refresh_from_db()
    assert (held.days_used, held.days_waited, held.in_time) == (9, 24, True)
    step(scene, held, "followed", MONDAY + timedelta(days=38))
    with pytest.raises(Rejected):
        step(scene, held, "followed", MONDAY + timedelta(days=39))


def test_a_dossier_incomplete_on_receipt_begins_to_count_when_it_is_complete(scene):
    with pytest.raises(Rejected, match="thiếu giấy tờ nào"):
        received(scene, complete=False)
    held = received(scene, complete=False, missing="Chứng từ thanh toán")
    assert (held.state, held.due_on) == ("waiting", None)
    step(scene, held, "complete", MONDAY + timedelta(days=14))
    held.refresh_from_db()
    assert held.due_on == date(2026, 4, 6)
    step(scene, held, "refuse", date(2026, 4, 7), "Không đủ điều kiện về thời gian đóng")
    held.refresh_from_db()
    assert (held.in_time, held.finished_on) == (False, date(2026, 4, 7))


def test_only_the_deciding_body_writes_and_what_cannot_follow_is_refused(scene):
    with pytest.raises(Rejected, match="không giữ chức năng"):
        received(scene, body=scene.health, by=scene.other)
    with pytest.raises(Refused):
        received(scene, by=scene.employer)
    with pytest.raises(Rejected, match="bộ pháp luật"):
        received(scene, date(2026, 8, 3), procedure="training-licence-b")
    with pytest.raises(Rejected, match="ở địa phương"):
        received(scene, procedure="lower-contribution")
    held = received(scene)
    with pytest.raises(Refused):
        step(scene, held, "grant", MONDAY, by=scene.other)
    with pytest.raises(Rejected, match="không ghi được bước này"):
        step(scene, held, "complete", MONDAY)
    with pytest.raises(Rejected, match="trước bước"):
        step(scene, held, "grant", MONDAY - timedelta(days=1))
    with pytest.raises(Rejected, match="nội dung, lý do"):
        step(scene, held, "refuse", MONDAY)


def test_a_double_click_gives_one_dossier_and_one_result(scene):
    key = new_ulid()
    first, second = received(scene, key=key), received(scene, key=key)
    assert first.pk == second.pk
    assert first.steps.count() == 1
    seen = first.version
    step(scene, first, "grant", MONDAY + timedelta(days=1), version=seen)
    with pytest.raises(Conflict):
        step(scene, first, "grant", MONDAY + timedelta(days=1), version=seen)
    first.refresh_from_db()
    assert first.steps.filter(kind="grant").count() == 1


def test_the_body_that_took_over_goes_on_with_the_dossiers_of_the_old_one(scene):
    from atvsld.casework.procedures.models import Application

    old = received(scene, date(2025, 6, 27), body=scene.old)
    step(scene, old, "grant", date(2025, 7, 10))
    assert Application.objects.get(pk=old.pk).in_time is True


@pytest.fixture
def year(scene):
    """Dossiers of one year: in time, late, waiting, withdrawn, of another procedure."""
    for days in (3, 9, 20, 40):
        held = received(scene)
        step(scene, held, "grant", MONDAY + timedelta(days=days))
    refused = received(scene, establishment=scene.land.mill)
    step(scene, refused, "refuse", MONDAY + timedelta(days=12), "Không đủ điều kiện")
    waiting = received(scene)
    step(scene, waiting, "ask", MONDAY + timedelta(days=2), "Thiếu bản sao")
    gone = received(scene)
    step(scene, gone, "withdraw", MONDAY + timedelta(days=2))
    declared = received(scene, procedure="equipment-declaration")
    step(scene, declared, "grant", MONDAY + timedelta(days=5))
    received(
        scene, procedure="monitoring-announcement", body=scene.health, by=scene.other, applicant="Trung tâm Quan trắc"
    )
    return scene


def test_figures_are_those_of_a_plain_tally_and_lead_to_the_very_dossiers(year, client):
    from atvsld.casework.procedures import figures
    from atvsld.casework.procedures.models import Application
    from atvsld.registers.proofs import Asked, find, measure_of

    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=frozenset({year.lead.pk, year.old.pk}))
    rows = [
        one for one in Application.objects.all()
        if one.state in ("granted", "refused") and one.body_id == year.lead.pk and one.finished_on.year == 2026
    ]  # fmt: skip
    expected = {
        "published": 0, "decided": len(rows), "in_time": sum(one.in_time for one in rows),
        "late": sum(not one.in_time for one in rows),
    }  # fmt: skip
    measure = measure_of("procedures")
    told = {one.key: one for one in measure.figures(asked)}
    assert {key: int(told[key].value) for key in expected} == expected == {
        "published": 0, "decided": 6, "in_time": 5, "late": 1,
    }  # fmt: skip
    assert float(told["median_share"].value) == pytest.approx(
        median(100 * one.days_used / one.span for one in rows), abs=0.06
    )
    client.force_login(year.officer)
    for key in ("decided", "in_time", "late"):
        behind = list(measure.records(asked, key))
        assert len(behind) == expected[key]
        shown = client.get(told[key].url).context["table"].rows
        assert {row.record.public_id for row in shown} == {one.key for one in behind}
        assert all(find("procedure_time", one.key) for one in behind)
    assert list(measure.records(asked, "no such figure")) == []
    by = figures.measured(Application.objects.all(), asked.start, asked.end, date(2026, 9, 30))
    trained = [one for one in rows if one.procedure == "support-training"]
    assert by["support-training"].median == median(one.days_used for one in trained)
    assert (by["support-training"].decided, by["support-training"].open) == (5, 1)
    assert by["monitoring-announcement"].overdue == 1


def test_a_name_is_masked_to_all_but_those_who_handle_the_dossier(year, client):
    client.force_login(year.officer)
    assert "Nguyễn Văn Thử" in client.get("/thu-tuc/ho-so/").content.decode()
    client.force_login(year.other)
    page = client.get("/thu-tuc/ho-so/").content.decode()
    assert "Nguyễn Văn Thử" not in page
    assert "Nguyễn Văn Thử" not in client.get("/thu-tuc/ho-so/?xuat=csv").getvalue().decode()
    client.force_login(year.employer)
    own = client.get("/thu-tuc/ho-so/").context["table"].rows
    assert [row.record.establishment_id for row in own] == [year.land.mill.pk]


def test_the_public_sees_procedures_and_follows_a_dossier_by_its_code_without_a_name(year, client):
    from atvsld.casework.procedures.actions import Published, publish
    from atvsld.casework.procedures.models import Application

    stated = Published(decision="12/QĐ-UBND", desk="Bộ phận một cửa", published_on=date(2026, 1, 5))
    act = year.act(year.officer)
    publish(act, procedure="support-training", body=year.lead, stated=stated)
    with pytest.raises(Rejected, match="không giữ chức năng"):
        publish(act, procedure="support-training", body=year.health, stated=stated)
    with pytest.raises(Conflict):
        publish(act, procedure="support-training", body=year.lead, stated=stated)
    listed = client.get("/cong-khai/thu-tuc/").content.decode()
    assert "Hỗ trợ kinh phí huấn luyện" in listed
    one = client.get("/cong-khai/thu-tuc/support-training/").content.decode()
    assert "12/QĐ-UBND" in one
    assert "Điều 36 khoản 2" in one
    held = Application.objects.filter(state="waiting").get()
    page = client.get(f"/cong-khai/thu-tuc/tra-cuu/?ma={held.grouped.lower()}")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "Thử" not in page.content.decode().replace("Sở Nội vụ thử", "")
    assert client.get("/cong-khai/thu-tuc/tra-cuu/?ma=AAAAA-AAAAA").status_code == 404


def test_pages_of_officers_take_a_dossier_in_and_on(year, client):
    from atvsld.casework.procedures.models import Application

    client.force_login(year.officer)
    for address in ("/thu-tuc/", "/thu-tuc/support-training/", "/thu-tuc/support-training/cong-bo/"):
        assert client.get(address).status_code == 200
    page = client.get("/thu-tuc/ho-so/moi/?thu_tuc=support-training")
    sent = {
        "key": page.context["key"], "procedure": "support-training", "body": year.lead.pk, "channel": "online",
        "tax_code": year.land.mill.tax_code, "at": "02/03/2026 09:00", "complete": "on",
    }  # fmt: skip
    first = client.post("/thu-tuc/ho-so/moi/", sent)
    again = client.post("/thu-tuc/ho-so/moi/", sent)
    assert first.status_code == 302
    assert urlsplit(first["Location"]).path == urlsplit(again["Location"]).path
    held = Application.objects.get(public_id=first["Location"].split("/")[-2])
    assert held.applicant == "Nhà máy Thử"
    address = f"/thu-tuc/ho-so/{held.public_id}/buoc/ask/"
    wrong = client.post(address, {"at": "03/03/2026 09:00", "version": held.version})
    assert wrong.status_code == 422
    done = client.post(address, {"at": "03/03/2026 09:00", "version": held.version, "text": "Thiếu bản sao"})
    assert done.status_code == 302
    assert "Thiếu bản sao" in client.get(f"/thu-tuc/ho-so/{held.public_id}/").content.decode()
