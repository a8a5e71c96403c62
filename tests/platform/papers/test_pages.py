"""Papers through the browser: drafting from the case page, issuing, verifying without an account."""

import re

import pytest
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.scene import victim_draft

from atvsld.platform.files import facade as files
from atvsld.platform.papers.models import Paper


@pytest.fixture
def story(land):
    return begun(land, victim_draft(severity="fatal", name="Lê Thị Danh Tính"), description="Ngã từ trên cao.")


@pytest.fixture
def officer(sign_in):
    return sign_in("province_officer")


def upload(name: str, content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_a_paper_goes_from_the_case_page_to_its_number(story, officer):
    case_url = f"/tai-nan/{story.case.public_id}/"
    page = officer.get(case_url).content.decode()
    assert "Soạn văn bản" in page
    key = re.search(r'accident-quick-report/[^>]*>.*?name="key" value="(\w+)"', page, re.DOTALL)[1]
    url = f"/van-ban/soan/accident-quick-report/{story.case.public_id}/"
    answers = [officer.post(url, {"key": key, "part": ""}) for _double in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/van-ban/{key}/sua/"}
    edit = officer.get(f"/van-ban/{key}/sua/")
    form, head = edit.context["form"], edit.context["head"]
    values = {**form.initial, **head.initial, "o-course": "Diễn biến đã sửa.", "signer_name": "Người Ký"}
    assert officer.post(f"/van-ban/{key}/sua/", values)["Location"] == f"/van-ban/{key}/"
    draft = officer.get(f"/van-ban/{key}/").content.decode()
    for text in ("Diễn biến đã sửa.", "Lê Thị Danh Tính", "MẪU TẠM", "DỰ THẢO"):
        assert text in draft
    word = officer.get(f"/van-ban/{key}/ban-nhap/docx/")
    assert word["Content-Disposition"].startswith("attachment")
    issue = {"version": 2, "issued_on": "2026-03-02"}
    assert officer.post(f"/van-ban/{key}/ban-hanh/", issue | {"issued_on": ""}).status_code == 422
    assert officer.post(f"/van-ban/{key}/ban-hanh/", issue)["Location"] == f"/van-ban/{key}/"
    paper = Paper.objects.get()
    assert (paper.state, paper.full_number) == ("issued", "01/BC-SNV")
    shown = officer.get(f"/van-ban/{key}/").content.decode()
    assert "Lê Thị Danh Tính" not in shown
    [kept] = paper.files.filter(role="pdf")
    assert officer.get(f"/van-ban/{key}/tep/{kept.file.public_id}/").content == files.open_bytes(kept.file)
    assert "01/BC-SNV" in officer.get(case_url).content.decode()
    assert "01/BC-SNV" in officer.get("/van-ban/").content.decode()


@pytest.mark.parametrize("role", ["employer", "leader", "commune_officer", "nobody", "administrator"])
def test_a_draft_is_not_there_for_others(story, sign_in, role):
    paper = desk.drafted(story, "accident-quick-report")
    session = sign_in(role)
    for page in ("", "sua/", "ban-hanh/", "ban-nhap/docx/", "huy/"):
        assert session.get(f"/van-ban/{paper.public_id}/{page}").status_code == 404
    start = session.post(f"/van-ban/soan/accident-quick-report/{story.case.public_id}/", {"key": paper.public_id})
    assert start.status_code == 403


def test_an_edit_over_somebody_else_s_is_said_and_nothing_is_lost(story, officer):
    paper = desk.drafted(story, "accident-quick-report")
    edit = officer.get(f"/van-ban/{paper.public_id}/sua/")
    values = {**edit.context["form"].initial, **edit.context["head"].initial}
    officer.post(f"/van-ban/{paper.public_id}/sua/", values)
    answer = officer.post(f"/van-ban/{paper.public_id}/sua/", values | {"o-course": "Chữ của tôi."})
    assert answer.status_code == 409
    assert "Chữ của tôi." in answer.content.decode()


def test_anyone_holding_a_paper_verifies_it_and_learns_nothing_of_people(story, client):
    paper = desk.issued(story, "accident-quick-report")
    code = f"{paper.code[:5].lower()}-{paper.code[5:]}"
    assert client.get("/xac-minh/", {"ma": code})["Location"] == f"/xac-minh/{paper.code}/"
    page = client.get(f"/xac-minh/{paper.code}/").content.decode()
    for text in ("01/BC-SNV", "Sở Nội vụ tỉnh Thử", "02/03/2026"):
        assert text in page
    for text in ("Lê Thị Danh Tính", "Ngã từ trên cao", "Nhà máy Thử"):
        assert text not in page
    held = files.open_bytes(paper.files.get(role="pdf").file)
    same = client.post(f"/xac-minh/{paper.code}/", {"file": upload("a.pdf", held)}).content.decode()
    assert "Khớp." in same
    other = client.post(f"/xac-minh/{paper.code}/", {"file": upload("a.pdf", held + b" ")}).content.decode()
    assert "Không khớp." in other
    assert client.get("/xac-minh/KHONGCOMA/").status_code == 404


def test_a_cancelled_paper_is_verified_as_such(story, client):
    from atvsld.platform.papers import facade as papers

    paper = desk.issued(story, "accident-quick-report")
    papers.cancel(story.act("Sai số liệu"), paper=paper, version=paper.version)
    assert "đã bị hủy" in client.get(f"/xac-minh/{paper.code}/").content.decode()


def test_a_signed_scan_is_what_counts_from_then_on(story, client, officer):
    paper = desk.issued(story, "accident-quick-report")
    scan = b"%PDF-1.7 ban da ky"
    officer.post(f"/van-ban/{paper.public_id}/dinh-kem/", {"role": "signed", "file": upload("ky.pdf", scan)})
    found = client.post(f"/xac-minh/{paper.code}/", {"file": upload("ky.pdf", scan)}).content.decode()
    assert "Khớp." in found
    printed = files.open_bytes(paper.files.get(role="pdf").file)
    earlier = client.post(f"/xac-minh/{paper.code}/", {"file": upload("in.pdf", printed)}).content.decode()
    assert "Khớp một bản trước." in earlier


def test_an_administrator_uploads_a_form_on_its_page(land, sign_in):
    from tests.platform.papers.test_official_forms import LINES, form

    session = sign_in("administrator")
    assert "mẫu tạm của hệ thống" in session.get("/van-ban/mau/").content.decode()
    url = "/van-ban/mau/accident-quick-report/"
    values = {"valid_from": "2026-01-01", "citation": "Phụ lục XIII"}
    bad = session.post(url, values | {"file": upload("a.docx", form("{{ khong_co }}").content)})
    assert bad.status_code == 422
    assert "khong_co" in bad.content.decode()
    good = session.post(url, values | {"file": upload("a.docx", form(*LINES).content)})
    assert good["Location"] == url
    assert "Phụ lục XIII" in session.get("/van-ban/mau/").content.decode()
    assert sign_in("leader").get("/van-ban/mau/").status_code == 403
