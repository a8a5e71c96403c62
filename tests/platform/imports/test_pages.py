"""Sending a file by page: checked by the worker, written only when confirmed, bad rows given back."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.casework.accidents.intake_rows import row
from tests.platform import cast

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.imports import jobs
from atvsld.platform.imports.models import ImportRun, MappingProfile


@pytest.fixture
def officer(land, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip
    return cast.client(land, "province_officer")


def sent(client, *rows, **fields) -> ImportRun:
    head = ",".join(rows[0])
    text = "\n".join([head, *(",".join(str(cell) for cell in item.values()) for item in rows)])
    upload = SimpleUploadedFile("tai-nan.csv", text.encode())
    answer = client.post("/nhap-du-lieu/", {"file": upload, **fields})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return ImportRun.objects.get(public_id=answer.url.rstrip("/").split("/")[-1])


def test_a_file_waits_is_checked_confirmed_and_written(officer) -> None:
    run = sent(officer, row(), row(case_key="V2", sex="?"))
    page = officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()
    assert "hx-get" in page
    assert "Chưa có tiến trình nền nào" in page
    jobs.check(run.pk)
    page = officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()
    assert "Ghi các dòng đúng" in page
    assert "Dòng 3, cột “Giới tính”" in page
    assert "hx-get" not in page
    assert not AccidentCase.objects.exists()
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    jobs.commit(run.pk)
    run.refresh_from_db()
    assert (run.state, run.accepted, run.rejected) == ("done", 1, 1)
    assert AccidentCase.objects.count() == 1
    context = AccidentCase.pgh_event_model.objects.get().pgh_context.metadata
    assert (context["channel"], context["request_id"], context["actor_id"]) == (
        "import",
        run.public_id,
        run.created_by_id,
    )


def test_the_bad_rows_come_back_marked(officer) -> None:
    run = sent(officer, row(), row(case_key="V2", sex="?"))
    jobs.check(run.pk)
    answer = officer.get(f"/nhap-du-lieu/{run.public_id}/tep-can-sua/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [sheet.cell(3, 1).value, sheet.max_row] == ["V2", 3]


def test_a_dropped_file_is_gone_and_cannot_be_written(officer) -> None:
    run = sent(officer, row())
    jobs.check(run.pk)
    officer.post(f"/nhap-du-lieu/{run.public_id}/bo/")
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    run.refresh_from_db()
    assert (run.state, bool(run.file), AccidentCase.objects.exists()) == ("cancelled", False, False)


def test_a_file_that_cannot_be_read_says_so_on_its_page(officer) -> None:
    run = sent(officer, {"một": 1, "hai": 2})
    jobs.check(run.pk)
    assert "Không tìm thấy dòng tiêu đề" in officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()


def test_nobody_sees_another_persons_file(officer, land) -> None:
    run = sent(officer, row())
    other = cast.client(land, "commune_officer")
    for part in ("", "tien-do/", "tep-can-sua/"):
        assert other.get(f"/nhap-du-lieu/{run.public_id}/{part}").status_code == 404
    assert run.filename not in other.get("/nhap-du-lieu/").content.decode()
    assert cast.client(land, "leader").get("/nhap-du-lieu/").status_code == 403


def test_a_preview_of_many_rows_tells_their_whole_number(officer) -> None:
    run = sent(officer, row())
    jobs.check(run.pk)
    type(run).objects.update(accepted=100_000, rejected=23_456)
    page = officer.get(f"/nhap-du-lieu/{run.public_id}/").content.decode()
    assert '<div class="stat-value">100.000</div>' in page
    assert '<div class="stat-value">23.456</div>' in page


def test_rights_are_those_of_the_moment_of_writing(officer) -> None:
    run = sent(officer, row())
    jobs.check(run.pk)
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    run.created_by.offices.all().delete()
    jobs.commit(run.pk)
    run.refresh_from_db()
    assert (run.state, AccidentCase.objects.exists()) == ("failed", False)


def test_a_saved_mapping_reads_a_foreign_file(officer) -> None:
    text = "columns:\n  case_key: so\n  occurred_at: ngay\n  place_code: {constant: '99001'}\n"
    assert officer.post("/nhap-du-lieu/anh-xa/accidents/", {"name": "Huyện cũ", "mapping": text}).status_code == 302
    bad = officer.post("/nhap-du-lieu/anh-xa/accidents/", {"name": "Sai", "mapping": "columns: {tuoi: a}"})
    assert (bad.status_code, "tuoi" in bad.content.decode()) == (422, True)
    profile = MappingProfile.objects.get()
    run = sent(officer, {"so": "A", "ngay": "10/02/2026"}, mapping=f"luu:{profile.pk}")
    jobs.check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.accepted) == ("preview", 1)


def test_the_template_is_one_click_away(officer) -> None:
    answer = officer.get("/nhap-du-lieu/mau/accidents/")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Nhập liệu"
    assert officer.get("/nhap-du-lieu/mau/khac/").status_code == 404
