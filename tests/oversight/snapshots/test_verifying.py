"""A file in hand: ours to the byte, changed without its figures, changed in its figures, or none of ours."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from tests.oversight.snapshots import ground

from atvsld.oversight.snapshots import sealing, verifying
from atvsld.oversight.snapshots.printed import codes_in
from atvsld.oversight.snapshots.verifying import Verdict, verify
from atvsld.project.cli import report_verify
from atvsld.project.cli.report import command

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot():
    ground.world()
    return ground.accepted("ND39-XIV")


def in_word(given: bytes, change) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, change(text) if part == "word/document.xml" else text)
    return made.getvalue()


@pytest.mark.parametrize("kind", sealing.FORMATS)
def test_our_own_file_is_equal_and_carries_its_code(snapshot, kind):
    given = verifying.file_bytes(snapshot, kind)
    result = verify(given)
    assert (result.verdict, result.snapshot, result.format) == (Verdict.EQUAL, snapshot, kind)
    assert codes_in(given, kind)[0] == snapshot.code


def test_data_with_another_figure_names_the_cell(snapshot):
    told = json.loads(verifying.file_bytes(snapshot, "json"))
    saved_again = json.dumps(told).encode()
    assert verify(saved_again).verdict is Verdict.FIGURES_EQUAL
    row = told["tables"][1]["rows"][0]
    row["values"]["6"] += 1
    result = verify(json.dumps(told).encode())
    assert result.verdict is Verdict.DIFFERENT
    assert [(spot.where, int(spot.found) - int(spot.kept)) for spot in result.spots] == [("II/1/6", 1)]


def test_a_word_file_saved_again_keeps_its_figures_and_a_changed_one_says_which(snapshot):
    given = verifying.file_bytes(snapshot, "docx")
    assert verify(in_word(given, lambda text: text + b"<!-- luu lai -->")).verdict is Verdict.FIGURES_EQUAL
    total = str(json.loads(verifying.file_bytes(snapshot, "json"))["tables"][1]["rows"][0]["values"]["6"])
    forged = in_word(given, lambda text: text.replace(f">{total}<".encode(), b">999<", 1))
    result = verify(forged)
    assert result.verdict is Verdict.DIFFERENT
    assert [(spot.kept, spot.found) for spot in result.spots] == [(total, "999")]


def test_a_pdf_saved_again_and_a_damaged_one(snapshot):
    from pypdf import PdfWriter

    given = verifying.file_bytes(snapshot, "pdf")
    again = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(given))
    writer.add_metadata({"/Title": "luu lai"})
    writer.write(again)
    result = verify(again.getvalue())
    assert (result.verdict, result.snapshot) == (Verdict.FIGURES_EQUAL, snapshot)
    fewer = PdfWriter(clone_from=io.BytesIO(given))
    fewer.remove_page(fewer.pages[0])
    cut = io.BytesIO()
    fewer.write(cut)
    assert verify(cut.getvalue()).verdict is Verdict.DIFFERENT
    assert verify(given[: len(given) // 3], only=snapshot).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "given", [b"", b"%PDF-1.7 rac", b"{}", b'{"snapshot": 5}', b"PK\x03\x04rac", b"\x00" * 50, "chữ".encode()]
)
def test_a_strange_file_is_unknown_and_breaks_nothing(snapshot, given):
    assert verify(given).verdict is Verdict.UNKNOWN


def test_the_command_answers_in_words_and_data_with_its_own_exit_code(snapshot, tmp_path, monkeypatch):
    monkeypatch.setattr(report_verify.start, "django", lambda: None)
    monkeypatch.setattr(report_verify.start, "require_migrated", lambda: None)
    good, forged, strange = (tmp_path / name for name in ("a.pdf", "b.json", "c.txt"))
    good.write_bytes(verifying.file_bytes(snapshot, "pdf"))
    told = json.loads(verifying.file_bytes(snapshot, "json"))
    told["tables"][1]["rows"][0]["values"]["6"] += 1
    forged.write_text(json.dumps(told))
    strange.write_text("thử")
    run = CliRunner().invoke
    answer = run(command, ["verify", str(good)])
    assert (answer.exit_code, answer.output.startswith("KHỚP")) == (0, True)
    assert snapshot.spelled_code in answer.output
    answer = run(command, ["verify", str(forged), "--json"])
    said = json.loads(answer.output)
    assert (answer.exit_code, said["verdict"], said["report"]["code"]) == (4, "different", snapshot.code)
    assert said["spots"][0]["where"] == "II/1/6"
    assert run(command, ["verify", str(strange)]).exit_code == 5


def test_the_public_page_tells_which_report_and_compares_without_keeping(snapshot):
    client = Client()
    address = reverse("snapshot_public:report", args=[snapshot.code])
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert snapshot.figures_digest in text
    assert reverse("snapshots:report", args=[snapshot.public_id]) in text  # behind the sign-in only
    files = snapshot.files.count()
    for kind, word in (("pdf", "Khớp"), ("docx", "Khớp")):
        upload = io.BytesIO(verifying.file_bytes(snapshot, kind))
        upload.name = f"bao-cao.{kind}"
        assert word in client.post(address, {"file": upload}).content.decode()
    other = io.BytesIO(b"%PDF-1.7 khac")
    other.name = "khac.pdf"
    assert "Không khớp" in client.post(address, {"file": other}).content.decode()
    assert snapshot.files.count() == files
    assert client.get(reverse("snapshot_public:report", args=["BBBBBBBBBB"])).status_code == 404
    # The page of papers leads here, so that one box takes every code.
    assert client.get(reverse("verification:paper", args=[snapshot.code])).url == address
    assert client.get(reverse("snapshots:report", args=[snapshot.public_id])).status_code == 302
