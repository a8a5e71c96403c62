"""`atvsld paper`: what a case offers, a draft as a file, and whether a file is an issued paper."""

from __future__ import annotations

import io
import json

import docx
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.scene import victim_draft

from atvsld.platform.files import facade as files
from atvsld.platform.history.models import SensitiveReading
from atvsld.platform.papers import facade as papers
from atvsld.platform.papers.models import Paper
from atvsld.project.cli import start
from atvsld.project.cli.paper import command

KIND = "accident-quick-report"


@pytest.fixture
def story(land):
    return begun(land, victim_draft(severity="fatal", name="Lê Thị Danh Tính"), description="Ngã từ trên cao.")


@pytest.fixture(autouse=True)
def _within_the_test(monkeypatch):
    """The command finds Django as the test set it up, and starts no server of its own."""
    monkeypatch.setattr(start, "django", lambda: None)
    monkeypatch.setattr(start, "require_migrated", lambda: None)


def told(*arguments: str, code: int = 0):
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == code, found.output
    return found


def test_the_kinds_a_case_offers_are_those_of_the_person(story, mill_employer):
    everybody = {one["kind"] for one in json.loads(told("kinds", "--json").stdout)}
    province = {one["kind"] for one in json.loads(told("kinds", story.case.number, "--json").stdout)}
    employer = {
        one["kind"]
        for one in json.loads(told("kinds", story.case.public_id, "--as", mill_employer.username, "--json").stdout)
    }
    assert (KIND in province, "accident-declaration" in employer) == (True, True)
    assert not province & employer
    assert province | employer < everybody
    assert "Không có vụ" in told("kinds", "TN-1999-000001", code=1).stderr


def test_a_draft_comes_out_in_every_form_and_only_the_reading_is_kept(story, tmp_path):
    def made(form: str) -> bytes:
        path = tmp_path / f"a.{form}"
        told("render", story.case.number, KIND, "--format", form, "--reason", "Xem thử dự thảo", "-o", str(path))
        return path.read_bytes()

    word = docx.Document(io.BytesIO(made("docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("Lê Thị Danh Tính" in text for text in cells)
    assert "DỰ THẢO" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(made("pdf"))).pages)
    assert json.loads(made("json"))["metadata"]["kind"] == KIND
    assert not Paper.objects.exists()
    assert {one.purpose for one in SensitiveReading.objects.all()} == {"Xem thử dự thảo"}


def test_what_is_not_this_person_s_is_refused_in_a_sentence(story, mill_employer):
    refused = told("render", story.case.public_id, KIND, "--as", mill_employer.username, code=1)
    assert "không được soạn" in refused.stderr
    assert "Không có loại văn bản" in told("render", story.case.number, "nonsense", code=1).stderr


def test_a_file_is_told_from_one_that_only_looks_like_it(story, tmp_path):
    paper = desk.issued(story, KIND)
    path = tmp_path / "a.pdf"
    path.write_bytes(files.open_bytes(paper.files.get(role="pdf").file))
    for how in ((), ("--code", paper.code)):
        assert "Khớp: " in told("verify", str(path), *how).stdout
    answer = json.loads(told("verify", str(path), "--json").stdout)
    assert (answer["equal"], answer["number"], answer["withdrawn"]) == (True, paper.full_number, False)
    papers.cancel(story.act("Sai số liệu"), paper=paper, version=paper.version)
    assert "ĐÃ HỦY" in told("verify", str(path), code=1).stdout
    path.write_bytes(path.read_bytes() + b" ")
    assert "Không khớp" in told("verify", str(path), code=1).stdout
    assert "Không khớp" in told("verify", str(path), "--code", paper.code, code=1).stdout
