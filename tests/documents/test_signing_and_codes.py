"""Several signatures side by side, a code to photograph, letters without a title: in every output."""

import io

import docx
import pypdf
import pytest

from atvsld.documents.model import Document, Letterhead, Paragraph, QrCode, Signature, Signatures
from atvsld.documents.render import render, to_html, to_json

ADDRESS = "https://atvsld.example/xac-minh/PG8JJDY8TK/"
SIGNERS = tuple(Signature(f"THÀNH VIÊN {place}", f"Người Thử {place}", "(Ký, ghi rõ họ tên)") for place in range(1, 6))


def letter(signers=SIGNERS):
    blocks = (Paragraph("Nội dung."), Signatures(signers), QrCode(ADDRESS, "Mã xác minh: PG8JJ-DY8TK"))
    head = Letterhead(None, "SỞ NỘI VỤ", "12/SNV\nV/v gửi biên bản", "Thử")
    return Document("", "", blocks, letterhead=head)


@pytest.mark.parametrize(("count", "widths"), [(0, []), (1, [1]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 3, 1])])
def test_signers_stand_at_most_three_in_a_line(count, widths):
    signers = tuple(Signature(str(place)) for place in range(count))
    lines = Signatures(signers).lines()
    assert [len(line) for line in lines] == widths
    assert tuple(one for line in lines for one in line) == signers


def test_word_holds_every_signer_the_code_as_a_picture_and_the_subject_under_the_number():
    made = docx.Document(io.BytesIO(render(letter(), "docx")))
    text = "\n".join(part.text or "" for part in made.element.body.iter() if part.tag.endswith("}t"))
    for needed in (*(one.name for one in SIGNERS), "Số: 12/SNV", "V/v gửi biên bản", "PG8JJ-DY8TK"):
        assert needed in text
    assert len(made.inline_shapes) == 1


def test_pdf_prints_them_too():
    [page] = pypdf.PdfReader(io.BytesIO(render(letter(), "pdf"))).pages
    printed = " ".join(page.extract_text().split())
    for needed in ("Người Thử 5", "12/SNV", "V/v gửi biên bản", "PG8JJ-DY8TK"):
        assert needed in printed


def test_pages_and_machines_get_the_words_and_a_letter_has_no_empty_heading():
    page = to_html(letter())
    assert "PG8JJ-DY8TK" in page
    assert "Người Thử 1" in page
    assert 'class="title"' not in page
    facts = to_json(letter())["blocks"]
    assert facts[1]["signers"][4]["name"] == "Người Thử 5"
    assert facts[2] == {"type": "qr", "content": ADDRESS, "caption": "Mã xác minh: PG8JJ-DY8TK"}
