"""Pages of the registers as people with and without rights see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import holder
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.models import Office
from atvsld.registers.places.models import Place
from atvsld.registers.places.tree import PlaceTree

TODAY = date(2026, 11, 24)
FORM = {
    "tax_code": "0314409058-002",
    "name": "Công ty TNHH Mới",
    "ownership_type": "02",
    "industry_version": "2025",
    "industry_code": "1410",
    "verification": "verified",
}


def commune(places: PlaceTree, code: str, day: date = TODAY) -> int:
    node = places.at(code, day)
    assert node is not None
    return node.pk


def sign_in(places: PlaceTree, role: str, code: str, **reach: Any) -> Client:
    user = User.objects.create(username=f"{role}-{code}", email=f"{role}-{code}@mau.invalid", full_name="Người thử")
    where = reach or {"place_id": commune(places, code)}
    Office.objects.create(user=user, role=role, valid_from=date(2025, 7, 1), **where)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(bodies: PlaceTree) -> Client:
    return sign_in(bodies, "province_officer", "48")


@pytest.fixture
def made(bodies: PlaceTree, act: Act) -> Establishment:
    draft = EstablishmentDraft(
        tax_code="0100233488",
        name="Công ty Cổ phần Thử Nghiệm",
        place_id=commune(bodies, "20338", date(2024, 6, 1)),
        industry_version="2018",
        industry_code="4101",
        ownership_type="03",
    )
    return register_establishment(act, draft=draft)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_list_of_places_is_that_of_the_day_asked_for(officer: Client) -> None:
    today = text(officer.get("/dia-ban/", {"tim": "tam ky", "level": "commune"}))
    assert "Phường Tam Kỳ" in today
    assert "94" in today
    then = text(officer.get("/dia-ban/", {"tim": "phuoc hoa", "day": "2024-09-01"}))
    assert "Phường Phước Hòa" in then
    assert "01/09/2024" in then
    assert "Phường Phước Hòa" not in text(officer.get("/dia-ban/", {"tim": "phuoc hoa"}))


def test_places_are_listed_within_a_unit_above(officer: Client) -> None:
    answer = text(officer.get("/dia-ban/", {"day": "2024-09-01", "within": "519", "level": "commune"}))
    assert "Xã Sơn Viên" in answer
    assert "Xã Quế Phú" not in answer


def test_a_place_says_what_it_was_and_what_it_became(officer: Client, bodies: PlaceTree) -> None:
    old = Place.objects.get(code="20296", valid_to__isnull=False)
    answer = text(officer.get(f"/dia-ban/{old.public_id}/", {"day": "2026-01-01"}))
    assert "Phường Hải Vân" in answer
    assert "Phường Liên Chiểu" in answer
    assert "ước lượng" in answer
    assert "1659/NQ-UBTVQH15" in answer
    assert "Ủy ban nhân dân xã Hòa Liên" in answer


def test_an_unconfirmed_succession_is_marked_on_the_page(officer: Client, bodies: PlaceTree) -> None:
    gone = Place.objects.get(code="20239")
    assert "certainty-provisional" in text(officer.get(f"/dia-ban/{gone.public_id}/"))


def test_a_body_shows_its_functions_and_its_successors(officer: Client, bodies: PlaceTree) -> None:
    body = holder("osh_lead", commune(bodies, "49", date(2024, 6, 1)), date(2024, 6, 1))
    answer = text(officer.get(f"/co-quan/{body.public_id}/"))
    assert "Sở Nội vụ tỉnh Quảng Nam" in answer
    assert "01/03/2025" in answer


def test_bodies_are_filtered_by_function_and_day(officer: Client) -> None:
    now = text(officer.get("/co-quan/", {"function": "osh_lead"}))
    then = text(officer.get("/co-quan/", {"function": "osh_lead", "day": "2024-06-01"}))
    assert "Sở Nội vụ thành phố Đà Nẵng" in now
    assert "Thương binh" not in now
    assert "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam" in then


def test_an_establishment_is_found_and_opened(officer: Client, made: Establishment) -> None:
    for asked in ("thu nghiem", "0100233"):
        assert made.name in text(officer.get("/co-so/", {"tim": asked}))
    answer = text(officer.get(f"/co-so/{made.public_id}/"))
    assert "VSIC 2018" in answer
    assert "nay là Phường Tam Kỳ" in answer
    assert "Thêm cơ sở" in answer  # the act in the timeline


def test_the_list_narrows_to_the_ground_of_a_place(officer: Client, made: Establishment, bodies: PlaceTree) -> None:
    here = Place.objects.get(pk=commune(bodies, "20341"))
    elsewhere = Place.objects.get(pk=commune(bodies, "20335"))
    assert made.name in text(officer.get("/co-so/", {"place": here.public_id}))
    assert made.name not in text(officer.get("/co-so/", {"place": elsewhere.public_id}))
    assert made.name in text(officer.get("/co-so/", {"ownership_type": "03", "industry": "2018/41"}))
    assert made.name not in text(officer.get("/co-so/", {"industry": "2025/41"}))


def test_outside_the_own_area_an_establishment_does_not_exist(made: Establishment, bodies: PlaceTree) -> None:
    stranger = sign_in(bodies, "commune_officer", "20335")
    assert made.name not in text(stranger.get("/co-so/"))
    assert stranger.get(f"/co-so/{made.public_id}/").status_code == 404
    neighbour = sign_in(bodies, "commune_officer", "20341")
    assert neighbour.get(f"/co-so/{made.public_id}/").status_code == 200
    assert neighbour.get(f"/co-so/{made.public_id}/sua/").status_code == 403  # may read, may not change


def test_an_officer_registers_and_changes_by_page(officer: Client, bodies: PlaceTree) -> None:
    form = FORM | {"place": commune(bodies, "20341")}
    made = officer.post("/co-so/moi/", form, follow=True)
    assert "Đã thêm cơ sở" in text(made)
    record = Establishment.objects.get()
    changed = officer.post(
        f"/co-so/{record.public_id}/sua/", form | {"name": "Tên đã sửa", "version": "1"}, follow=True
    )
    assert "Đã ghi thay đổi" in text(changed)
    again = officer.post(f"/co-so/{record.public_id}/sua/", form | {"name": "Tên khác", "version": "1"})
    assert again.status_code == 409
    record.refresh_from_db()
    assert record.name == "Tên đã sửa"


def test_problems_stand_beside_their_fields(officer: Client, bodies: PlaceTree) -> None:
    answer = officer.post(
        "/co-so/moi/", FORM | {"place": commune(bodies, "20341"), "tax_code": "0100233480", "industry_code": "99999"}
    )
    assert answer.status_code == 422
    assert "sai chữ số kiểm tra" in text(answer)
    assert "không có trong hệ thống ngành 2025" in text(answer)
    assert not Establishment.objects.exists()


def test_workforce_is_stated_by_page(officer: Client, made: Establishment) -> None:
    url = f"/co-so/{made.public_id}/lao-dong/"
    wrong = officer.post(url, {"year": 2025, "workers": 5, "female_workers": 9, "source": "Báo cáo năm"})
    assert wrong.status_code == 422
    officer.post(url, {"year": 2025, "workers": 50, "female_workers": 9, "source": "Báo cáo năm"})
    assert list(made.workforce.values_list("workers", "payroll")) == [(50, None)]


def test_strangers_are_sent_to_sign_in(bodies: PlaceTree) -> None:
    for address in ("/dia-ban/", "/co-quan/", "/co-so/", f"/co-quan/{Body.objects.all()[0].public_id}/"):
        assert Client().get(address).status_code == 302


def test_lists_are_exported_as_shown(officer: Client, made: Establishment) -> None:
    answer = officer.get("/co-so/", {"xuat": "csv"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "0100233488" in content.decode("utf-8-sig")
    assert "Công ty cổ phần" in content.decode("utf-8-sig")
