"""An official Word form is checked before it is used, and replaces the provisional wording from its day on."""

import io
from datetime import date, timedelta

import docx
import pytest
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.scene import act, victim_draft

from atvsld.kit.outcome import Severity
from atvsld.platform.acts import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.papers import actions, official
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers.models import PaperFile

KIND = "accident-quick-report"
LINES = (
    "{{ co_quan }}", "Số: {{ so_ky_hieu }}", "ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}",
    "Xảy ra: {{ thoi_gian_xay_ra }}, {{ noi_xay_ra }}", "{{ course }}", "{{ ma_qr }}", "{{ ma_xac_minh }}",
)  # fmt: skip


def form(*lines: str, table: bool = True) -> papers.Handed:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(rows=3, cols=1)
        for row, text in enumerate(
            ("{%tr for x in nan_nhan %}", "{{ x.ho_ten }} – {{ x.tinh_trang }}", "{%tr endfor %}")
        ):
            grid.cell(row, 0).text = text
    kept = io.BytesIO()
    document.save(kept)
    return papers.Handed("mau.docx", kept.getvalue())


def uploaded(day=date(2026, 1, 1), *lines: str, **options):
    return actions.upload_template(
        act(), kind=KIND, valid_from=day, citation="Phụ lục XIII", handed=form(*(lines or LINES), **options)
    )


def words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return "\n".join(text.text or "" for text in document.element.body.iter() if text.tag.endswith("}t"))


def test_a_form_takes_the_place_of_our_wording_and_the_mark_goes(land):
    uploaded()
    story = begun(land, victim_draft(severity="fatal", name="Lê <b> & Thử"), description="Dòng một.\nDòng hai.")
    paper = desk.issued(story, KIND)
    assert not paper.provisional
    held = {one.role: files.open_bytes(one.file) for one in paper.files.all()}
    assert set(held) == {PaperFile.Role.DATA, PaperFile.Role.WORD}
    text = words(held[PaperFile.Role.WORD])
    for part in (paper.full_number, "Lê <b> & Thử – Chết người", "Dòng một.", "Dòng hai.", paper.code[:5]):
        assert part in text
    assert "{{" not in text
    assert "MẪU TẠM" not in text
    assert docx.Document(io.BytesIO(held[PaperFile.Role.WORD])).inline_shapes, "the code is a picture"


def test_where_only_word_is_kept_the_page_says_how_a_pdf_is_got(land, sign_in):
    uploaded()
    story = begun(land, victim_draft(severity="fatal"), description="Ngã từ trên cao.")
    paper, page = desk.drafted(story, KIND), sign_in("province_officer")
    for address in (f"/van-ban/{paper.public_id}/", f"/van-ban/{paper.public_id}/ban-hanh/"):
        assert "lưu thành PDF" in page.get(address).content.decode()
    papers.issue(story.act("Ban hành"), paper=paper, version=1, on=story.day)
    assert "chỉ có tệp Word" in page.get(f"/van-ban/{paper.public_id}/").content.decode()
    other = desk.issued(story, "accident-reminder")
    assert "chỉ có tệp Word" not in page.get(f"/van-ban/{other.public_id}/").content.decode()


def test_a_form_holds_from_its_day_on(land):
    story = begun(land, victim_draft(severity="fatal"), description="Ngã từ trên cao.")
    uploaded(story.day + timedelta(days=1))
    assert desk.issued(story, KIND).provisional
    story.later(days=1)
    assert not desk.issued(story, KIND).provisional


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("{{ ten_nguoi_dung_dau }}",), "placeholder_unknown"),
        (("{{ co_quan",), "template_broken"),
        (("{% for x in nan_nhan %}{{ x.so_tai_khoan }}{% endfor %}",), "template_broken"),
        (("{{ co_quan.__class__.__mro__ }}",), "template_broken"),
        (("{{ ''.__class__ }}",), "template_broken"),
    ],
)
def test_a_form_with_unknown_names_or_code_is_refused(db, lines, code):
    with pytest.raises(Rejected) as refused:
        uploaded(date(2026, 1, 1), *lines, table=False)
    [problem] = refused.value.problems
    assert problem.code == code
    if code == "placeholder_unknown":
        assert "nan_nhan" in problem.remedy


def test_a_form_without_a_needed_place_is_taken_with_a_warning(db):
    _template, warnings = uploaded(date(2026, 1, 1), "{{ co_quan }}", table=False)
    assert {problem.severity for problem in warnings} == {Severity.WARN}
    assert any("nan_nhan" in problem.message for problem in warnings)


def test_a_file_that_only_looks_like_word_is_refused(db):
    with pytest.raises(Rejected):
        actions.upload_template(
            act(), kind=KIND, valid_from=date(2026, 1, 1), citation="x", handed=papers.Handed("a.docx", b"PK\x03\x04")
        )


@pytest.mark.parametrize("kind", [kind.code for kind in papers.kinds()])
def test_every_kind_can_fill_a_form_that_names_all_it_offers(kind):
    named = official.known(papers.kind_of(kind))
    assert len({one.name for one in named}) == len(named)
    lines = [one.example for one in named if not one.keys]
    blocks = [
        f"{{% for x in {one.name} %}}{''.join(f'{{{{ x.{key} }}}}' for key in one.keys)}{{% endfor %}}"
        for one in named
        if one.keys
    ]
    assert official.check(papers.kind_of(kind), form(*lines, *blocks, table=False).content) == []
