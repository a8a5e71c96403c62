from __future__ import annotations

import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from tests.documents.papers import MARKUP, report

from atvsld.documents.model import Document
from atvsld.documents.render import to_docx


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(to_docx(report(rows=40))))


def wide(word):
    return max(word.tables, key=lambda table: len(table.columns))


def test_the_head_of_the_paper_follows_the_decree(word):
    left, right = word.tables[0].rows[0].cells
    assert [line.text for line in left.paragraphs][:2] == ["ỦY BAN NHÂN DÂN\nTỈNH MỘT", "SỞ MỘT"]
    assert [line.text for line in right.paragraphs][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    number, day = word.tables[0].rows[1].cells
    assert (number.text, day.text) == ("Số: 12/BC-SM", "Tỉnh Một, ngày 05 tháng 01 năm 2026")
    assert day.paragraphs[0].runs[0].italic


def test_all_four_faces_are_times_new_roman_and_the_language_is_vietnamese(word):
    style = word.styles["Normal"].element.rPr
    faces = style.find(qn("w:rFonts"))
    assert {faces.get(qn(f"w:{face}")) for face in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not [name for name in faces.attrib if "Theme" in name]
    assert style.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert word.core_properties.title == "Báo cáo: Tình hình sáu tháng đầu năm 2026"


def test_header_rows_repeat_and_rows_do_not_break(word):
    rows = wide(word).rows
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True] * 4 + [False] * (len(rows) - 4)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_header_cells_are_merged_as_the_form_wants(word):
    table = wide(word)
    assert table.cell(0, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(0, 2)._tc is table.cell(0, 8)._tc
    assert table.cell(1, 2)._tc is table.cell(1, 4)._tc
    assert [table.cell(2, column).text for column in range(2, 5)] == [
        "Tổng số",
        "Có người chết",
        "Từ hai người bị nạn trở lên",
    ]
    assert [cell.text for cell in table.rows[3].cells] == [str(place) for place in range(1, 14)]


def test_a_wide_table_lies_on_a_landscape_page_it_fits(word):
    first, last = word.sections[0], word.sections[-1]
    assert (first.orientation, last.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert (round(first.left_margin.mm), round(first.top_margin.mm)) == (30, 20)
    room = last.page_width - last.left_margin - last.right_margin
    assert sum(column.width for column in wide(word).columns) <= room * 1.001


def test_pages_are_numbered_at_the_top_from_the_second_on(word):
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert not word.sections[-1].different_first_page_header_footer


def test_every_page_says_what_is_provisional(word):
    section = word.sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text.startswith("CÓ NỘI DUNG TẠM THỜI · Phụ lục XIV")
    notice = next(line for line in word.paragraphs if line.text.startswith("TẠM THỜI: "))
    assert notice._p.pPr.find(qn("w:pBdr")) is not None


def test_text_prints_as_written(word):
    assert MARKUP in [line.text for line in word.paragraphs]


def test_recipients_stand_left_of_the_signature(word):
    left, right = next(table for table in word.tables if "Nơi nhận:" in table.cell(0, 0).text).rows[0].cells
    assert left.text.splitlines() == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert right.text.split("\n")[0] == "GIÁM ĐỐC"
    assert right.text.split("\n")[-1] == "Nguyễn Thị Ánh Nguyệt"


def test_a_picture_says_what_it_shows(word):
    described = [element.get("descr") for element in word.element.iter(qn("wp:docPr"))]
    assert described == ["Số vụ theo năm: 2024 có 1.500, 2025 có 2.500"]


def test_an_english_paper_keeps_the_vietnamese_motto():
    word = docx.Document(io.BytesIO(to_docx(report(language="en"))))
    assert "CỘNG HÒA XÃ HỘI" in word.tables[0].cell(0, 1).text
    assert word.tables[0].cell(1, 0).text == "No.: 12/BC-SM"
    assert word.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_an_empty_paper_is_still_a_paper():
    assert docx.Document(io.BytesIO(to_docx(Document("Trống")))).paragraphs[0].text == "TRỐNG"
