"""Files as people send them: good ones in every format, bad ones refused in a sentence, nothing half written."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.casework.accidents.intake_rows import GOOD, only, row, take, take_file, write_csv, write_xlsx

from atvsld.casework.accidents.intake import ACCIDENTS
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.reading import archive, workbook
from atvsld.platform.imports.template import template_workbook


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8"), (";", "utf-16-le")],
)
def test_text_tables_are_read_whatever_their_separator(land, tmp_path, separator, encoding) -> None:
    path = write_csv(tmp_path / "a.csv", [row()], separator=separator, encoding=encoding)
    assert take_file(path).accepted == 1
    assert Victim.objects.get().name == "Nguyễn Văn Thử"


def test_vietnamese_headings_below_a_title_are_found(land, tmp_path) -> None:
    head = [spec()[name].label.upper() + " *" for name in GOOD]
    path = write_xlsx(tmp_path / "a.xlsx", [["BẢNG KÊ TAI NẠN"], [], head, [*GOOD.values()], ["", ""], []])
    assert take_file(path).accepted == 1


def test_an_error_names_the_row_the_spreadsheet_shows(land, tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["BẢNG KÊ"], [], [*GOOD], [], [*row(sex="?").values()]])
    assert only(take_file(path)).row == 5


def test_real_dates_and_numbers_of_excel_are_read(land, tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        values = row(occurred_at=datetime(2026, 2, 10, 9, 30), place_code=99001, cause_code=7.0, birth_year=1990.0)  # noqa: DTZ001
        for position, (name, value) in enumerate(values.items()):
            sheet.write(0, position, name)
            sheet.write(1, position, value)
    assert take_file(path).accepted == 1
    case = AccidentCase.objects.get()
    assert (case.cause_code, case.place.code, f"{case.occurred_at:%d %H:%M}") == ("7", "99001", "10 02:30")


def test_our_own_template_is_read_back(land, tmp_path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(template_workbook(ACCIDENTS))
    outcome = take_file(path, dry_run=True)
    # The examples name a commune of the real province, which this small one does not have.
    assert (outcome.readable, outcome.rows) == (True, 3)
    assert {error.code for error in outcome.errors} <= {"place_unknown", "case_incomplete", "place_not_in_force"}
    sheet = openpyxl.load_workbook(path)["Nhập liệu"]
    assert [cell.value for cell in sheet[1]] == [column.label for column in spec().columns]
    assert len(sheet.data_validations.dataValidation) == 8


def test_formulas_without_value_errors_and_merged_cells_are_named(land, tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for position, name in enumerate(GOOD):
            sheet.write(0, position, name)
            for line in range(1, 5):
                sheet.write(line, position, row(case_key=f"V{line}")[name])
        days, cost = list(GOOD).index("days_lost"), list(GOOD).index("medical_cost")
        sheet.write_formula(1, days, "=1+2", None, 3)
        sheet.write_formula(2, days, "=1+2", None, "")
        sheet.write_formula(3, cost, "=1/0", None, "#DIV/0!")
        sheet.merge_range(4, days, 5, days, 3)
    _drop_empty_values(path)
    outcome = take_file(path)
    assert [(error.row, error.column, error.code) for error in outcome.errors if error.code != "missing"] == [
        (3, "days_lost", "formula_without_value"),
        (4, "medical_cost", "cell_error"),
        (5, "days_lost", "merged_cells"),
    ]
    assert list(AccidentCase.objects.values_list("case_key", flat=True)) == ["V1"]
    assert Victim.objects.get().days_lost == 3


def _drop_empty_values(path: Path) -> None:
    """As a program writes it that does not compute: the formula alone."""
    with zipfile.ZipFile(path) as archive_:
        members = {name: archive_.read(name) for name in archive_.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, content in members.items():
            archive_.writestr(name, content.replace(b' t="str"><f>', b"><f>").replace(b"<v></v>", b""))


def test_hidden_sheets_are_left_out_and_named(land, tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, key in (("Nhập", "V1"), ("Cũ", "V2")):
            sheet = book.add_worksheet(name)
            for position, (column, value) in enumerate(row(case_key=key).items()):
                sheet.write(0, position, column)
                sheet.write(1, position, value)
        sheet.hide()
    outcome = take_file(path)
    assert (outcome.accepted, [note.code for note in outcome.notes]) == (1, ["hidden_sheet"])
    assert "Cũ" in outcome.notes[0].message


def test_a_row_with_more_cells_than_headings_is_named(land, tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", [row()])
    path.write_text(path.read_text(encoding="utf-8") + "V2" + "," * len(GOOD) + "thừa\n", encoding="utf-8")
    assert [(error.row, error.code) for error in take_file(path).errors if error.code == "row_too_long"] == [
        (3, "row_too_long")
    ]


REFUSED = {
    "rỗng": (b"", "empty", "Chọn lại"),
    "pdf": (b"%PDF-1.7 ...", "not_a_table", ".xlsx"),
    "nhị phân": (b"case_key,\x00\x01\x02,occurred_at", "not_a_table", ".xlsx"),
    "windows-1258": (
        "case_key;victim_name\nV1;Nguyễn\n".encode().replace("ễ".encode(), b"\xea\xde"),
        "wrong_encoding",
        "UTF-8",
    ),
    "không tiêu đề": ("một,hai\n3,4\n".encode(), "no_header", "tệp mẫu"),
    "thiếu mã vụ": (b"occurred_at,place_code\n2026-02-10,99001\n", "missing_column", "Thêm cột"),
    "cột hai lần": ("case_key,Mã vụ,place_code\n1,2,3\n".encode(), "column_twice", "Xóa"),
    "nháy không đóng": (b'case_key,place_code\nV1,"99001\n', "row_unreadable", "ngoặc kép"),
    "zip hỏng": (b"PK\x03\x04cut", "damaged", "lưu thành tệp mới"),
    "mật khẩu": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "password",
        "gỡ mật khẩu",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.django_db
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path, name) -> None:
    content, code, remedy = REFUSED[name]
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    outcome = take_file(path)
    assert (outcome.readable, outcome.rows) == (False, 0)
    assert outcome.errors[0].code == code
    assert remedy in outcome.errors[0].remedy


def test_an_unfinished_quote_writes_nothing_of_the_rows_before_it(land, tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(case_key=f"V{number}") for number in range(60)])
    path.write_text(path.read_text(encoding="utf-8") + 'V99,"10/02/2026\n', encoding="utf-8")
    outcome = take_file(path)
    assert (outcome.readable, outcome.errors[0].code) == (False, "row_unreadable")
    assert not AccidentCase.objects.exists()


@pytest.mark.django_db
def test_a_zip_bomb_is_never_unfolded(tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    assert path.stat().st_size < 100_000
    assert only(take_file(path)).code == "archive_bomb"


@pytest.mark.django_db
def test_a_workbook_with_too_many_rows_is_sent_to_csv(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 20)
    path = write_xlsx(tmp_path / "a.xlsx", [[*GOOD], *([*GOOD.values()] for _ in range(30))])
    error = only(take_file(path))
    assert (error.code, "CSV" in error.remedy) == ("too_many_rows", True)
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1_000)
    assert only(take_file(path)).code == "workbook_too_large"


@pytest.mark.django_db
def test_a_file_above_the_limit_is_not_opened(tmp_path, settings) -> None:
    settings.IMPORT_MAX_BYTES = 10
    path = write_csv(tmp_path / "a.csv", [row()])
    assert only(take_file(path)).code == "too_large"


def test_old_excel_and_opendocument_names_do_not_decide(land, tmp_path) -> None:
    path = write_xlsx(tmp_path / "a.csv", [[*GOOD], [*GOOD.values()]])
    assert take_file(path).accepted == 1


def test_the_corrected_workbook_marks_the_bad_cells_and_can_be_sent_again(land, tmp_path) -> None:
    path = write_csv(tmp_path / "a.csv", [row(), row(case_key="V2", sex="?")])
    outcome = take_file(path)
    fixed = tmp_path / "b.xlsx"
    corrected_workbook(path, spec(), None, outcome.errors, fixed)
    sheet = openpyxl.load_workbook(fixed).active
    cell = sheet.cell(3, list(GOOD).index("sex") + 1)
    assert (cell.value, cell.fill.start_color.rgb) == ("?", "FFFFC7CE")
    assert "Giới tính" in cell.comment.text
    assert sheet.cell(2, 1).comment is None
    cell.value = "Nam"
    sheet.parent.save(fixed)
    again = take_file(fixed)
    assert (again.accepted, again.unchanged, again.rejected) == (1, 1, 0)


def test_errors_beyond_the_kept_ones_are_counted(land, monkeypatch) -> None:
    monkeypatch.setattr("atvsld.platform.imports.findings.KEPT", 5)
    outcome = take(*(row(case_key=f"V{number}", sex="?") for number in range(20)))
    assert (len(outcome.errors), outcome.errors_total, outcome.rejected) == (5, 20, 20)
