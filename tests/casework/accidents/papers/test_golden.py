"""What each paper says of a known case, line by line; and that Word and PDF carry it whole."""

import io

import docx
import pypdf
import pytest
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.papers.as_text import assert_golden
from tests.casework.accidents.scene import victim_draft

from atvsld.documents.render import render
from atvsld.platform.files import facade as files
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers.composing import PROVISIONAL_MARK
from atvsld.platform.papers.models import PaperFile
from atvsld.registers.offices.grants import actor_for

PROVINCE = (
    "accident-team-province", "accident-statement-province", "accident-minutes-province", "accident-meeting-province",
    "accident-quick-report", "accident-reminder", "accident-police-letter", "accident-handover",
    "accident-distribution-province",
)  # fmt: skip
EMPLOYER = ("accident-declaration", "accident-team-establishment", "accident-minutes-establishment")
COMMUNE = ("accident-commune-notice", "accident-commune-record")


def checked(story, kinds):
    for kind in kinds:
        paper = desk.drafted(story, kind)
        document = papers.preview(story.act("Xem thử"), paper).document
        # Numbers of cases follow the database's own count.
        assert_golden(kind, replaced(document, story.case.number))


def replaced(document, number):
    from dataclasses import replace

    blocks = tuple(
        replace(block, text=block.text.replace(number, "TN-…")) if hasattr(block, "text") else block
        for block in document.blocks
    )
    head = document.letterhead
    stated = replace(head, document_number=(head.document_number or "").replace(number, "TN-…"))
    return replace(document, blocks=blocks, letterhead=stated, subtitle=document.subtitle.replace(number, "TN-…"))


def test_the_papers_of_a_death_as_the_province_writes_them(land):
    checked(desk.fatal(land), PROVINCE)


def test_the_papers_of_a_minor_case_as_the_employer_writes_them(land, mill_employer):
    story = begun(land, victim_draft(severity="minor"), description=desk.LONG)
    story.actor = actor_for(mill_employer, story.day)
    story.later(hours=1).set_up().begin().hear().later(days=1).write()
    checked(story, EMPLOYER)


def test_the_papers_of_an_accident_without_contract_as_the_commune_writes_them(land, river_officer):
    story = begun(
        land, victim_draft(severity="severe", labour_relation="none"), establishment_id=None, description=desk.LONG
    )
    story.actor = actor_for(river_officer, story.day)
    assert story.record.level == "commune"
    checked(story, COMMUNE)


@pytest.mark.parametrize("kind", ["accident-minutes-province", "accident-team-province", "accident-reminder"])
def test_word_and_pdf_say_the_same_and_carry_the_marks(land, kind):
    story = desk.fatal(land)
    paper = desk.issued(story, kind)
    held = {one.role: files.open_bytes(one.file) for one in paper.files.select_related("file")}
    word = docx.Document(io.BytesIO(held[PaperFile.Role.WORD]))
    told = "\n".join(text.text or "" for text in word.element.body.iter() if text.tag.endswith("}t"))
    pages = pypdf.PdfReader(io.BytesIO(held[PaperFile.Role.PDF])).pages
    printed = " ".join(" ".join(page.extract_text().split()) for page in pages)
    needed = [paper.full_number, "SỞ NỘI VỤ TỈNH THỬ", f"Mã xác minh: {paper.code[:5]}-{paper.code[5:]}"]
    if kind == "accident-minutes-province":
        needed += ["Nguyễn Thị Thử Hương", "Trần Văn Thử Đức", "Lắp lại che chắn"]
    for text in needed:
        assert text in " ".join(told.split())
        assert text in printed
    assert (PROVISIONAL_MARK in told) == (PROVISIONAL_MARK in printed) == (kind != "accident-reminder")
    assert paper.provisional == (kind != "accident-reminder")


def test_a_draft_says_that_it_is_one_and_has_no_number_or_code(land):
    story = desk.fatal(land)
    document = papers.preview(story.act("Xem thử"), desk.drafted(story, "accident-team-province")).document
    text = render(document, "json").decode()
    assert "DỰ THẢO" in text
    assert "Mã xác minh" not in text
    assert "……/QĐ-SNV" in text
