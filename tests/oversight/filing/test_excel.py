"""The workbook there and back: what is typed into it arrives, and everything else is told in a sentence."""

from __future__ import annotations

import io
import json
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from tests.oversight.filing import stage

from atvsld.oversight.filing import drafts
from atvsld.oversight.filing.excel import layout, reading
from atvsld.oversight.filing.excel.writing import workbook
from atvsld.oversight.filing.models import DraftEntry
from atvsld.platform.acts import Rejected

pytestmark = pytest.mark.django_db


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spots(book: openpyxl.Workbook, table: str) -> dict[tuple[str, str], str]:
    """(row, column) → cell of a table's sheet, by its hidden keys."""
    sheet = book[f"Bảng {table}"]
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == layout.KEYS_MARK)
    columns = {str(cell.value): get_column_letter(cell.column) for cell in sheet[line][1:] if cell.value is not None}
    return {
        (str(sheet.cell(row, 1).value), key): f"{letter}{row}"
        for row in range(line + 1, sheet.max_row + 1)
        for key, letter in columns.items()
    }


def codes(error: pytest.ExceptionInfo[Rejected]) -> set[str]:
    return {problem.code for problem in error.value.problems}


@pytest.mark.parametrize("report", ["R1", "R8"])
def test_a_workbook_sent_back_untouched_changes_nothing(land, report):
    act = stage.employer(land)
    filing = stage.opened(land, act, report=report)
    if report == "R1":
        stage.write(filing, act, **{"II/3/1": ("44,5", "vì"), "I/1.3.81/3": "12345678901234567", "header:workers": "x"})
    else:
        stage.write(filing, act, **{"B#A1/2": "Bụi", "B#A1/3": "Cao", "header:superior": "Tổng công ty"})
    draft = stage.draft(filing)
    # As xlsxwriter makes it, and as another program saves it again.
    for content in (workbook(draft), saved(opened(workbook(draft)))):
        returned = reading.read(content, draft)
        assert returned.changes == ()
        assert {one.key for one in returned.bad} == ({"header:workers"} if report == "R1" else set())


def test_what_is_typed_in_excel_arrives_and_bad_cells_are_told_by_sheet_and_cell(land, sign_in):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    draft = stage.draft(filing)
    book = opened(workbook(draft))
    one, two = spots(book, "I"), spots(book, "II")
    book["Bảng I"][one["1", "4"]] = 1
    book["Bảng I"][one["1.1.7", "4"]] = "1.000,5"
    book["Bảng II"][two["3", "1"]] = 0.1 + 0.2
    book["Bảng II"][two["3", "2"]] = "khoảng 3 triệu"
    book["Bảng II"][two["3", "3"]] = None
    total = book["Bảng I"][one["3", "3"]].value
    assert total.startswith("=IF(COUNT("), "sums are formulas in the file"
    returned = reading.read(saved(book), draft)
    assert {(change.key, change.after) for change in returned.changes} == {
        ("I/1/4", "1"), ("I/1.1.7/4", "1.000,5"), ("II/3/1", "0,3"), ("II/3/3", ""),
    }  # fmt: skip
    [bad] = returned.bad
    assert bad.key == "II/3/2"
    assert two["3", "2"] in bad.problem.message
    assert bad.problem.remedy
    # The same workbook comes back with the sentence at its cell, and the other typing kept.
    told = reading.payload(returned)
    again = opened(workbook(draft, texts=told["texts"], bad=told["bad"]))
    cell = again["Bảng II"][two["3", "2"]]
    assert cell.value == "khoảng 3 triệu"
    assert "không phải là số" in cell.comment.text
    assert again["Bảng I"][one["1", "4"]].value == 1
    # On the pages: looked over first, then written, by the same rules as typing.
    session, page = sign_in("employer"), f"/nop-bao-cao/{filing.public_id}/excel/"
    upload = io.BytesIO(saved(book))
    upload.name = "bao-cao.xlsx"
    answer = session.post(f"{page}nhap/", {"file": upload})
    assert answer.status_code == 422
    assert DraftEntry.objects.count() == 0
    html = answer.content.decode()
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1].replace("&quot;", '"')  # type: ignore[index]
        for name in ("edits", "payload")
    }
    assert len(json.loads(hidden["edits"])) == 4
    assert session.post(f"{page}loi/", {"payload": hidden["payload"]}).content[:2] == b"PK"
    session.post(f"{page}ghi/", {"edits": hidden["edits"]})
    assert DraftEntry.objects.get(key="II/3/1").text == "0,3"
    assert DraftEntry.objects.count() == 4


def test_files_that_are_not_this_reports_workbook_are_refused_with_a_sentence(land):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    draft = stage.draft(filing)
    half = drafts.read(stage.opened(land, act, period="2025-H1"), at=act.at)
    other = stage.draft(stage.opened(land, act, report="R8"))
    plain = openpyxl.Workbook()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 << 20))
    merged = opened(workbook(draft))
    merged["Bảng II"].merge_cells("B7:D7")
    missing = opened(workbook(draft))
    del missing["Bảng II"]
    keyless = opened(workbook(draft))
    keyless["Bảng II"].delete_cols(1)
    cases = [
        (b"STT;So vu\n1;2\n", "not_our_workbook"), (b"", "empty"), (b"%PDF-1.7", "not_a_table"),
        (saved(plain), "not_our_workbook"), (workbook(half), "other_period"), (workbook(other), "other_form"),
        (bomb.getvalue(), "archive_bomb"), (saved(merged), "merged"), (saved(missing), "no_sheet"),
        (saved(keyless), "no_keys"),
    ]  # fmt: skip
    for content, code in cases:
        with pytest.raises(Rejected) as refused:
            reading.read(content, draft)
        assert code in codes(refused), (code, codes(refused))
        assert all(problem.message for problem in refused.value.problems)


def test_a_formula_without_a_value_is_told(land):
    filing = stage.opened(land)
    draft = stage.draft(filing)
    book = opened(workbook(draft))
    at = spots(book, "II")["3", "1"]
    book["Bảng II"][at] = "=1+1"  # openpyxl stores no value beside it
    returned = reading.read(saved(book), draft)
    assert ("II/3/1", "formula") in {(one.key, one.problem.code) for one in returned.bad}
