"""Pages of accident cases: what is shown to whom, what is recorded, what happens when a form is wrong or repeated."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.casework.accidents.scene import act, opened, victim_draft

from atvsld.casework.accidents.actions import add_victim
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.history.models import SensitiveReading

LIST, NEW = "/tai-nan/", "/tai-nan/moi/"


@pytest.fixture
def client_of():
    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def text(response) -> str:
    """What a reader sees: no markup, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def filled(land, **changes) -> dict[str, str]:
    moment = (clock.now() - timedelta(days=3)).strftime("%d/%m/%Y %H:%M")
    stated = {
        "key": new_ulid(), "occurred_at": moment, "place_code": str(land.river.pk),
        "establishment_tax_code": "0100109106 – Nhà máy Thử", "conclusion": "pending", "cause_code": "7",
        "property_damage": "1.250.000 đ", "victim-name": "Nguyễn Văn Thử", "victim-sex": "male",
        "victim-labour_relation": "contract", "victim-severity": "severe", "victim-injury_codes": ["024"],
        "victim-managed": "true", "victim-days_lost": "30",
    }  # fmt: skip
    return stated | changes


def test_the_record_shows_verdict_tier_deadline_and_article_but_no_identity(land, officer, client_of):
    case = opened(land, victim_draft(severity="fatal", injury_codes=("024",)), victim_draft(name="Trần Thị Thử"))
    response = client_of(officer).get(f"{LIST}{case.public_id}/")
    seen = text(response)
    assert response.status_code == 200
    said = ["điều tra cấp tỉnh", "Điều 35 khoản 2 Luật 84/2015/QH13", "30 ngày", "trước ngày"]
    for sentence in (*said, "N. V. T.", "Xã Sông Thử", "Nhà máy Thử"):
        assert sentence in seen
    for secret in ("Nguyễn Văn Thử", "Trần Thị Thử", "1990", "Gãy xương sườn"):
        assert secret not in seen
    assert not SensitiveReading.objects.exists()


def test_a_case_that_says_too_little_is_given_no_tier(land, officer, client_of):
    case = opened(land, victim_draft(severity=None))
    assert "Chưa phân cấp được" in text(client_of(officer).get(f"{LIST}{case.public_id}/"))


def test_an_old_unit_is_shown_with_the_unit_of_today(land, officer, client_of):
    case = opened(land, occurred_at=clock.now().replace(year=2025, month=3, day=3), place_id=land.old.pk)
    seen = text(client_of(officer).get(f"{LIST}{case.public_id}/"))
    assert "Xã Bến Cũ" in seen
    assert "Xã Sông Thử (99001)" in seen


def test_identities_are_shown_once_after_a_purpose_is_said_and_the_reading_is_kept(land, officer, leader, client_of):
    case = opened(land)
    url = f"{LIST}{case.public_id}/danh-tinh/"
    assert client_of(officer).post(url, {}).status_code == 422
    assert not SensitiveReading.objects.exists()
    shown = client_of(officer).post(url, {"purpose": "Lập hồ sơ chế độ"})
    assert "Nguyễn Văn Thử" in text(shown)
    assert shown["Cache-Control"] == "no-store"
    assert SensitiveReading.objects.get().purpose == "Lập hồ sơ chế độ"
    assert client_of(officer).get(url).status_code == 405
    assert client_of(leader).post(url, {"purpose": "Xem"}).status_code == 403


def test_the_timeline_says_who_and_why_and_masks_names(land, officer, client_of):
    case = opened(land, by=act(officer))
    add_victim(act(officer), case=case, version=1, victim=victim_draft(name="Lê Văn Giấu"))
    seen = text(client_of(officer).get(f"{LIST}{case.public_id}/"))
    assert "Ghi nhận vụ tai nạn" in seen
    assert "can.bo.tinh" in seen
    assert "Lê Văn Giấu" not in seen


def test_a_record_outside_the_area_does_not_exist(land, river_officer, mill_employer, client_of):
    there = opened(land, place_id=land.hill.pk, establishment_id=land.quarry.pk)
    for user in (river_officer, mill_employer):
        for tail in ("", "sua/", "nguoi-bi-nan/them/"):
            assert client_of(user).get(f"{LIST}{there.public_id}/{tail}").status_code == 404
        assert there.number not in text(client_of(user).get(LIST))


def test_one_form_records_the_case_and_its_first_victim(land, officer, client_of):
    client = client_of(officer)
    assert client.get(NEW).status_code == 200
    form = filled(land)
    response = client.post(NEW, form)
    case = AccidentCase.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{case.public_id}/")
    assert (case.public_id, case.property_damage, case.establishment, case.severity) == (
        form["key"], 1_250_000, land.mill, "severe",
    )  # fmt: skip
    victim = case.victims.get()
    assert (victim.injury_codes, victim.managed, victim.medical_cost) == (["024"], True, None)


def test_a_double_click_records_one_case_and_leads_to_it_twice(land, officer, client_of):
    client, form = client_of(officer), filled(land)
    assert client.post(NEW, form)["Location"] == client.post(NEW, form)["Location"]
    assert AccidentCase.objects.count() == 1
    assert client.post(NEW, form | {"cause_code": "3"}).status_code == 409


def test_a_wrong_form_comes_back_filled_with_sentences_beside_their_fields(land, officer, client_of):
    wrong = {"property_damage": "nhiều", "establishment_tax_code": "Mỏ vàng"}
    response = client_of(officer).post(NEW, filled(land, **wrong))
    assert response.status_code == 422
    seen = text(response)
    assert "Chỉ ghi số nguyên" in seen
    assert "Không tìm thấy cơ sở tên “Mỏ vàng”" in seen
    fixed = client_of(officer).post(NEW, filled(land, **{"victim-severity": "minor"}))
    assert "Ghi mức độ nhẹ nhưng có chấn thương thuộc danh mục chấn thương nặng (024)" in text(fixed)
    assert 'value="Nguyễn Văn Thử"' in fixed.content.decode()
    assert not AccidentCase.objects.exists()


def test_the_forms_of_a_commune_and_of_an_employer_offer_only_what_is_theirs(
    land, river_officer, mill_employer, client_of
):
    commune = client_of(river_officer).get(NEW).content.decode()
    assert f'<option value="{land.river.pk}" selected>' in commune
    assert "Xã Đồi Thử" not in commune
    employer = client_of(mill_employer).get(NEW).content.decode()
    assert "Mỏ đá Thử" not in employer
    assert f'<option value="{land.mill.pk}" selected>' in employer
    made = client_of(mill_employer).post(NEW, filled(land, establishment_tax_code=str(land.mill.pk)))
    assert made.status_code == 302


def test_a_change_against_an_older_version_is_a_conflict_page_with_the_typed_values(land, officer, client_of):
    case = opened(land)
    client, url = client_of(officer), f"{LIST}{case.public_id}/sua/"
    form = {key: value for key, value in filled(land).items() if not key.startswith("victim")} | {"version": "1"}
    assert client.post(url, form | {"cause_code": "1"}).status_code == 302
    lost = client.post(url, form | {"cause_code": "2", "description": "Trượt chân"})
    assert lost.status_code == 409
    assert "Trượt chân" in text(lost)
    assert AccidentCase.objects.get().cause_code == "1"


def test_victims_are_added_changed_and_removed_by_page_each_with_its_trace(land, officer, client_of):
    case, client = opened(land), client_of(officer)
    base = f"{LIST}{case.public_id}/nguoi-bi-nan/"
    assert client.post(f"{base}them/", {"version": "1", "severity": "fatal", "managed": ""}).status_code == 302
    added = Victim.objects.get(position=2)
    assert (added.managed, added.severity, added.name) == (None, "fatal", "")
    page = client.get(f"{base}{added.public_id}/sua/")
    assert page.status_code == 200
    assert SensitiveReading.objects.count() == 1
    client.post(f"{base}{added.public_id}/sua/", {"version": "2", "severity": "minor", "name": "Phạm Thử"})
    added.refresh_from_db()
    assert (added.severity, added.name) == ("minor", "Phạm Thử")
    assert client.post(f"{base}{added.public_id}/bo/", {"version": "3"}).status_code == 422
    assert client.post(f"{base}{added.public_id}/bo/", {"version": "3", "reason": "Ghi trùng"}).status_code == 302
    assert case.victims.count() == 1
    assert "Ghi trùng" in text(client.get(f"{LIST}{case.public_id}/"))


def test_a_reader_sees_no_way_to_change(land, leader, client_of):
    case = opened(land)
    client = client_of(leader)
    assert "Sửa người bị nạn" not in text(client.get(f"{LIST}{case.public_id}/"))
    assert client.get(f"{LIST}{case.public_id}/sua/").status_code == 403
    assert client.get(NEW).status_code == 403


def test_suggestions_come_for_names_without_tone_marks_and_for_tax_codes(land, officer, client_of):
    client = client_of(officer)
    for typed in ("nha may", "01001"):
        answer = client.get("/tai-nan/tim-co-so/", {"establishment_tax_code": typed}).content.decode()
        assert 'value="0100109106 – Nhà máy Thử"' in answer
