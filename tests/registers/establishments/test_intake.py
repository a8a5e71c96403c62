"""A file of establishments: taken in once, changed where it differs, its bad rows named, nothing erased by silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.casework.accidents.intake_rows import write_csv, write_xlsx
from tests.registers.establishments.test_register import commune, officer_of

from atvsld.platform.access.actor import Grant
from atvsld.platform.acts import Act, Refused
from atvsld.platform.imports import targets
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.template import template_workbook
from atvsld.registers.establishments.intake import ESTABLISHMENTS, accept_rows
from atvsld.registers.establishments.models import Establishment, EstablishmentIndustry, WorkforceYear
from atvsld.registers.establishments.policy import IMPORT
from atvsld.registers.places.tree import PlaceTree

GOOD = {
    "tax_code": "0100233488",
    "name": "Công ty TNHH Thử",
    "address": "12 Trần Phú",
    "place_code": "20341",
    "industry_version": "2018",
    "industry_code": "1410",
    "ownership_type": "02",
    "phone": "0236 123",
    "email": "a@mau.invalid",
    "year": "2025",
    "workers": "120",
    "female_workers": "45",
    "payroll": "12.000.000.000",
}


def row(**changes: Any) -> dict[str, Any]:
    return GOOD | changes


def codes(outcome: ImportOutcome) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.code) for problem in outcome.errors]


@pytest.fixture
def take(places: PlaceTree, act: Act) -> Any:
    return lambda *rows, by=None, **options: accept_rows(by or act, rows, **options)


def test_a_row_becomes_an_establishment_with_its_year(take: Any, places: PlaceTree) -> None:
    outcome = take(row())
    assert (outcome.accepted, outcome.rejected, outcome.created) == (1, 0, {"establishments": 1, "workforce_years": 1})
    made = Establishment.objects.get()
    assert (made.name_folded, made.place_id, made.headquarters_place_id) == (
        "cong ty tnhh thu", commune(places, "20341"), commune(places, "20341"),
    )  # fmt: skip
    assert (made.industry_version, made.industry_code, made.verification) == ("2018", "1410", "verified")
    assert list(made.workforce.values_list("year", "workers", "female_workers", "payroll")) == [
        (2025, 120, 45, 12_000_000_000)
    ]
    event = made.events.get()
    assert event.pgh_context.metadata["act"] == "establishments:establishment:imported"


def test_the_same_rows_again_change_nothing_and_a_difference_changes_only_itself(take: Any) -> None:
    second = row(tax_code="0100112437", name="Hợp tác xã Thử", year="")
    second |= {"workers": "", "female_workers": "", "payroll": ""}
    assert take(row(), second).accepted == 2
    events = Establishment.pgh_event_model.objects.count(), WorkforceYear.pgh_event_model.objects.count()
    again = take(row(), second)
    assert (again.accepted, again.unchanged) == (0, 2)
    assert events == (Establishment.pgh_event_model.objects.count(), WorkforceYear.pgh_event_model.objects.count())
    changed = take(row(workers="130"), second)
    assert (changed.accepted, changed.unchanged, changed.created["establishments"]) == (1, 1, 0)
    assert Establishment.objects.get(tax_code="0100233488").version == 1  # only its workforce differed
    assert WorkforceYear.objects.get().workers == 130


def test_an_empty_cell_and_a_missing_column_leave_the_stored_value_alone(take: Any) -> None:
    take(row())
    outcome = take({"tax_code": "0100233488", "phone": "", "email": "moi@mau.invalid"})
    assert outcome.accepted == 1
    kept = Establishment.objects.get()
    assert (kept.phone, kept.email, kept.name) == ("0236 123", "moi@mau.invalid", "Công ty TNHH Thử")


def test_several_years_of_one_establishment_come_in_several_rows(take: Any) -> None:
    outcome = take(row(), row(year="2024", workers="110", name="", address=""))
    assert (outcome.accepted, outcome.created["workforce_years"]) == (2, 2)
    assert take(row(), row(workers="5")).rejected == 1  # the same year twice


def test_a_code_of_a_later_version_becomes_the_main_one_and_the_earlier_stays_beside(take: Any) -> None:
    take(row())
    take(row(industry_version="VSIC 2025", industry_code="1420"))
    made = Establishment.objects.get()
    assert (made.industry_version, made.industry_code) == ("2025", "1420")
    assert list(EstablishmentIndustry.objects.values_list("version", "code")) == [("2018", "1410")]
    again = take(row())  # the older code is known already: nothing changes
    assert (again.accepted, again.unchanged) == (0, 1)
    take(row(industry_code="1430"))
    made.refresh_from_db()
    assert (made.industry_version, made.industry_code) == ("2025", "1420")
    assert list(EstablishmentIndustry.objects.values_list("version", "code")) == [("2018", "1430")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tax_code": "0100233480"}, "tax_code_checksum"),
        ({"tax_code": ""}, "missing"),
        ({"name": ""}, "missing"),
        ({"place_code": ""}, "missing"),
        ({"place_code": "99999"}, "place_unknown"),
        ({"place_code": "48"}, "place_level"),
        ({"industry_version": ""}, "industry_version"),
        ({"industry_version": "2025", "industry_code": "4511"}, "industry_code"),
        ({"industry_code": "9Z"}, "code_unknown"),
        ({"ownership_type": "77"}, "code_unknown"),
        ({"email": "khong phai"}, "email"),
        ({"year": ""}, "missing"),
        ({"workers": ""}, "missing"),
        ({"year": "2031"}, "future_year"),
        ({"female_workers": "121"}, "workforce_female"),
        ({"workers": "một trăm"}, "not_a_number"),
    ],
)
def test_every_bad_row_is_named_and_keeps_nothing_else_out(take: Any, changes: dict[str, Any], code: str) -> None:
    outcome = take(row(**changes), row(tax_code="0100112437", name="Cơ sở tốt"))
    assert codes(outcome) == [(1, code)]
    assert (outcome.accepted, outcome.rejected) == (1, 1)
    assert [made.name for made in Establishment.objects.all()] == ["Cơ sở tốt"]


def test_rows_of_one_establishment_that_contradict_are_all_kept_out(take: Any) -> None:
    outcome = take(row(), row(year="2024", name="Tên khác hẳn"))
    assert codes(outcome) == [(1, "establishment_incomplete"), (2, "establishment_conflict")]
    assert not Establishment.objects.exists()


def test_a_code_of_an_earlier_unit_is_kept_and_told(take: Any, places: PlaceTree) -> None:
    outcome = take(row(place_code="20338"))
    made = Establishment.objects.get()
    assert made.place_id == commune(places, "20338", date(2024, 6, 1))
    assert [note.code for note in outcome.notes] == ["place_ended"]


def test_a_name_known_in_the_same_place_under_another_code_is_pointed_out(take: Any) -> None:
    take(row())
    outcome = take(row(tax_code="0100112437", name="CÔNG TY TNHH THỬ"))
    assert (outcome.accepted, [note.code for note in outcome.notes]) == (1, ["possible_duplicate"])


def test_nothing_is_written_in_a_trial_or_when_all_must_be_good(take: Any) -> None:
    assert take(row(), dry_run=True).accepted == 1
    outcome = take(row(), row(tax_code="0100112437", email="x"), all_or_nothing=True)
    assert (outcome.accepted, outcome.rejected) == (0, 2)
    assert not Establishment.objects.exists()


def test_only_the_own_area_is_taken_in(take: Any, places: PlaceTree, act: Act) -> None:
    officer = officer_of(places, "20341")
    grant = Grant("officer", frozenset({IMPORT}), officer.grants[0].scope)
    here = replace(act, actor=replace(officer, grants=(grant,)))
    outcome = take(row(), row(tax_code="0100112437", name="Ngoài địa bàn", place_code="20335"), by=here)
    assert codes(outcome) == [(2, "out_of_scope")]
    assert Establishment.objects.count() == 1
    elsewhere = officer_of(places, "20335")
    grant = Grant("officer", frozenset({IMPORT}), elsewhere.grants[0].scope)
    stolen = take(row(name="Đổi tên"), by=replace(act, actor=replace(elsewhere, grants=(grant,))))
    assert codes(stolen) == [(1, "out_of_scope")]
    with pytest.raises(Refused):
        take(row(), by=replace(act, actor=officer))


def test_an_unverified_establishment_is_confirmed_by_the_file(take: Any, places: PlaceTree) -> None:
    from atvsld.registers.establishments import facade

    facade.add_unverified([facade.Met("0100233488", "Tên trong tệp tai nạn", commune(places, "20341"))])
    assert take(row()).accepted == 1
    made = Establishment.objects.get()
    assert (made.name, made.verification, made.version) == ("Công ty TNHH Thử", "verified", 2)


def test_a_messy_workbook_comes_back_with_its_bad_cells_and_then_goes_in(take: Any, act: Act, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "messy.xlsx",
        [
            ["DANH SÁCH DOANH NGHIỆP NĂM 2025"],
            ["MST", "Tên doanh nghiệp", "Mã xã", "Hệ thống ngành", "Ngành", "Năm", "Lao động", "Ghi chú"],
            ["01.002.33488", "  Công ty  A ", 20341, "2018", "1410", 2025, 12, "x"],
            [100112437, "Công ty B", "20341 – Điện Bàn", "2018", 1410, 2025, "mười", ""],
            ["", "", "", "", "", "", "", ""],
            ["0100112437", "Công ty B", 20341, "2018", 1410, 2024, 10, ""],
        ],
    )
    outcome = targets.accept_file(act, ESTABLISHMENTS, path)
    assert (outcome.accepted, outcome.rejected) == (2, 1)
    assert codes(outcome) == [(4, "not_a_number")]
    out = tmp_path / "out.xlsx"
    corrected_workbook(path, ESTABLISHMENTS.spec(), None, outcome.errors, out)
    assert out.stat().st_size > 0
    assert set(Establishment.objects.values_list("tax_code", flat=True)) == {"0100233488", "0100112437"}


def test_the_template_is_taken_in_as_it_is(take: Any, act: Act, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_workbook(ESTABLISHMENTS))
    outcome = targets.accept_file(act, ESTABLISHMENTS, path)
    # The example's tax code is unissued: it is the only thing wrong, or nothing is.
    assert {problem.code for problem in outcome.errors} <= {"tax_code_checksum", "place_unknown"}


def test_a_large_file_is_taken_in_by_sets(take: Any, act: Act, tmp_path: Path) -> None:
    from stdnum.vn import mst

    taxes = [code for number in range(980_000_000, 980_000_900) if mst.is_valid(code := f"{number:09d}0"[:10])]
    rows = [row(tax_code=code, name=f"Công ty {code}") for code in taxes]
    outcome = targets.accept_file(act, ESTABLISHMENTS, write_csv(tmp_path / "many.csv", rows))
    assert (outcome.accepted, outcome.rejected) == (len(rows), 0)
