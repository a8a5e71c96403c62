from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from tests.documents.papers import MARKUP, report, wide_table

from atvsld.documents import as_pdf, fonts_folder
from atvsld.documents.model import Cell, Chart, Column, Document, Paragraph, Row, Table
from atvsld.documents.render import to_pdf


def read(doc: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(doc)))


@pytest.fixture(scope="module")
def pdf():
    return read(report(rows=60))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_vietnamese_letters_and_the_head_of_the_paper_are_intact(pdf):
    first = flat(pdf.pages[0].extract_text())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tỉnh Một, ngày 05 tháng 01 năm 2026",
        "BÁO CÁO",
        "Kính gửi: Bộ Một",
        "Tổng số lao động: 655.000",
    ):
        assert words in first


def test_text_never_acts_as_markup(pdf):
    assert flat(MARKUP) in flat(pdf.pages[0].extract_text())


def test_only_our_fonts_are_in_the_file(pdf):
    names = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all(name.startswith("Tinos") for name in names)


def test_pages_turn_with_the_wide_table(pdf):
    shapes = [page.mediabox.width > page.mediabox.height for page in pdf.pages]
    assert shapes[0] is False
    assert shapes[-1] is True
    assert shapes == sorted(shapes)


def test_the_header_of_a_long_table_is_repeated_and_pages_are_numbered_from_the_second_on(pdf):
    wide = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) > 1
    for page in wide:
        assert "Phân loại theo mức độ" in flat(page.extract_text())
    assert not pdf.pages[0].extract_text().strip().startswith("1")
    assert [page.extract_text().split()[0] for page in pdf.pages[1:]] == [str(n) for n in range(2, len(pdf.pages) + 1)]


def test_every_page_carries_the_footer_and_the_provisional_mark(pdf):
    for page in pdf.pages:
        assert "CÓ NỘI DUNG TẠM THỜI · Phụ lục XIV · Số liệu lúc 10:15" in flat(page.extract_text())
    assert "TẠM THỜI: Mẫu bảng 2" in flat(pdf.pages[0].extract_text())


def test_the_file_declares_archival_quality_and_is_tagged(pdf):
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert pdf.trailer["/Root"]["/Lang"] == "vi-VN"


def test_a_giant_paper_goes_without_tags(monkeypatch):
    monkeypatch.setattr(as_pdf, "GIANT_CELLS", 10)
    assert "/StructTreeRoot" not in read(Document("T", blocks=(wide_table(),))).trailer["/Root"]


def test_a_letter_the_fonts_lack_does_not_stop_the_report():
    text = flat(read(Document("Tên 中 😀", blocks=(Paragraph("ế\ufe0fữ"),))).pages[0].extract_text())
    assert "TÊN □ □" in text
    assert "ếữ" in text


def test_the_fonts_hold_every_vietnamese_letter():
    vowels = "aăâeêioôơuưy"
    letters = {
        ord(char) for base in vowels for tone in "\u0300\u0301\u0303\u0309\u0323" for char in composed(base + tone)
    }
    assert letters | {ord(char) for char in "đĐ–…₫"} <= fonts_folder.letters()


def composed(text: str) -> str:
    import unicodedata

    both = unicodedata.normalize("NFC", text) + unicodedata.normalize("NFC", text.upper())
    assert len(both) == 2
    return both


def test_without_fonts_nothing_is_printed(monkeypatch):
    monkeypatch.setattr(fonts_folder, "_FOLDER", Path("nowhere"))
    with pytest.raises(fonts_folder.FontsMissing, match="Tinos-Regular"):
        fonts_folder.fonts_folder()


def test_a_chart_never_fetches_its_data():
    spec = {
        "data": {"url": "http://127.0.0.1:9/x.csv"},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "nominal"}},
    }
    with pytest.raises(ValueError, match=r"(?i)url|load|access"):
        to_pdf(Document("T", blocks=(Chart(spec, "không"),)))


def test_five_hundred_rows_of_thirteen_columns_print():
    rows = tuple(Row(str(n), tuple(Cell(n * place) for place in range(13))) for n in range(500))
    columns = tuple(Column(f"Cột {place}", kind="number") for place in range(13))
    pages = read(Document("T", blocks=(Table("t", "T", columns, rows),), landscape=True)).pages
    assert 10 < len(pages) < 40
    assert "5.988" in pages[-1].extract_text()
