"""A file in somebody else's words: columns suggested, joined on a page, kept for the next file of the same office."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.platform import cast

from atvsld.casework.accidents.intake.columns import spec as accidents
from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.imports import jobs
from atvsld.platform.imports.models import ImportRun, MappingProfile
from atvsld.platform.imports.suggest import suggest
from atvsld.registers.workers.intake.columns import spec as workers


@pytest.fixture
def officer(land, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip
    return cast.client(land, "province_officer")


FOREIGN = "BẢNG KÊ;;;\nSố hiệu vụ việc;Xảy ra ngày giờ nào;Mã số xã;Ghi chú\nK-1;10/02/2026 09:30;99001;abc\n"


def send(client, text: str = FOREIGN, **fields) -> ImportRun:
    upload = SimpleUploadedFile("la.csv", text.encode())
    answer = client.post("/nhap-du-lieu/", {"file": upload, **fields})
    run = ImportRun.objects.get(public_id=answer.url.rstrip("/").split("/")[-1])
    jobs.check(run.pk)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("headings", "spec", "wanted"),
    [
        (
            ["STT", "Họ & tên NLĐ", "Ngày sinh (dd/mm/yyyy)", "Giới tính (Nam/Nữ)", "Số CCCD/CMND", "Chức vụ"],
            workers,
            {1: "name", 2: "birth_date", 3: "sex", 4: "identity_number"},
        ),
        (["Ma vu", "thoi diem xay ra", "Tên người bị nạn"], accidents, {0: "case_key", 1: "occurred_at"}),
        (["abc", "xyz"], accidents, {}),
    ],
)  # fmt: skip
def test_columns_are_suggested_by_likeness_and_never_twice(headings, spec, wanted) -> None:
    found = suggest(dict(enumerate(headings)), spec())
    assert {place: found.get(place) for place in wanted} == wanted
    assert len(set(found.values())) == len(found)
    assert 0 not in found or headings[0] != "STT"


def test_a_file_with_unknown_headings_is_mapped_on_a_page_and_read(officer) -> None:
    run = send(officer)
    assert run.state == "failed"
    assert "ghep-cot" in officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()
    address = f"/nhap-du-lieu/{run.public_id}/ghep-cot/"
    page = officer.get(address).content.decode()
    assert "tiêu đề ở dòng 2" in page
    assert "K-1" in page
    bad = officer.post(address, {"cot_1": "occurred_at", "cot_2": "occurred_at"})
    assert (bad.status_code, "chỉ chọn một" in bad.content.decode()) == (422, True)
    bad = officer.post(address, {"cot_1": "occurred_at", "cot_2": "place_code"})
    assert (bad.status_code, "Chưa ghép cột bắt buộc: Mã vụ" in bad.content.decode()) == (422, True)
    good = {"cot_0": "case_key", "cot_1": "occurred_at", "cot_2": "place_code"}
    assert officer.post(address, good | {"save": "on"}).status_code == 422  # without a name
    assert officer.post(address, good | {"save": "on", "name": "Huyện cũ"}).status_code == 302
    jobs.check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.accepted, run.new_rows) == ("preview", 1, 1)
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    assert AccidentCase.objects.get().case_key == "K-1"
    assert officer.get(address).status_code == 404  # written files are not read anew


def test_a_saved_mapping_is_offered_for_the_next_file_of_the_office_and_to_nobody_else(officer, land) -> None:
    first = send(officer)
    good = {"cot_0": "case_key", "cot_1": "occurred_at", "cot_2": "place_code", "save": "on", "name": "Huyện cũ"}
    officer.post(f"/nhap-du-lieu/{first.public_id}/ghep-cot/", good)
    saved = MappingProfile.objects.get()
    assert saved.owner == f"place:{land.province.pk}"
    run = send(officer, FOREIGN.replace("K-1", "K-2"))
    address = f"/nhap-du-lieu/{run.public_id}/ghep-cot/"
    assert "Dùng “Huyện cũ”" in officer.get(address).content.decode()
    assert officer.post(address, {"profile": saved.pk}).status_code == 302
    jobs.check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.profile_id) == ("preview", saved.pk)
    other = cast.client(land, "employer")
    theirs = send(other)
    address = f"/nhap-du-lieu/{theirs.public_id}/ghep-cot/"
    assert "Huyện cũ" not in other.get(address).content.decode()
    assert other.post(address, {"profile": saved.pk}).status_code == 404


def test_one_name_in_two_offices_is_two_mappings(officer, land) -> None:
    text = "columns:\n  case_key: so\n"
    for client in (officer, cast.client(land, "employer")):
        client.post("/nhap-du-lieu/anh-xa/accidents/", {"name": "Của tôi", "mapping": text})
    assert MappingProfile.objects.filter(name="Của tôi").count() == 2


def test_a_file_with_headings_alone_says_so(officer) -> None:
    run = send(officer, "case_key,occurred_at,place_code\n")
    assert (run.state, [item["code"] for item in run.problems]) == ("failed", ["no_rows"])
    assert "chỉ có dòng tiêu đề (dòng 1)" in officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()


def test_numbers_of_people_are_not_shown_beside_their_heading(officer) -> None:
    run = send(officer, "Tên;Số CCCD/CMND;Nơi\nNgười Thử;000190001235;x\n")
    ImportRun.objects.filter(pk=run.pk).update(target="workers", state="failed")
    page = officer.get(f"/nhap-du-lieu/{run.public_id}/ghep-cot/").content.decode()
    assert "Người Thử" in page
    assert "000190001235" not in page


def test_an_import_is_undone_by_page_once(officer, land) -> None:
    run = send(officer, "case_key,occurred_at,place_code\nK-1,10/02/2026 09:30,99001\n")
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    address = f"/nhap-du-lieu/{run.public_id}/hoan-tac/"
    page = officer.get(address).content.decode()
    assert "2 bản ghi trở lại như trước" in page
    assert AccidentCase.objects.exists()
    assert cast.client(land, "commune_officer").get(address).status_code == 404
    for _click in range(2):
        assert officer.post(address).status_code == 302
    run.refresh_from_db()
    assert run.state == "undoing"
    for _delivery in range(2):
        jobs.undo(run.pk)
    run.refresh_from_db()
    assert (run.state, run.undone_by_id, AccidentCase.objects.exists()) == ("undone", run.created_by_id, False)
    page = officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()
    assert "đã được hoàn tác" in page
    assert officer.get(address).status_code == 302


def test_an_import_that_cannot_be_undone_says_why_and_stands(officer) -> None:
    import pghistory

    run = send(officer, "case_key,occurred_at,place_code\nK-1,10/02/2026 09:30,99001\n")
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    address = f"/nhap-du-lieu/{run.public_id}/hoan-tac/"
    officer.post(address)
    with pghistory.context(act="by:hand"):
        AccidentCase.objects.update(description="Sửa sau")
    jobs.undo(run.pk)
    run.refresh_from_db()
    assert (run.state, AccidentCase.objects.count()) == ("done", 1)
    for page in (address, f"/nhap-du-lieu/{run.public_id}/"):
        assert "đã được sửa hoặc bỏ sau lần nhập này" in officer.get(page).content.decode()
