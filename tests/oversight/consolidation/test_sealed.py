"""An accepted consolidation under its code: files to the byte, by command and public page, whatever came since."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from tests.oversight.consolidation.stage import AT, everybody, file, hand_in, tally
from tests.oversight.consolidation.test_accepting import LINE, REQUEST, act, land
from tests.oversight.consolidation.test_pages import signed_in

from atvsld.kit.ids import new_ulid
from atvsld.law.consolidation import Cell
from atvsld.oversight.consolidation.actions import accept
from atvsld.oversight.consolidation.models import ConsolidatedReport, UncountedReporter
from atvsld.oversight.consolidation.passport import passport
from atvsld.oversight.filing.models import Figure, Filing
from atvsld.oversight.snapshots.facade import Verdict, verify
from atvsld.oversight.snapshots.printed import codes_in
from atvsld.platform.files import facade as stored
from atvsld.project.cli import report_verify
from atvsld.project.cli.report import command
from atvsld.registers.places.models import Place

pytestmark = pytest.mark.django_db
CELL = Cell("II", "1", "6")
WEEK = AT + timedelta(days=7)


def kept_files(report: ConsolidatedReport) -> dict[str, bytes]:
    return {one.format: stored.open_bytes(one.file) for one in report.files.select_related("file")}


@pytest.fixture
def scene():
    firms = land()
    first = file(firms[0], "R1", "2024", LINE)
    file(firms[1], "R1", "2024", {}, nil=True)
    returned = file(firms[2], "R1", "2024", LINE, state="returned")
    return firms, first, returned, accept(act(), request=REQUEST, key=new_ulid())


def test_files_carry_the_code_and_verify_to_the_byte_whatever_came_since(scene):
    firms, first, returned, report = scene
    files = kept_files(report)
    assert set(files) == {"json", "pdf", "docx", "xlsx"}
    for kind, content in files.items():
        assert codes_in(content, kind)[0] == report.code
    assert json.loads(files["json"])["snapshot"]["figures_sha256"] == report.figures_digest
    # Corrections, another name, another kind of employer, a report taken back: the old figures stay what they were.
    hand_in(first, LINE | {("I", "1", "6"): 5}, at=WEEK)
    type(returned).objects.filter(pk=returned.pk).update(state="submitted")
    for firm in firms:
        firm.name, firm.ownership_type, firm.industry_code = f"{firm.name} mới", "01", "62"
        firm.save()
    Place.objects.filter(code="48").update(name="Tỉnh Đổi Tên")
    for kind, content in files.items():
        result = verify(content)
        assert (result.verdict, result.snapshot, result.format) == (Verdict.EQUAL, report, kind)
        assert (result.store.facts_unchanged, result.store.recounted, result.store.redrawn) == (True, True, True)
    second = accept(act(at=WEEK, reason="Báo cáo nộp sửa"), request=REQUEST, key=new_ulid())
    newer = kept_files(second)
    assert verify(newer["json"]).snapshot == second
    told = json.loads(newer["json"])["snapshot"]
    assert told["supersedes"] == report.code
    changed = {(one["table"], one["row"], one["column"]): (one["was"], one["now"]) for one in told["changes"]}
    assert changed[tuple(CELL)] == ("2", "7")
    # A paper of the second names both codes, and is found by its own.
    assert codes_in(newer["pdf"], "pdf")[0] == second.code


def test_an_altered_file_and_an_altered_store_are_told(scene, tmp_path, monkeypatch):
    _firms, first, _returned, report = scene
    monkeypatch.setattr(report_verify.start, "django", lambda: None)
    monkeypatch.setattr(report_verify.start, "require_migrated", lambda: None)
    files = kept_files(report)
    good, forged, web = (tmp_path / name for name in ("a.pdf", "b.json", "c.html"))
    good.write_bytes(files["pdf"])
    told = json.loads(files["json"])
    table = next(table for table in told["tables"] if table["id"] == "II")
    next(row for row in table["rows"] if row["key"] == "1")["values"]["6"] += 1
    forged.write_text(json.dumps(told))
    web.write_text(f"<!doctype html><html><body>{report.spelled_code}</body></html>")
    run = CliRunner().invoke
    answer = run(command, ["verify", str(good)])
    assert (answer.exit_code, answer.output.startswith("KHỚP")) == (0, True)
    assert report.spelled_code in answer.output
    answer = run(command, ["verify", str(forged), "--json"])
    said = json.loads(answer.output)
    assert (answer.exit_code, said["verdict"], said["report"]["code"]) == (4, "different", report.code)
    assert [spot["where"] for spot in said["spots"]] == ["II/1/6"]
    assert run(command, ["verify", str(web)]).exit_code == 4  # a format that is never made of it
    # Somebody writes into what was handed in: the file is still the kept one, the sums no longer make it.
    Figure.objects.filter(submission=first.current, cell__row="1", cell__column="6").update(value=7)
    result = verify(files["json"])
    assert (result.verdict, result.store.recounted, result.store.redrawn) == (Verdict.DIFFERENT, False, False)
    assert {(change.table, change.row, change.column): change.now for change in result.store.cells}[tuple(CELL)] == 7


def test_the_public_page_tells_which_report_and_that_it_was_overtaken(scene):
    firms, first, _returned, report = scene
    client = Client()
    address = reverse("snapshot_public:report", args=[report.code])
    page = client.get(address).content.decode()
    assert report.figures_digest in page
    assert "đang có hiệu lực" in page
    assert firms[0].name not in page
    for kind, content in kept_files(report).items():
        assert hashlib.sha256(content).hexdigest() in page
        upload = io.BytesIO(content)
        upload.name = f"bao-cao.{kind}"
        assert "Khớp" in client.post(address, {"file": upload}).content.decode()
    assert client.get(reverse("verification:paper", args=[report.code])).url == address
    hand_in(first, LINE | {("I", "1", "6"): 5}, at=WEEK)
    assert "nộp muộn, nộp sửa hoặc bị trả lại" in client.get(address).content.decode()
    second = accept(act(at=WEEK, reason="Báo cáo nộp sửa"), request=REQUEST, key=new_ulid())
    page = client.get(address).content.decode()
    assert second.spelled_code in page
    assert "đã được thay" in page


def test_the_passport_names_who_is_in_who_is_not_and_what_it_is_now(scene):
    firms, first, returned, report = scene
    found = passport(everybody(), report, CELL, at=AT)
    sent = first.current
    assert [(one.name, one.value, one.number, one.receipt, one.moved) for one in found.units] == [
        (firms[0].name, 2, 1, sent.receipt_grouped, False)
    ]
    assert found.adds_up
    assert sum(one.value for one in found.units) == found.value == tally(
        "SELECT sum(f.value) FROM filing_figure f JOIN filing_cell c ON c.id = f.cell_id"
        " JOIN consolidation_countedreport r ON r.submission_id = f.submission_id"
        " WHERE r.consolidated_id = %s AND c.\"table\" = 'I' AND c.\"row\" = '1' AND c.\"column\" = '6'", report.pk,
    )  # fmt: skip
    groups = {group.label: [line.name for line in group.lines] for group in found.left_out}
    assert groups["Đang trả lại để sửa"] == [firms[2].name]
    covered = report.content["coverage"]
    for why, name in (("silent", "silent"), ("unclear", "unclear"), ("returned", "returned")):
        assert UncountedReporter.objects.filter(consolidated=report, why=why).count() == (covered[name] or 0)
    assert not found.overtaken
    hand_in(first, LINE | {("I", "1", "6"): 5}, at=WEEK)
    Filing.objects.filter(pk=returned.pk).update(state="submitted")
    found = passport(everybody(), report, CELL, at=WEEK)
    assert (found.value, found.now, found.overtaken, found.units[0].moved) == (2, 7, True, True)
    client = signed_in("province_officer", Place.objects.get(code="48"))
    page = client.get(reverse("consolidation:accepted", args=[report.public_id])).content.decode()
    where = reverse("consolidation:passport", args=[report.public_id])
    link = f"{where}?table=II&amp;row=1&amp;column=6"
    assert link in page
    assert page.count(where) > 100  # every figure, the zeros too
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert sent.receipt_grouped in page
    assert "Nay là" in page
    assert "Đang trả lại để sửa" in page
    second = accept(act(at=WEEK, reason="Báo cáo nộp sửa"), request=REQUEST, key=new_ulid())
    page = client.get(link.replace("&amp;", "&")).content.decode()
    assert "Đã có bản sửa thay thế từ" in page
    assert reverse("consolidation:passport", args=[second.public_id]) in page
    assert client.get(f"{where}?table=II&row=khong&column=6").status_code == 404
    commune = signed_in("commune_officer", Place.objects.get(code="20190"))
    assert commune.get(link.replace("&amp;", "&")).status_code == 404


@pytest.mark.parametrize(("form", "lower", "source"), [("TT07-III", "R8", "2024"), ("ND39-XIV", "R1", "2024")])
def test_kept_data_lay_out_the_same_rule(form, lower, source):
    """What is read back from the kept data is the rule of the law book, cell by cell."""
    from dataclasses import replace

    from atvsld.kit.periods import Period
    from atvsld.law.consolidation_reading import load_consolidations
    from atvsld.oversight.consolidation import frozen

    firms = land()
    file(firms[0], lower, source, {})
    report = accept(act(), request=replace(REQUEST, form=form), key=new_ulid())
    scheme = frozen.held(report).scheme
    assert scheme == load_consolidations().scheme(form, Period.parse(source))
