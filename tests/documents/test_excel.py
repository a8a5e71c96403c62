from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from tests.documents.papers import report, wide_table

from atvsld.documents import as_xlsx
from atvsld.documents.model import Cell, Column, Document, Row, Table
from atvsld.documents.render import to_xlsx


def read(doc: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(doc)))


def row_of(sheet, first: object) -> int:
    return next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == first)


@pytest.fixture(scope="module")
def book():
    return read(report())


def test_each_table_has_a_sheet_and_the_rest_of_the_paper_one(book):
    assert book.sheetnames == ["Bảng 1. Tỷ lệ", "Bảng 2. Phân loại", "Thông tin chung"]
    about = {row[0]: row[1] for row in book["Thông tin chung"].iter_rows(max_col=2, values_only=True)}
    assert about["Tổng số lao động"] == 655_000
    assert about["Nơi nhận:"] == "Như trên;\nLưu: VT."


def test_figures_are_numbers_codes_are_text_and_unknown_is_empty(book):
    sheet = book["Bảng 2. Phân loại"]
    at = row_of(sheet, "1. Tổng số")
    assert sheet.cell(at, 2).value == "01"
    assert sheet.cell(at, 3).value == 1234
    assert sheet.cell(at, 3).number_format == "#,##0"
    assert sheet.cell(at, 5).value == 0
    assert sheet.cell(at, 8).value is None
    assert (sheet.cell(at, 13).value, sheet.cell(at, 13).number_format) == (0.5, "#,##0.0")


def test_the_header_is_merged_frozen_and_repeated(book):
    sheet = book["Bảng 2. Phân loại"]
    top = row_of(sheet, "Tên chỉ tiêu")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 2}", f"C{top}:I{top}", f"C{top + 1}:E{top + 1}"} <= merged
    assert sheet.freeze_panes == f"B{top + 4}"
    assert sheet.print_title_rows == f"${top}:${top + 3}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_provisional_is_said_on_every_sheet_and_printed_page(book):
    for sheet in book:
        assert any(
            "Mẫu bảng 2 chưa đối chiếu" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row
        )
        assert "CÓ NỘI DUNG TẠM THỜI" in sheet.oddFooter.left.text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK('x')", "http://x.example", "0123"])
def test_text_never_becomes_a_formula_a_link_or_a_number(text):
    table = Table(
        text,
        text,
        (Column(text), Column(text, kind="code"), Column(text, kind="number")),
        (Row("r", (Cell(text),) * 3),),
    )
    sheet = read(Document(text, blocks=(table,))).worksheets[0]
    written = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in written)
    assert [cell.value for cell in written][-3:] == [text] * 3


def test_days_are_days():
    table = Table("t", "T", (Column("Ngày", kind="date"),), (Row("r", (Cell(date(2026, 1, 5)),)),))
    cell = read(Document("T", blocks=(table,))).worksheets[0]["A4"]
    assert (cell.value, cell.number_format) == (datetime.combine(date(2026, 1, 5), time()), "dd/mm/yyyy")


def test_a_number_keeps_the_places_its_column_prints():
    table = Table("t", "T", (Column("Tỷ lệ", kind="number", decimals=2),), (Row("r", (Cell(Decimal("4.5349")),)),))
    cell = read(Document("T", blocks=(table,))).worksheets[0]["A4"]
    assert (cell.value, cell.number_format) == (4.5349, "#,##0.00")


def test_sheet_names_obey_excel_and_differ():
    title = "Bảng [tổng hợp] số liệu: theo ngành / nghề năm 2026"
    tables = tuple(Table(f"t{n}", title, (Column("A"),), ()) for n in range(3))
    names = read(Document("T", blocks=tables)).sheetnames
    assert len({name.lower() for name in names}) == 4
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_long_workbook_is_written_row_by_row_with_the_same_figures(monkeypatch):
    usual = read(Document("T", blocks=(wide_table(30),))).worksheets[0]
    monkeypatch.setattr(as_xlsx, "LONG_ROWS", 10)
    long = read(Document("T", blocks=(wide_table(30),))).worksheets[0]
    assert list(long.iter_rows(values_only=True)) == list(usual.iter_rows(values_only=True))
