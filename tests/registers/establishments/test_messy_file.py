"""A messy file: what is wrong comes back commented, is put right, sent again, and only the difference changes.

Two thousand rows here; the same file goes by page, by the command line and through the interface for systems.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import load_workbook
from stdnum.vn import mst
from tests.casework.accidents.intake_rows import write_csv
from tests.registers.test_pages import sign_in

from atvsld.platform.acts import Act
from atvsld.platform.imports import jobs, targets
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.models import ImportRun
from atvsld.project.cli import start
from atvsld.project.cli.imports import command
from atvsld.registers.establishments.intake import ESTABLISHMENTS, accept_rows
from atvsld.registers.establishments.models import Establishment, OshOrganisation, WorkforceYear
from atvsld.registers.places.tree import PlaceTree

ROWS = 2_000
SPOILS = (
    ("tax_code", lambda row: row["tax_code"][:-1] + str((int(row["tax_code"][-1]) + 1) % 10)),
    ("place_code", lambda _row: "99999"),
    ("industry_code", lambda _row: "9Z"),
    ("workers", lambda _row: "khoảng 10"),
    ("year", lambda _row: "2031"),
    ("female_workers", lambda row: str(int(row["workers"]) + 1)),
    ("arduous_workers", lambda row: str(int(row["workers"]) + 1)),
    ("latitude", lambda _row: "48.85"),
)


@pytest.fixture(scope="module")
def clean() -> list[dict[str, Any]]:
    chance = random.Random(20)
    stems = (f"{number}" for number in range(980_000_001, 989_999_999))
    codes = (f"{stem}{digit}" for stem in stems if len(digit := mst.calc_check_digit(stem)) == 1)
    return [
        {
            "tax_code": next(codes), "name": f"Công ty Thử {number}", "address": f"{number} Trần Phú",
            "place_code": chance.choice(("20341", "20335")), "industry_version": "2025", "industry_code": "4101",
            "ownership_type": "02", "year": "2025", "workers": str(chance.randrange(1, 900)), "female_workers": "0",
            "payroll": "", "arduous_workers": "0", "latitude": "15.9", "longitude": "108.2",
            "full_time_officers": str(chance.randrange(3)),
        }
        for number in range(ROWS)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def spoilt(clean: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """The same rows, one in eight wrong in one cell and one in five untidy; row of the file → column that is wrong."""
    chance = random.Random(8)
    rows, wrong = [], {}
    for number, row in enumerate(clean, start=2):
        held = dict(row)
        dice = chance.random()
        if dice < 0.125:
            column, how = chance.choice(SPOILS)
            held[column] = how(row)
            wrong[number] = column
        elif dice < 0.325:
            held["tax_code"] = f"{row['tax_code'][:2]}.{row['tax_code'][2:5]} {row['tax_code'][5:]}"
            held["name"] = f"  {row['name'].replace(' ', '   ')} "
        rows.append(held)
    return rows, wrong


def stored() -> tuple[set[tuple[Any, ...]], int]:
    """What the register holds, for comparing; and how many events its history holds."""
    rows = Establishment.objects.values_list(
        "tax_code", "name", "address", "place__code", "latitude", "workforce__workers",
        "osh_organisation__full_time_officers",
    )  # fmt: skip
    events = sum(
        model.pgh_event_model.objects.count()  # type: ignore[attr-defined]
        for model in (Establishment, WorkforceYear, OshOrganisation)
    )
    return set(rows), events


def expected(rows: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {
        (
            row["tax_code"], row["name"], row["address"], row["place_code"], Decimal("15.9"), int(row["workers"]),
            int(row["full_time_officers"]),
        )
        for row in rows
    }  # fmt: skip


def test_what_is_commented_is_put_right_and_only_the_difference_changes(
    clean: list[dict[str, Any]], spoilt: Any, places: PlaceTree, act: Act, tmp_path: Path
) -> None:
    rows, wrong = spoilt
    path = write_csv(tmp_path / "messy.csv", rows)
    first = targets.accept_file(act, ESTABLISHMENTS, path)
    assert (first.accepted, first.rejected) == (ROWS - len(wrong), len(wrong))
    assert {problem.row: problem.column for problem in first.errors} == wrong
    good = [row for number, row in enumerate(clean, start=2) if number not in wrong]
    assert stored()[0] == expected(good)

    # The officer works in the file that came back: each row that is marked, and nothing else.
    back = tmp_path / "back.xlsx"
    corrected_workbook(path, ESTABLISHMENTS.spec(), None, first.errors, back)
    sheet = load_workbook(back).get_sheet_by_index(0).to_python()
    header, *lines = sheet
    names = list(rows[0])
    places_of = [header.index(name) for name in names]
    mended = [dict(zip(names, (str(line[place]) for place in places_of), strict=True)) for line in lines]
    assert len(mended) == ROWS
    for number, column in wrong.items():
        mended[number - 2][column] = clean[number - 2][column]
    mended[0]["address"] = "1 Đường đã đổi"
    before = stored()[1]
    again = targets.accept_file(act, ESTABLISHMENTS, write_csv(tmp_path / "mended.csv", mended))
    changed = 2 not in wrong
    assert (again.rejected, again.accepted, again.unchanged) == (0, len(wrong) + changed, ROWS - len(wrong) - changed)
    assert stored()[0] == expected([clean[0] | {"address": "1 Đường đã đổi"}, *clean[1:]])
    # Three records come with each row that was missing; one was changed.
    assert stored()[1] - before == 3 * len(wrong) + changed
    assert Counter(Establishment.objects.values_list("version", flat=True))[2] == changed


def test_the_same_by_command_line_by_page_and_by_interface(
    clean: list[dict[str, Any]], spoilt: Any, bodies: PlaceTree, tmp_path: Path, monkeypatch: Any, settings: Any
) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip
    monkeypatch.setattr(start, "django", lambda: None)
    monkeypatch.setattr(start, "require_migrated", lambda: None)
    rows, wrong = spoilt[0][:200], {row: column for row, column in spoilt[1].items() if row <= 201}
    told = CliRunner().invoke(command, ["establishments", str(write_csv(tmp_path / "messy.csv", rows)), "--json"])
    said = json.loads(told.output)
    assert (told.exit_code, said["accepted"], said["rejected"]) == (1, 200 - len(wrong), len(wrong))

    officer = sign_in(bodies, "province_officer", "48")
    file = SimpleUploadedFile("sua.csv", write_csv(tmp_path / "mended.csv", clean[:200]).read_bytes())
    assert officer.post("/nhap-du-lieu/?loai=establishments", {"file": file}).status_code == 302
    run = ImportRun.objects.latest("pk")
    jobs.check(run.pk)
    officer.post(f"/nhap-du-lieu/{run.public_id}/ghi/")
    jobs.commit(run.pk)
    run.refresh_from_db()
    assert (run.accepted, run.unchanged, run.rejected) == (len(wrong), 200 - len(wrong), 0)
    assert Establishment.objects.count() == 200

    changed = [row | {"workers": "901"} if number < 3 else row for number, row in enumerate(clean[:200])]
    answer = officer.post(
        "/api/v1/establishments", json.dumps({"rows": changed}), content_type="application/json"
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    assert {name: answer.json()[name] for name in ("accepted", "unchanged", "rejected")} == {
        "accepted": 3, "unchanged": 197, "rejected": 0,
    }  # fmt: skip


def test_few_people_and_the_parts_that_are_stored_cannot_contradict(places: PlaceTree, act: Act) -> None:
    row = {
        "tax_code": "0100233488", "name": "Công ty Thử", "place_code": "20341", "year": "2025", "workers": "100",
        "female_workers": "60", "contract_workers": "90",
    }  # fmt: skip
    assert accept_rows(act, [row]).accepted == 1
    fewer = accept_rows(act, [{"tax_code": "0100233488", "year": "2025", "workers": "50"}])
    assert {problem.code for problem in fewer.errors} == {"workforce_female", "workforce_part"}
    held = WorkforceYear.objects.get()
    assert (held.workers, held.female_workers, held.contract_workers) == (100, 60, 90)


def test_a_file_may_name_the_enterprise_the_zone_the_point_and_the_organisation(places: PlaceTree, act: Act) -> None:
    row = {
        "tax_code": "0100233488", "name": "Nhà máy Thử", "place_code": "20341", "enterprise_tax_code": "0100112437",
        "zone_name": "KCN Thử", "latitude": "15,9", "longitude": "108.2", "has_osh_council": "Có", "doctors": "1",
        "osh_stated_on": "01/06/2026",
    }  # fmt: skip
    assert accept_rows(act, [row]).accepted == 1
    made = Establishment.objects.get()
    assert made.enterprise is not None
    assert (made.enterprise.tax_code, made.zone_name, str(made.latitude)) == ("0100112437", "KCN Thử", "15.900000")
    held = OshOrganisation.objects.get()
    assert (held.has_osh_council, held.doctors, held.full_time_officers) == (True, 1, None)
    assert f"{held.stated_on:%d/%m/%Y}" == "01/06/2026"
    assert accept_rows(act, [row]).unchanged == 1
    assert accept_rows(act, [{"tax_code": "0100233488", "doctors": "2"}]).accepted == 1
    held.refresh_from_db()
    assert (held.doctors, held.has_osh_council) == (2, True)  # what is not said stays
    moved = accept_rows(act, [{"tax_code": "0100233488", "enterprise_tax_code": "0100233488"}])
    assert moved.accepted == 1
    made.refresh_from_db()
    assert made.enterprise.tax_code == "0100233488"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"latitude": "15.9"}, "point_half"),
        ({"latitude": "108.2", "longitude": "15.9"}, "point_outside"),
        ({"latitude": "mười sáu"}, "not_degrees"),
        ({"enterprise_tax_code": "0100233488001"}, "enterprise_code"),
        ({"shifts": "0"}, "out_of_range"),
    ],
)
def test_what_cannot_be_of_the_further_columns_is_named(
    places: PlaceTree, act: Act, changes: dict[str, Any], code: str
) -> None:
    row = {"tax_code": "0100233488", "name": "Công ty Thử", "place_code": "20341"}
    outcome = accept_rows(act, [row | changes])
    assert (outcome.rejected, {problem.code for problem in outcome.errors}) == (1, {code})


def test_a_point_far_from_its_commune_is_taken_and_pointed_out(places: PlaceTree, act: Act) -> None:
    row = {
        "tax_code": "0100233488", "name": "Công ty Thử", "place_code": "20341", "latitude": "10.77",
        "longitude": "106.69",
    }  # fmt: skip
    outcome = accept_rows(act, [row])
    assert (outcome.accepted, [note.code for note in outcome.notes]) == (1, ["point_far"])
