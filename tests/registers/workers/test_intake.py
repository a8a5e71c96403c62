"""A file of workers: numbers sealed on the way, people found again, dirty rows named, nothing erased by silence."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from tests.casework.accidents.intake_rows import write_csv, write_xlsx

from atvsld.platform.imports import taking, targets
from atvsld.platform.imports.actions import undo as undoing
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.targets import Options
from atvsld.platform.imports.template import template_workbook
from atvsld.registers.workers import facade, identity_numbers
from atvsld.registers.workers.intake import WORKERS, accept_rows
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker

NUMBER = "000190001235"
GOOD = {
    "name": "Trần Thị Thử",
    "birth_date": "02/09/1990",
    "sex": "Nữ",
    "identity_number": NUMBER,
    "tax_code": "0100109106",
    "started_on": "01/03/2025",
    "labour_relation": "Thử việc",
    "job_title": "Thợ may",
}


def row(**changes: Any) -> dict[str, Any]:
    return GOOD | changes


def codes(outcome: ImportOutcome) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.code) for problem in outcome.errors]


@pytest.fixture
def take(land, act) -> Any:
    return lambda *rows, by=None, **options: accept_rows(by or act, rows, **options)


def test_a_row_becomes_a_person_with_work_and_a_sealed_number(take, land) -> None:
    outcome = take(row(groups="khuyết tật", group_from="01/01/2024", group_basis="Giấy xác nhận 12"))
    assert codes(outcome) == []
    assert (outcome.accepted, outcome.new, outcome.created) == (
        1, 1, {"workers": 1, "employments": 1, "protected_groups": 1},
    )  # fmt: skip
    made = Worker.objects.get()
    assert (made.name_folded, made.sex, made.birth_date) == ("tran thi thu", "female", date(1990, 9, 2))
    assert (made.establishment_id, made.place_id, made.identity_kind) == (land.mill.pk, land.river.pk, "citizen")
    assert identity_numbers.unseal(made.identity_sealed) == NUMBER
    work = Employment.objects.get()
    assert (work.started_on, work.labour_relation, work.job_title) == (date(2025, 3, 1), "probation", "Thợ may")
    assert [group.value for group in facade.groups_on(made, date(2025, 6, 1))] == ["women", "disabled", "probation"]


def test_the_same_file_again_changes_nothing_and_a_difference_changes_only_itself(take) -> None:
    rows = (row(), row(name="Lê Văn Hai", identity_number="", sex="Nam", birth_date="01/01/1985"))
    assert take(*rows).new == 2
    events = [model.pgh_event_model.objects.count() for model in (Worker, Employment)]
    again = take(*rows)
    assert (again.accepted, again.unchanged) == (0, 2)
    assert events == [model.pgh_event_model.objects.count() for model in (Worker, Employment)]
    changed = take(rows[0], rows[1] | {"job_title": "Tổ trưởng"})
    assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 1)
    assert set(Employment.objects.values_list("job_title", flat=True)) == {"Thợ may", "Tổ trưởng"}
    assert Worker.objects.count() == 2


def test_what_a_file_does_not_say_stays(take) -> None:
    take(row())
    outcome = take({"name": "Trần Thị Thử", "identity_number": NUMBER, "sex": ""})
    assert (outcome.accepted, outcome.unchanged) == (0, 1)
    kept = Worker.objects.get()
    assert (kept.sex, kept.birth_date, kept.employments.count()) == ("female", date(1990, 9, 2), 1)


def test_a_number_found_later_joins_the_person_entered_without_one(take) -> None:
    take(row(identity_number=""))
    outcome = take(row())
    assert (outcome.new, outcome.changed, Worker.objects.count()) == (0, 1, 1)
    assert identity_numbers.unseal(Worker.objects.get().identity_sealed) == NUMBER


def test_moving_on_to_another_employer_keeps_both_and_follows_the_later(take, land) -> None:
    take(row(ended_on="30/06/2025"))
    assert Worker.objects.get().establishment_id is None
    take(row(tax_code="0200109107", started_on="01/08/2025", labour_relation="contract"))
    moved = Worker.objects.get()
    assert (moved.establishment_id, moved.place_id, moved.employments.count()) == (land.quarry.pk, land.hill.pk, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "missing"),
        ({"birth_date": "31/02/1990"}, "date_unreadable"),
        ({"birth_date": "1990"}, "day_incomplete"),
        ({"birth_date": "01/01/2031"}, "future_date"),
        ({"sex": "?"}, "not_a_choice"),
        ({"identity_number": "không nhớ"}, "identity_unreadable"),
        ({"identity_number": "1.9E+11"}, "identity_rounded"),
        ({"tax_code": "0100233488"}, "establishment_unknown"),
        ({"tax_code": "", "place_code": ""}, "employment_where"),
        ({"tax_code": "", "place_code": "12345"}, "place_unknown"),
        ({"ended_on": "01/01/2024"}, "employment_days"),
        ({"groups": "disabled"}, "missing"),
        ({"groups": "women", "group_from": "01/01/2024"}, "code_unknown"),
        ({"groups": "disabled", "group_from": "01/01/2024", "group_to": "31/12/2023"}, "days"),
    ],
)
def test_every_bad_row_is_named_and_keeps_nothing_else_out(take, changes, code) -> None:
    good = row(name="Người Tốt", identity_number="000085004321", sex="", birth_date="")
    outcome = take(row(**changes), good)
    assert codes(outcome) == [(1, code)]
    assert (outcome.new, outcome.rejected) == (1, 1)
    assert [made.name for made in Worker.objects.all()] == ["Người Tốt"]


def test_rows_of_one_person_must_agree_and_a_bad_one_keeps_the_others_out(take) -> None:
    outcome = take(row(), row(tax_code="0200109107", birth_date="03/09/1990"))
    assert codes(outcome) == [(1, "worker_incomplete"), (2, "worker_conflict")]
    assert codes(take(row(), row())) == [(1, "worker_incomplete"), (2, "duplicate_row")]
    assert not Worker.objects.exists()


def test_two_stored_people_who_cannot_be_told_apart_are_not_guessed(take, land) -> None:
    for _one in range(2):
        Worker.objects.create(name="An", name_folded="an", establishment=land.mill, place=land.river)
    outcome = take({"name": "An", "tax_code": "0100109106"})
    assert codes(outcome) == [(1, "worker_ambiguous")]


def test_a_number_is_doubted_without_being_told(take) -> None:
    outcome = take(row(sex="Nam", birth_date="02/09/1991"), row(identity_number=190001236.0, name="Mất Số Không"))
    doubts = {note.code for note in outcome.notes}
    assert {"identity_sex", "identity_year"} <= doubts
    assert outcome.accepted == 2
    assert "190001" not in json.dumps(outcome.to_json(), ensure_ascii=False)


def test_no_plain_number_is_left_anywhere_in_the_database(take, act, land, tmp_path) -> None:
    rows = [row(), row(identity_number="000 190 009 999 x", name="Số Hỏng"), row(identity_number=NUMBER, name="Khác")]
    taken = taking.take_file(act, WORKERS, write_csv(tmp_path / "a.csv", rows), options=Options())
    assert taken.outcome.rejected > 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema || '.' || quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_type IN ('BASE TABLE', 'LOCAL TEMPORARY') AND table_schema NOT IN"
            " ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ '000 ?190 ?00[19]'")
            assert cursor.fetchone() == (0,), table
    assert "190" not in json.dumps(taken.outcome.to_json()["errors"])


def test_an_employer_sends_its_own_people_without_a_tax_code_and_nobody_elses(take, act, cast, land) -> None:
    mine = replace(act, actor=cast.employer)
    people = [{"name": "Của Mình", "birth_date": "01/01/1990"}, {"name": "Của Ai", "tax_code": "0200109107"}]
    outcome = take(*people, by=mine)
    assert codes(outcome) == [(2, "out_of_scope")]
    assert Worker.objects.get().establishment_id == land.mill.pk
    take(row(tax_code="0200109107"))
    assert codes(take(row(), by=mine)) == [(1, "identity_taken")]


def test_the_template_and_a_messy_workbook_are_read_and_come_back_marked(take, act, tmp_path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(WORKERS)))
    assert "Mỗi dòng một người" in book["Hướng dẫn"]["A1"].value
    path = write_xlsx(
        tmp_path / "messy.xlsx",
        [
            ["DANH SÁCH NGƯỜI LAO ĐỘNG"],
            [],
            ["STT", "HỌ TÊN *", "Ngày tháng năm sinh", "Giới", "CCCD", "MST", "Ngày vào làm", "Chức danh"],
            [1, "  trần   thị thử ", "2-9-1990", "nữ", "000 190 001 235", "0100109106", "2025-03-01", "Thợ may"],
            [2, "Lê Văn B", "1/1/85", "Nam", "", "0100109106", "", ""],
            ["", "", "", "", "", "", "", ""],
        ],
    )
    outcome = targets.accept_file(act, WORKERS, path)
    assert codes(outcome) == [(5, "date_unreadable")]
    assert Worker.objects.get().name == "trần thị thử"
    out = tmp_path / "out.xlsx"
    corrected_workbook(path, WORKERS.spec(), None, outcome.errors, out)
    sheet = openpyxl.load_workbook(out).active
    assert [sheet.cell(line, 5).value for line in (4, 5)] == ["000 190 001 235", None]
    assert sheet.cell(5, 3).comment is not None


def test_an_import_of_workers_is_undone_and_refused_once_somebody_works_on(take, act, land) -> None:
    take(row(name="Đã Có", identity_number="000085004321", sex="", birth_date=""))
    rows = [row(), row(name="Đã Có", identity_number="000085004321", sex="Nam", birth_date="01/01/1985")]
    taken = taking.take_rows(act, WORKERS, rows, Options())
    assert (taken.outcome.new, taken.outcome.changed) == (1, 1)
    undoing.undo(act, run=taken.run)
    left = Worker.objects.get()
    assert (left.name, left.sex, left.birth_date) == ("Đã Có", None, None)
    assert (Employment.objects.count(), ProtectedGroup.objects.count()) == (1, 0)


def test_a_thousand_people_are_written_in_a_few_statements(take, django_assert_max_num_queries) -> None:
    rows = [row(name=f"Người {number}", identity_number=f"0001900{number:05d}", sex="") for number in range(1_000)]
    with django_assert_max_num_queries(70):
        assert take(*rows).new == 1_000
    with django_assert_max_num_queries(70):
        assert take(*rows).unchanged == 1_000
