"""Each kind of bad row gets a sentence with its row, its column and what to do."""

from __future__ import annotations

from datetime import date

import pytest
from tests.casework.accidents.intake_rows import only, row, take

from atvsld.casework.accidents.models import AccidentCase, Victim

CASES = [
    ({"case_key": ""}, "case_key", "missing", "Điền"),
    ({"occurred_at": ""}, "occurred_at", "missing", "Điền"),
    ({"occurred_at": "46063.4"}, "occurred_at", "date_as_number", "10/02/2026"),
    ({"occurred_at": 46063.4}, "occurred_at", "date_as_number", "kiểu ngày"),
    ({"occurred_at": "31/02/2026"}, "occurred_at", "date_unreadable", "dd/mm/yyyy"),
    ({"occurred_at": "03/03/2027 08:00"}, "occurred_at", "future_date", "Kiểm tra"),
    ({"place_code": ""}, "place_code", "missing", "Điền"),
    ({"place_code": "99"}, "place_code", "place_level", "xã, phường"),
    ({"place_code": "12345"}, "place_code", "place_unknown", "Địa bàn"),
    ({"place_code": "99901"}, "place_code", "place_not_in_force", "Xã Sông Thử (99001)"),
    ({"establishment_tax_code": "0100109107"}, "establishment_tax_code", "tax_code_checksum", "giấy đăng ký"),
    ({"establishment_tax_code": "0401999999"}, "establishment_tax_code", "establishment_unknown", "tên cơ sở"),
    ({"labour_relation": "thân quen"}, "labour_relation", "not_a_choice", "Thử việc"),
    ({"cause_code": "77"}, "cause_code", "code_unknown", "danh mục"),
    ({"injury_agent_code": "3.9"}, "injury_agent_code", "code_unknown", "danh mục"),
    ({"injury_codes": "01", "severity": "severe"}, "injury_codes", "code_is_heading", "chi tiết"),
    ({"occupation_code": 1}, "occupation_code", "code_ambiguous", "văn bản"),
    ({"severity": "minor", "injury_codes": "011"}, "severity", "severity_contradicts_injury", "Điều 9"),
    ({"severity": "nhẹ", "victim_name": "Lê Văn A (đã chết)"}, "severity", "severity_contradicts_death", "Chết người"),
    ({"birth_year": "2024"}, "birth_year", "birth_year", "Kiểm tra"),
    ({"birth_year": "90"}, "birth_year", "out_of_range", "Kiểm tra"),
    ({"medical_cost": "-1"}, "medical_cost", "negative", "từ 0"),
    ({"property_damage": -1.0}, "property_damage", "negative", "từ 0"),
    ({"wage_cost": "1,5 triệu"}, "wage_cost", "not_a_number", "đồng"),
    ({"days_lost": "3.5"}, "days_lost", "not_a_number", "số nguyên"),
    ({"managed": "có thể"}, "managed", "not_yes_no", "Không"),
    ({"victim_name": "Nguyá»…n VÄƒn A"}, "victim_name", "encoding_damage", "UTF-8"),
    ({"victim_name": "A" * 201}, "victim_name", "too_long", "200"),
]


@pytest.mark.parametrize(("change", "column", "code", "remedy"), CASES, ids=lambda part: str(part)[:30])
def test_the_sentence_names_row_column_and_remedy(land, change, column, code, remedy) -> None:
    outcome = take(row(case_key="V0"), row(**change))
    error = only(outcome)
    assert (error.row, error.column, error.code) == (2, column, code)
    assert "Dòng 2, cột “" in error.message
    assert remedy in str(error)
    assert (outcome.accepted, outcome.rejected, AccidentCase.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("place_code", "99002"),
        ("occurred_at", "11/02/2026 09:30"),
        ("establishment_tax_code", "0401999999"),
        ("cause_code", "8"),
    ],
)
def test_two_cases_under_one_key_are_told_apart_on_the_later_row(land, column, value) -> None:
    outcome = take(row(), row(victim_name="Người Thứ Hai", **{column: value}))
    assert [(error.row, error.code) for error in outcome.errors] == [(1, "case_incomplete"), (2, "case_conflict")]
    assert outcome.errors[1].column == column
    assert "dòng 1" in outcome.errors[1].message


def test_another_establishment_in_a_case_points_to_the_managed_column(land) -> None:
    outcome = take(row(), row(victim_name="B", establishment_tax_code="0401999999"))
    assert "Thuộc quyền quản lý" in outcome.errors[1].remedy


def test_damage_printed_once_and_zero_elsewhere_is_one_damage(land) -> None:
    assert take(row(property_damage="7000000"), row(victim_name="B", property_damage=0)).accepted == 2
    assert AccidentCase.objects.get().property_damage == 7_000_000


def test_lost_zeros_come_back_when_only_one_code_fits(land) -> None:
    outcome = take(row(severity="severe", injury_codes=11, establishment_tax_code=100109106))
    assert outcome.accepted == 1
    assert Victim.objects.get().injury_codes == ["011"]
    assert {note.code for note in outcome.notes} == {"code_zero_restored", "repaired"}
    assert all("Dòng 1" in note.message for note in outcome.notes)


def test_codes_ten_and_one_hundred_ten_stay_apart(land) -> None:
    take(row(severity="severe", injury_codes="0110;011"))
    assert Victim.objects.get().injury_codes == ["0110", "011"]


def test_an_agent_is_read_in_the_list_of_the_day(land) -> None:
    before = row(occurred_at="10/12/2020 08:00", place_code="99901", injury_agent_code="18")
    assert only(take(before)).code == "code_unknown"
    assert take(row(injury_agent_code="18")).accepted == 1


def test_the_old_commune_is_right_for_its_own_days(land) -> None:
    take(row(occurred_at="2025-06-30 23:59", place_code="99901"))
    assert AccidentCase.objects.get().place == land.old
    assert land.old.valid_to == date(2025, 6, 30)


def test_the_same_person_twice_in_a_case_is_pointed_out(land) -> None:
    outcome = take(row(), row(property_damage=""))
    assert outcome.accepted == 2
    assert [(note.row, note.code) for note in outcome.notes] == [(2, "duplicate_victim")]


def test_words_people_use_are_understood(land) -> None:
    said = row(
        labour_relation="Có HĐLĐ", conclusion="TNLĐ", severity="Nặng", injury_codes="11, 024", managed="Không",
        sex="nữ", medical_cost="1.250.000 đ", occurred_at="10/02/2026 9h30",
    )  # fmt: skip
    assert take(said).accepted == 1
    victim = Victim.objects.get()
    assert (victim.labour_relation, victim.severity, victim.managed, victim.sex) == (
        "contract",
        "severe",
        False,
        "female",
    )
    assert (victim.medical_cost, victim.injury_codes, victim.case.conclusion) == (
        1_250_000,
        ["011", "024"],
        "occupational",
    )
