from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.documents.papers import COLUMNS, report, small_table, wide_table

from atvsld.documents import display, layout
from atvsld.documents.model import Cell, Column, Document, DocumentError, Heading, Letterhead, Paragraph, Row, Table


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(DocumentError, match="2 ô cho 1 cột"):
        Table("t", "T", (Column("A"),), (Row("r", (Cell("x"), Cell("y"))),))


def test_a_row_key_or_table_id_used_twice_is_refused():
    with pytest.raises(DocumentError, match="lặp lại"):
        Table("t", "T", (Column("A"),), (Row("r", (Cell("x"),)), Row("r", (Cell("y"),))))
    with pytest.raises(DocumentError, match="cùng mã"):
        Document("T", blocks=(small_table(), small_table()))


@pytest.mark.parametrize("value", [1.5, True, Decimal("NaN")])
def test_inexact_values_are_refused(value):
    with pytest.raises(DocumentError):
        Cell(value)


def test_the_header_covers_its_grid_exactly_once():
    table = wide_table()
    covered = [
        (row, column)
        for line in layout.header_rows(table)
        for cell in line
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert sorted(covered) == [(row, column) for row in range(3) for column in range(len(table.leaves))]
    assert layout.label_paths(table)[2] == ("Phân loại theo mức độ", "Số vụ", "Tổng số")
    assert layout.column_numbers(table) == [str(place) for place in range(1, 14)]


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("table", [small_table(), wide_table(60)], ids=["small", "wide"])
def test_a_table_fills_the_width_between_the_margins(table, landscape):
    fitted = layout.fit(table, landscape=landscape, language="vi")
    assert sum(fitted.widths) == pytest.approx(layout.text_width(landscape=landscape))
    assert 8 <= fitted.size <= 12
    assert min(fitted.widths) > 5


def test_numbers_are_grouped_in_number_columns_only():
    number, text = Column("Số", kind="number"), Column("Năm")
    assert display.column_cell_text(Cell(1234567), number, "vi") == "1.234.567"
    assert display.column_cell_text(Cell(1234567), number, "en") == "1,234,567"
    assert display.column_cell_text(Cell(2024), text, "vi") == "2024"
    assert display.column_cell_text(Cell(Decimal("0.125")), Column("Tỷ lệ", kind="number", decimals=2), "vi") == "0,13"


def test_unknown_is_a_dash_and_zero_is_zero():
    number = Column("Số", kind="number")
    assert display.column_cell_text(Cell(None), number, "vi") == "–"
    assert display.column_cell_text(Cell(0), number, "vi") == "0"


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 1, 5), "Huế, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "Huế, ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "Huế, ngày 09 tháng 3 năm 2026"),
        (None, "Huế, ngày … tháng … năm ……"),
    ],
)
def test_days_and_the_first_two_months_are_written_with_a_leading_zero(day, printed):
    assert display.place_and_day(Document("T", letterhead=Letterhead(None, "SỞ", None, "Huế", day))) == printed


def test_decomposed_letters_and_control_characters_do_not_reach_the_paper():
    assert display.clean("Điê\u0323n\x00 Bàn\r\n") == "Điện Bàn\n"


def test_a_remark_used_twice_is_printed_once():
    same = Cell(1, note="Ước tính.")
    table = Table(
        "t", "T", (Column("A", kind="number"),) * 2, (Row("r", (same, same)), Row("s", (Cell(2, note="Khác."), same)))
    )
    assert display.footnotes(table) == [("a", "Ước tính."), ("b", "Khác.")]


def test_a_heading_turns_with_the_landscape_table_below_it():
    parts = layout.sections(report())
    assert [part.landscape for part in parts] == [False, True]
    assert [type(block).__name__ for block in parts[1].blocks] == ["Heading", "Table"]


def test_the_head_of_an_official_paper_stands_upright_even_when_the_table_does_not():
    parts = layout.sections(report(blocks=(Heading("Phụ lục"), wide_table())))
    assert [part.landscape for part in parts] == [False, True]
    form = layout.sections(Document("T", blocks=(wide_table(), Paragraph("Cuối"))))
    assert [part.landscape for part in form] == [True, False]
    assert [part.landscape for part in layout.sections(Document("T", landscape=True))] == [True]


def test_groups_of_columns_know_their_leaves():
    assert sum(1 for column in COLUMNS for _ in column.leaves()) == 13
    assert max(column.depth for column in COLUMNS) == 3
