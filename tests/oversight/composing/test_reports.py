"""Reports on request: words with figures in place, the year before beside, nothing named that does not exist."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word
from tests.oversight.composing.test_tables import ACTOR, AT, act, put_in_office, save
from tests.oversight.reporting import province
from tests.oversight.reporting.test_tables import victims_of

from atvsld.documents.render import render
from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.composing import actions, paper, word
from atvsld.oversight.composing.actions import PartDraft
from atvsld.oversight.composing.addresses import FigureAddress, exists, search
from atvsld.platform.acts import Rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    top, communes = province.places()
    put_in_office(top)
    province.accidents(communes, province.establishments(communes), seed=9, count=120)


def deaths_of(year: int) -> int:
    return sum(1 for v in victims_of(year) if v.severity == "fatal" and v.case.conclusion == "occupational")


def composed(text: str, *, compared: bool = True):
    table = save(measures=["deaths"], by="cause", conditions={"conclusion": ["occupational"]})
    parts = [PartDraft("Số người chết", text, table, compared)]
    return actions.save_report(act(), key=new_ulid(), title="Báo cáo nhanh", period="2024", parts=parts)


def test_words_carry_the_figures_and_the_year_before_stands_beside(world):
    report = composed("Trong kỳ có {1/total/deaths} người chết.")
    document = paper.document(report, paper.produce(ACTOR, report, at=AT))
    said = [block.text for block in document.blocks if getattr(block, "text", "").startswith("Trong kỳ")]
    assert said == [f"Trong kỳ có {deaths_of(2024)} người chết."]
    total = document.tables[0].rows[0].cells
    now, before = deaths_of(2024), deaths_of(2023)
    assert [cell.value for cell in total[2:4]] == [now, before]
    assert total[4].text.startswith("+" if now > before else "−" if now < before else "0")
    for kind in ("docx", "pdf", "xlsx", "json"):
        assert render(document, kind)


def test_a_figure_that_does_not_exist_is_refused_before_anything_is_kept(world):
    with pytest.raises(Rejected) as refused:
        composed("Có {1/total/deaths} và {2/total/deaths} và {1/khong-co/deaths}.")
    assert [problem.code for problem in refused.value.problems] == ["reference_unknown"] * 2
    assert {problem.column for problem in refused.value.problems} == {"parts-0-text"}


def test_a_table_in_use_is_not_removed(world):
    report = composed("")
    with pytest.raises(Rejected, match="Báo cáo nhanh"):
        actions.remove_table(act(), table=report.parts.get().table)


def a_word_form(text: str) -> bytes:
    made, kept = Word(), io.BytesIO()
    made.add_paragraph(text)
    made.save(kept)
    return kept.getvalue()


def uploaded(text: str):
    content = a_word_form(text)
    return actions.upload_word_form(
        act(), key=new_ulid(), name="Mẫu mới", citation="Thông tư mới", file_name="mau.docx", content=content
    )


def test_a_word_form_is_filled_from_figures_without_a_programmer(world):
    form = uploaded("{{ ky_bao_cao }}: chết {{ chet }}, năm trước {{ chet_truoc }}, ghi tay {{ khac }}")
    assert [mark.name for mark in form.marks.all()] == ["chet", "chet_truoc", "khac"]
    address = "ND39-XIV/II/total/8"
    found = [found for found, _name in search("tổng số người bị chết", AT.date(), most=200)]
    assert all(FigureAddress.parse(one) for one in found)
    table = save(measures=["deaths"], conditions={"conclusion": ["occupational"]})
    address = f"{table.code}/1/total/deaths"
    assert exists(FigureAddress.parse(address), AT.date())
    form = actions.map_marks(
        act(), form=form, version=form.version, bindings={"chet": (address, 0), "chet_truoc": (address, 1)}
    )
    filled = Word(io.BytesIO(word.fill(ACTOR, form, Period.parse("2024"), place="48", at=AT)))
    assert filled.paragraphs[0].text == (f"năm 2024: chết {deaths_of(2024)}, năm trước {deaths_of(2023)}, ghi tay …")


def test_a_new_file_keeps_the_bindings_of_places_it_still_has(world):
    form = uploaded("{{ chet }} {{ bo }}")
    table = save(measures=["deaths"])
    actions.map_marks(act(), form=form, version=1, bindings={"chet": (f"{table.code}/1/total/deaths", 0)})
    content = a_word_form("{{ chet }} {{ moi }}")
    actions.upload_word_form(
        act(), key=form.public_id, name="Mẫu mới", citation="", file_name="mau2.docx", content=content, version=2
    )
    assert {mark.name: bool(mark.address) for mark in form.marks.all()} == {"chet": True, "moi": False}


@pytest.mark.parametrize(
    ("text", "code"),
    [("không có chỗ nào", "no_places"), ("{{ sai", "template_broken"), ("{% if %}", "template_broken")],
)
def test_a_form_that_cannot_be_filled_says_why(text, code):
    with pytest.raises(Rejected) as refused:
        uploaded(text)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_address_of_nothing_is_refused_at_its_place(world):
    form = uploaded("{{ chet }}")
    with pytest.raises(Rejected) as refused:
        actions.map_marks(act(), form=form, version=1, bindings={"chet": ("ND39-XIV/II/total/99", 0)})
    assert refused.value.problems[0].column == "chet"
    assert form.marks.get().address == ""
