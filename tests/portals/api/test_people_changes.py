"""Workers and providers changed through the interface: once for each key, never over somebody else's change."""

from __future__ import annotations

import pytest
from tests.casework.accidents import scene
from tests.portals.api.test_people import signed_in

from atvsld.portals.api.models import KeptAnswer
from atvsld.registers.providers.models import ProviderQualification, ServiceProvider
from atvsld.registers.workers.models import Employment, Worker

NUMBER = "000190001234"
PERSON = {"name": "Trần Thị Thử", "birth_date": "1990-09-02", "sex": "female", "identity_kind": "citizen",
          "identity_number": NUMBER, "establishment_tax_code": "0100109106", "started_on": "2025-03-01"}  # fmt: skip


@pytest.fixture
def officer(land):
    return signed_in(scene.person("can", "province_officer", at=land.province))


def send(client, method, path, body, key=""):
    more = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", **more)


def test_a_worker_is_added_once_for_one_key_and_the_number_stays_sealed(officer):
    first, again = (send(officer, "post", "/workers", PERSON, key="phieu-000001") for _try in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    assert Worker.objects.count() == 1
    told = first.json()
    assert (told["identity_masked"], told["version"], told["employments"][0]["started_on"]) == (
        "•••••••••234", 1, "2025-03-01",
    )  # fmt: skip
    assert NUMBER not in str(KeptAnswer.objects.values_list("body"))
    twice = send(officer, "post", "/workers", PERSON)
    assert (twice.status_code, twice.json()["problems"][0]["code"]) == (422, "identity_taken")


def test_a_change_over_somebody_elses_is_refused_and_what_is_not_sent_stays(officer):
    made = send(officer, "post", "/workers", PERSON).json()
    path = f"/workers/{made['id']}"
    changed = send(officer, "patch", path, {"version": 1, "name": "Trần Thị Sửa"}).json()
    assert (changed["name"], changed["birth_date"], changed["identity_masked"], changed["version"]) == (
        "Trần Thị Sửa", "1990-09-02", "•••••••••234", 2,
    )  # fmt: skip
    assert send(officer, "patch", path, {"version": 1, "name": "Khác"}).status_code == 409
    ended = send(officer, "patch", f"{path}/employments/{made['employments'][0]['id']}", {"until": "2025-12-31"})
    assert ended.json()["employments"][0]["ended_on"] == "2025-12-31"
    moved = send(officer, "post", f"{path}/employments", {"place_code": "99002", "labour_relation": "none"}).json()
    assert moved["place_code"] == "99002"
    assert Employment.objects.count() == 2


def test_groups_are_dated_facts_with_their_source(officer):
    made = send(officer, "post", "/workers", PERSON | {"birth_date": "2012-09-02"}).json()
    path = f"/workers/{made['id']}"
    group = {"group": "disabled", "valid_from": "2024-01-01", "basis": "Giấy xác nhận 12"}
    told = send(officer, "post", f"{path}/protected-groups", group).json()
    stated = next(item for item in told["memberships"] if item["how"] == "stated")
    assert (stated["group"], stated["since"], stated["until"]) == ("disabled", "2024-01-01", None)
    send(officer, "patch", f"{path}/protected-groups/{stated['id']}", {"until": "2024-12-31"})
    then = officer.get(f"/api/v1{path}?on=2024-06-01").json()
    later = officer.get(f"/api/v1{path}?on=2031-06-01").json()
    assert (then["protected_groups"], later["protected_groups"]) == (["women", "minor", "disabled"], ["women"])
    assert [row["id"] for row in officer.get("/api/v1/workers?group=minor&on=2026-01-01").json()["items"]] == [
        made["id"]
    ]
    assert officer.get("/api/v1/workers?group=minor&on=2031-01-01").json()["items"] == []
    assert send(officer, "post", f"{path}/protected-groups", group | {"group": "women"}).status_code == 422


def test_nobody_changes_people_of_others(land, officer):
    made = send(officer, "post", "/workers", PERSON).json()
    stranger = signed_in(scene.person("khac", "employer", firm=land.quarry))
    assert send(stranger, "patch", f"/workers/{made['id']}", {"version": 1, "name": "X"}).status_code == 404
    taken = send(stranger, "post", "/workers", PERSON | {"identity_number": ""})
    assert taken.status_code == 422  # the mill is not theirs
    assert signed_in(scene.person("xem", "leader", at=land.province)).get("/api/v1/workers").status_code == 403


def test_a_provider_with_papers_and_a_suspension(officer):
    made = send(
        officer, "post", "/service-providers", {"name": "Trung tâm Thử", "place_code": "99001"}, key="tc-000001"
    )
    assert made.status_code == 200
    assert send(officer, "post", "/service-providers", {"name": "Trung tâm Thử", "place_code": "99001"}, key="tc-000001").json() == made.json()  # noqa: E501  # fmt: skip
    path = f"/service-providers/{made.json()['id']}"
    paper = {"kind": "training", "form": "licence", "class_name": "B", "number": "1/GCN", "valid_from": "2023-05-01"}
    told = send(officer, "post", f"{path}/papers", paper).json()
    assert told["papers"][0]["ends_on"] == "2028-04-30"
    wrong = send(officer, "post", f"{path}/papers", paper | {"scopes": ["group3"]})
    assert wrong.json()["problems"][0]["code"] == "scope_beyond_class"
    stop = send(officer, "post", f"{path}/suspensions", {"decision": "QĐ 5", "starts_on": "2026-01-01"}).json()
    key = stop["suspensions"][0]["id"]
    assert send(officer, "patch", f"{path}/suspensions/{key}", {"until": "2026-02-01"}).status_code == 200
    key = told["papers"][0]["id"]
    gone = send(officer, "patch", f"{path}/papers/{key}", {"withdrawn_on": "2026-03-01"}).json()
    assert gone["papers"][0]["withdrawn_on"] == "2026-03-01"
    assert send(officer, "patch", f"{path}/papers/{key}", {"withdrawn_on": "2026-03-01"}).status_code == 409
    assert send(officer, "patch", path, {"version": 1, "phone": "0236 1"}).json()["version"] == 2
    assert send(officer, "patch", path, {"version": 1, "phone": "0236 2"}).status_code == 409
    assert ServiceProvider.objects.get().place is not None
    assert ProviderQualification.objects.count() == 1


def test_rows_come_in_and_are_undone_through_the_interface(land, officer):
    other = signed_in(scene.person("khac", "employer", firm=land.mill))
    rows = {
        "rows": [
            {"name": "Trần Thị Thử", "identity_number": NUMBER, "tax_code": "0100109106"},
            {"name": "", "tax_code": "0100109106"},
        ]
    }
    first, again = (send(officer, "post", "/imports/workers/rows", rows, key="lan-000001") for _try in range(2))
    assert first.json() == again.json()
    told = first.json()
    assert (told["new"], told["rejected"], told["errors"][0]["code"]) == (1, 1, "missing")
    path = f"/imports/{told['import_id']}"
    assert officer.get(f"/api/v1{path}").json()["state"] == "done"
    assert [item["id"] for item in officer.get("/api/v1/imports?kind=workers").json()["items"]] == [told["import_id"]]
    assert officer.get(f"/api/v1{path}/undo").json()["possible"] is True
    assert other.get(f"/api/v1{path}").status_code == 404
    assert send(officer, "post", f"{path}/undo", {}, key="lan-000002").json()["rows"] == 2
    assert not Worker.objects.exists()
    assert send(officer, "post", f"{path}/undo", {}, key="lan-000002").status_code == 200
    assert send(officer, "post", f"{path}/undo", {}).status_code == 409
    assert send(officer, "post", "/imports/khac/rows", rows).status_code == 404


def test_a_file_is_sent_checked_and_committed(land, officer, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from atvsld.platform.imports import jobs
    from atvsld.platform.imports.models import ImportRun

    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip
    upload = SimpleUploadedFile("a.csv", f"name,identity_number,tax_code\nAn,{NUMBER},0100109106\n".encode())
    sent = officer.post("/api/v1/imports/workers/files", {"file": upload})
    assert (sent.status_code, sent.json()["state"]) == (200, "uploaded")
    run = ImportRun.objects.get()
    assert officer.post(f"/api/v1/imports/{run.public_id}/commit").status_code == 409
    jobs.check(run.pk)
    assert officer.post(f"/api/v1/imports/{run.public_id}/commit").json()["state"] == "committing"
    jobs.commit(run.pk)
    run.refresh_from_db()
    # Every row was taken: the numbers of the file are not kept about.
    assert (run.state, bool(run.file), list(tmp_path.rglob("*.csv"))) == ("done", False, [])
