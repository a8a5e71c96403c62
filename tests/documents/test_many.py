"""Several papers in one file, as a mail merge prints them."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdf

from atvsld.documents.model import Document, Letterhead, PageBreak, Paragraph, Signature
from atvsld.documents.render import render, render_many


def letter(number: int, *, pages: int = 1) -> Document:
    blocks = [Paragraph(f"Nội dung thư {number}.")]
    for page in range(2, pages + 1):
        blocks += [PageBreak(), Paragraph(f"Trang tiếp {page} của thư {number}.")]
    return Document(
        "", "", tuple(blocks), letterhead=Letterhead(None, "SỞ THỬ", f"0{number}/STH", "Đà Nẵng", date(2026, 7, 20)),
        addressed_to=f"Đơn vị {number}", signature=Signature("GIÁM ĐỐC", "Nguyễn Văn Ký"),
    )  # fmt: skip


def test_each_letter_begins_a_page_with_its_own_head_and_counts_its_pages_anew() -> None:
    made = render_many([letter(1), letter(2, pages=2), letter(3)], "pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == 4
    for page, number in ((0, 1), (1, 2), (3, 3)):
        assert f"Số: 0{number}/STH" in pages[page]
        assert f"Đơn vị {number}" in pages[page]
        assert pages[page].splitlines()[0].startswith("SỞ THỬ"), "the first page of a letter bears no number"
    assert pages[2].splitlines()[0] == "2"
    assert sum("Nguyễn Văn Ký" in page for page in pages) == 3


def test_word_has_a_section_for_each_letter_and_the_same_bytes_again() -> None:
    letters = [letter(1), letter(2, pages=2), letter(3)]
    made = render_many(letters, "docx")
    assert made == render_many(letters, "docx")
    word = docx.Document(io.BytesIO(made))
    assert len(word.sections) == 3
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert all(f"Nội dung thư {number}." in text for number in (1, 2, 3))
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    starts = [section._sectPr.find(f"{namespace}pgNumType") for section in word.sections]
    assert [None if one is None else one.get(f"{namespace}start") for one in starts] == [None, "1", "1"]


def test_one_paper_is_the_same_either_way() -> None:
    for ending in ("pdf", "docx"):
        assert render_many([letter(1)], ending) == render(letter(1), ending)
