"""The product's main job, as a provincial officer does it: a file in, the statutory table out, a figure opened."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import docx
import openpyxl
from pypdf import PdfReader
from tests import browser as chromium
from tests.journeys import walking

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

REPORT = "/bao-cao/ND39-XIV/?period=2026"
# Table II of the form, whole territory, column "number of victims".
FIGURE = "#noi-dung .paper a[href*='row=']"


def stat(page: Page, label: str) -> int:
    card = page.locator(".stat", has_text=label).first
    found = re.search(r"\d[\d.]*", card.inner_text().replace(label, ""))
    assert found, card.inner_text()
    return int(found[0].replace(".", ""))


def send(page: Page, path: Path, province) -> None:
    """Upload a file and let the worker check it."""
    page.goto("/nhap-du-lieu/?loai=accidents")
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    page.get_by_role("button", name="Gửi và kiểm tra").click()
    page.wait_for_url(re.compile(r"/nhap-du-lieu/\w{26}/"))
    province.work()
    page.reload()


def download(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f"main a[href*='/tai-ve/{kind}/']").click()
    return waiting.value.path().read_bytes()


def test_from_a_workbook_to_a_signed_table_and_back_to_the_record(
    window: Callable[..., Page], province, workbook: Path
):
    page = window("canbo")
    page.goto(REPORT)
    before = _figures(page)

    send(page, workbook, province)
    rows = openpyxl.load_workbook(workbook, read_only=True).worksheets[0].max_row - 1
    assert stat(page, "Dòng sẽ nhận") == rows
    assert stat(page, "Bị từ chối") == 0
    page.get_by_role("button", name="Ghi vào hệ thống").click()
    province.work()
    page.reload()
    assert stat(page, "Dòng đã nhận") == rows
    _sound_on_any_screen(page, "nhap-tep-xong")

    page.goto(REPORT)
    after = _figures(page)
    assert after != before

    link = page.locator(FIGURE).first
    figure = link.inner_text().strip()
    link.click()
    assert page.locator(".figure-value").inner_text().strip() == figure
    assert int(page.locator(".list-count b").inner_text()) >= 1
    page.locator("#danh-sach tbody td.record-link a").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Vụ tai nạn TN-")

    page.goto(REPORT)
    _same_figures_on_paper(page)
    assert walking.faults_of(page) == []


def _sound_on_any_screen(page: Page, name: str) -> None:
    chromium.shoot(page, f"{name}-1366")
    assert chromium.accessibility_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    chromium.shoot(page, f"{name}-360")
    assert walking.too_wide(page) == []
    page.set_viewport_size({"width": 1366, "height": 850})


def _figures(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(FIGURE).all_inner_texts()]


def _same_figures_on_paper(page: Page) -> None:
    """Word, PDF and Excel open, and carry what JSON says; JSON says what the page shows."""
    told = json.loads(download(page, "json"))
    total = next(row for table in told["tables"] for row in table["rows"] if row["key"] == "1")
    counted = {str(value) for value in total["values"].values() if isinstance(value, int) and value > 0}
    assert counted & {text.replace(".", "") for text in _figures(page)}

    word = docx.Document(io.BytesIO(download(page, "docx")))
    cells = {cell.text.strip().replace(".", "") for table in word.tables for row in table.rows for cell in row.cells}
    assert counted <= cells
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(download(page, "pdf"))).pages)
    assert [number for number in counted if number not in text.replace(".", "")] == []
    book = openpyxl.load_workbook(io.BytesIO(download(page, "xlsx")))
    written = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert counted <= written


def test_the_same_file_again_changes_nothing(window: Callable[..., Page], province, tmp_path: Path):
    path = _csv(tmp_path, "LAI", "minor")
    page = window("canbo")
    send(page, path, province)
    page.get_by_role("button", name="Ghi vào hệ thống").click()
    province.work()
    send(page, path, province)
    assert stat(page, "Không đổi") == 1
    assert stat(page, "Dòng sẽ nhận") == 0
    assert page.get_by_text("Mọi dòng đã có trong hệ thống").is_visible()
    assert page.get_by_role("button", name="Ghi vào hệ thống").count() == 0


def test_a_file_with_faults_says_where_and_gives_itself_back_marked(
    window: Callable[..., Page], province, tmp_path: Path
):
    path = _csv(tmp_path, "SAI", "minor", "rất nặng")
    page = window("canbo")
    send(page, path, province)
    assert stat(page, "Dòng sẽ nhận") == 1
    assert stat(page, "Bị từ chối") == 1
    assert page.get_by_text(re.compile(r"Dòng 3, cột “Mức độ”")).is_visible()
    _sound_on_any_screen(page, "nhap-tep-loi")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải tệp có đánh dấu ô sai").click()
    marked = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert any(cell.comment for sheet in marked for row in sheet.iter_rows() for cell in row)
    page.get_by_role("button", name="Bỏ tệp này").click()
    assert page.get_by_text("không ghi gì").first.is_visible()


def test_a_file_that_is_no_table_is_refused_in_a_sentence(window: Callable[..., Page], province, tmp_path: Path):
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    page = window("canbo")
    send(page, path, province)
    assert page.get_by_text("Tệp này là").first.is_visible()


def test_the_page_tells_of_progress_by_itself(window: Callable[..., Page], province, tmp_path: Path):
    page = window("canbo")
    page.goto("/nhap-du-lieu/?loai=accidents")
    page.get_by_label("Tệp", exact=True).set_input_files(_csv(tmp_path, "CHO", "minor"))
    page.get_by_role("button", name="Gửi và kiểm tra").click()
    page.wait_for_url(re.compile(r"/nhap-du-lieu/\w{26}/"))
    assert page.locator("#lan-nhap[hx-get]").count() == 1
    province.work()
    # No reload: the page asks every two seconds.
    page.get_by_role("button", name="Ghi vào hệ thống").wait_for(timeout=8_000)


def _csv(folder: Path, key: str, *severities: str) -> Path:
    """A file of one-victim cases in a commune of the demo, one for each severity given."""
    from atvsld.casework.accidents.models import AccidentCase

    place = walking.aside(lambda: AccidentCase.objects.filter(occurred_at__year=2026).latest("occurred_at").place.code)
    lines = ["case_key,occurred_at,place_code,conclusion,severity"]
    lines += [
        f"{key}-{number},2026-10-0{number} 08:00,{place},occupational,{severity}"
        for number, severity in enumerate(severities, start=1)
    ]
    path = folder / f"{key}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
