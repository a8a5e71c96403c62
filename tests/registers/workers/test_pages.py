"""Pages of the register of workers: the number is masked until a purpose is given, and only for some."""

from __future__ import annotations

import pytest
from tests.casework.accidents import scene

pytestmark = pytest.mark.django_db
NUMBER = "000190001234"


@pytest.fixture
def session(land, client):
    """`session("employer")`: a browser session of somebody holding that role."""

    def sign_in(role):
        at = {"firm": land.mill} if role == "employer" else {"at": land.province}
        client.force_login(scene.person(role, role, **at))
        return client

    return sign_in


def text(response):
    return response.content.decode()


def test_the_list_shows_people_and_groups_but_no_number(worker, session):
    employer = session("employer")
    shown = text(employer.get("/nguoi-lao-dong/?cot=has_identity&cot=groups"))
    assert "Nguyễn Thị Thử" in shown
    assert "Người thử việc" in shown
    assert NUMBER not in shown
    assert "Nguyễn Thị Thử" in text(employer.get(f"/nguoi-lao-dong/?tim={NUMBER}"))
    assert "Nguyễn Thị Thử" in text(employer.get("/nguoi-lao-dong/?group=women"))
    assert "Nguyễn Thị Thử" not in text(employer.get("/nguoi-lao-dong/?group=elderly"))
    exported = employer.get("/nguoi-lao-dong/?xuat=csv&cot=has_identity")
    whole = b"".join(exported.streaming_content if exported.streaming else [exported.content]).decode()
    assert "Nguyễn Thị Thử" in whole
    assert NUMBER not in whole


def test_the_record_masks_the_number_and_says_what_looks_wrong(worker, session):
    shown = text(session("employer").get(f"/nguoi-lao-dong/{worker.public_id}/"))
    assert "•••••••••234" in shown
    assert NUMBER not in shown
    assert "Ba số đầu không thuộc mã tỉnh" in shown
    assert "Lao động nữ" in shown
    assert "Nhà máy Thử" in shown


def test_the_number_is_shown_once_after_a_purpose_and_the_reading_is_kept(worker, session):
    from atvsld.platform.history.models import SensitiveReading

    employer = session("employer")
    address = f"/nguoi-lao-dong/{worker.public_id}/so-dinh-danh/"
    assert NUMBER not in text(employer.get(address))
    assert employer.post(address, {"purpose": "xem"}).status_code == 422
    assert not SensitiveReading.objects.exists()
    response = employer.post(address, {"purpose": "Đối chiếu giấy tờ"})
    assert NUMBER in text(response)
    assert "no-store" in response["Cache-Control"]
    assert SensitiveReading.objects.get().purpose == "Đối chiếu giấy tờ"
    assert NUMBER not in text(employer.get(address))


def test_who_may_not_see_workers_finds_none(worker, session):
    leader = session("leader")
    assert leader.get("/nguoi-lao-dong/").status_code == 403
    assert leader.get(f"/nguoi-lao-dong/{worker.public_id}/").status_code == 403


def test_a_person_is_recorded_changed_and_leaves_by_page(land, session):
    from atvsld.registers.workers.models import Worker

    officer = session("province_officer")
    stated = {
        "name": "Lê Văn Thử",
        "birth_date": "2010-01-15",
        "sex": "male",
        "identity_kind": "citizen",
        "identity_number": "000210001111",
        "tax_code": land.mill.tax_code,
        "started_on": "2026-06-01",
        "labour_relation": "apprentice",
    }
    assert officer.post("/nguoi-lao-dong/moi/", stated | {"tax_code": "0000000000"}).status_code == 422
    made = officer.post("/nguoi-lao-dong/moi/", stated)
    worker = Worker.objects.get()
    assert made["Location"] == f"/nguoi-lao-dong/{worker.public_id}/"
    assert officer.post("/nguoi-lao-dong/moi/", stated).status_code == 422
    page = text(officer.get(made["Location"]))
    assert "Lao động chưa thành niên" in page
    assert "Người học nghề, tập nghề" in page
    form = text(officer.get(f"{made['Location']}sua/"))
    assert "000210001111" not in form
    officer.post(f"{made['Location']}sua/", {"name": "Lê Văn Thử Hai", "version": worker.version})
    officer.post(f"{made['Location']}nhom/", {"group": "disabled", "valid_from": "2026-07-01"})
    key = worker.employments.get().public_id
    officer.post(f"{made['Location']}noi-lam-viec/{key}/thoi-viec/", {"ended_on": "2026-08-31"})
    worker.refresh_from_db()
    assert (worker.name, worker.establishment, worker.has_identity) == ("Lê Văn Thử Hai", None, True)
    page = text(officer.get(made["Location"]))
    assert "Lao động là người khuyết tật" in page
    assert "31/08/2026" in page


def test_the_page_of_an_establishment_counts_its_people(worker, land, session):
    shown = text(session("employer").get(f"/co-so/{land.mill.public_id}/"))
    assert "Người lao động đã ghi" in shown
    assert f"/nguoi-lao-dong/?establishment={land.mill.public_id}" in shown


def test_the_list_asks_no_more_queries_for_more_people(worker, land, session):
    from tests.query_counts import assert_queries

    from atvsld.registers.workers.models import Worker

    employer = session("employer")
    for number in range(20):
        made = Worker.objects.create(
            name=f"Người {number}", name_folded=f"nguoi {number}", establishment=land.mill, place=land.river
        )
        made.employments.create(establishment=land.mill, place=land.river)
    assert_queries("/nguoi-lao-dong/", lambda: employer.get("/nguoi-lao-dong/"))
    assert_queries("/nguoi-lao-dong/…/", lambda: employer.get(f"/nguoi-lao-dong/{worker.public_id}/"))


def test_the_list_of_one_establishment_holds_its_people_only(worker, land, session):
    officer = session("province_officer")
    here, there = (
        text(officer.get(f"/nguoi-lao-dong/?establishment={firm.public_id}")) for firm in (land.mill, land.quarry)
    )
    assert "Nguyễn Thị Thử" in here
    assert "Nguyễn Thị Thử" not in there
    assert "Mỏ đá Thử" in there


def test_the_search_of_everything_finds_people_and_providers_within_reach(worker, session):
    from atvsld.registers.providers.models import ServiceProvider

    ServiceProvider.objects.create(name="Trung tâm Thử nghiệm", name_folded="trung tam thu nghiem")
    employer = session("employer")
    assert "Nguyễn Thị Thử" in text(employer.get("/tim-kiem/?q=nguyen+thi"))
    assert "Trung tâm Thử nghiệm" in text(employer.get("/tim-kiem/?q=trung+tam"))
    leader = session("leader")
    assert "Nguyễn Thị Thử" not in text(leader.get("/tim-kiem/?q=nguyen+thi"))
