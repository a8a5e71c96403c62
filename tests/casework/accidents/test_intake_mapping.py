"""Files in someone else's layout, and two thousand real records."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.casework.accidents import scene
from tests.casework.accidents.intake_rows import take_file

from atvsld.casework.accidents.intake import ACCIDENTS
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.imports import mapping
from atvsld.platform.imports.findings import FileRefused

OSHA = Path(__file__).resolve().parents[4] / "shared" / "data" / "real" / "osha_injuries.csv"
PROFILE = """
columns:
  case_key: So vu
  occurred_at: {from: Ngay, unknown: ["?"]}
  place_code: {constant: "99001"}
  sex: {from: Gioi, values: {"1": male, "2": female}, unknown: ["9"]}
"""


def test_a_profile_renames_sets_constants_and_translates(land, tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("So vu;Ngay;Gioi;Khac\nA;10/02/2026;2;x\nB;10/02/2026;9;x\nC;10/02/2026;5;x\n", encoding="utf-8")
    outcome = take_file(path, mapping=mapping.parse(PROFILE, spec()))
    assert (outcome.accepted, outcome.rejected) == (2, 1)
    assert (outcome.errors[0].row, outcome.errors[0].code) == (4, "value_unmapped")
    assert list(Victim.objects.order_by("case__case_key").values_list("sex", flat=True)) == ["female", None]
    assert "Khac" in outcome.notes[0].message


def test_a_value_given_for_the_whole_file_fills_a_column_it_lacks(land, tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("case_key,occurred_at\nA,10/02/2026\n", encoding="utf-8")
    assert take_file(path, constants={"place_code": "99002"}).accepted == 1
    assert AccidentCase.objects.get().place == land.hill


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[]", "columns"),
        ("columns: {tuoi: a}", "tuoi"),
        ("columns: {sex: {from: a, constant: b}}", "from"),
        ("columns: {sex: {from: a, otherwise: guess}}", "otherwise"),
        ("a: [", "YAML"),
    ],
)
def test_a_wrong_profile_is_refused_with_the_part_that_is_wrong(text, part) -> None:
    with pytest.raises(FileRefused, match=part):
        mapping.parse(text, spec())


def test_a_file_without_the_column_a_profile_needs_is_refused(land, tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("So vu;Ngay\nA;10/02/2026\n", encoding="utf-8")
    outcome = take_file(path, mapping=mapping.parse(PROFILE, spec()))
    assert (outcome.readable, "Gioi" in str(outcome.errors[0])) == (False, True)


@pytest.mark.skipif(not OSHA.exists(), reason="không có tệp hồ sơ thật osha_injuries.csv")
def test_real_records_keep_what_is_known_and_nothing_else(land) -> None:
    with OSHA.open(encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    degree = {"1": "fatal", "2": "severe", "3": "minor"}
    outcome = take_file(OSHA, mapping=ACCIDENTS.profiles()["osha"], constants={"place_code": "99901"})
    assert (outcome.accepted, outcome.rejected, outcome.errors) == (len(records), 0, [])
    cases = {record["summary_nr"] for record in records}
    assert AccidentCase.objects.count() == len(cases)
    held = Counter(Victim.objects.values_list("severity", flat=True))
    assert held == Counter(degree.get(record["degree_of_inj"]) for record in records)
    worst = {key: min(int(r["degree_of_inj"]) or 9 for r in records if r["summary_nr"] == key) for key in cases}
    assert AccidentCase.objects.filter(severity="fatal").count() == sum(value == 1 for value in worst.values())
    assert Victim.objects.filter(is_principal=True).count() == len(cases)
    assert outcome.unknown["occupation_code"] == outcome.unknown["sex"] == outcome.unknown["birth_year"] == len(records)
    assert not AccidentCase.objects.exclude(cause_code=None).exists()
    again = take_file(OSHA, mapping=ACCIDENTS.profiles()["osha"], constants={"place_code": "99901"}, dry_run=True)
    assert (again.accepted, again.unchanged) == (0, len(records))


def test_shipped_profiles_are_well_formed() -> None:
    assert "osha" in ACCIDENTS.profiles()
    assert scene.act().actor.may(ACCIDENTS.permission)
