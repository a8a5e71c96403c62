"""An employer fills its report in by keyboard and hands it in; the department returns a cell, the employer corrects it,
the department accepts. Looked at on a wide screen and on a phone, in both languages.

UPDATE_IMAGES=1 takes the guide's picture anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests import browser as chromium
from tests.journeys import pictures, walking

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "lap-bao-cao.png"
# Losses as somebody copies them out of a spreadsheet: days, total, medical, wages, compensation, property.
LOSSES = "12\t1.500,5\t1.000,5\t500\t0\t250"


def usable(page: Page, name: str) -> None:
    """Nothing hinders anybody on this page, wide or narrow."""
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 850})
        chromium.shoot(page, f"{name}-{width}")
        assert chromium.accessibility_faults(page) == []
        assert walking.too_wide(page) == [], f"{name}: rộng hơn {width}"
    page.set_viewport_size({"width": 1366, "height": 850})


def saved(page: Page) -> None:
    """Everything typed has arrived."""
    for _turn in range(100):
        if not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('filing:'))"):
            break
        page.wait_for_timeout(100)
    page.locator(".entry-status.is-good").wait_for()


def focus(page: Page, key: str) -> None:
    page.locator(f'[data-key="{key}"]').focus()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.key"))


def test_a_report_from_the_first_key_to_its_acceptance(window: Callable[..., Page]):
    employer, officer = window("doanhnghiep"), window("canbo")
    employer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    employer.goto("/nop-bao-cao/")
    usable(employer, "bao-cao-cua-toi")
    row = employer.get_by_role("row").filter(has_text="ND39-XII").filter(has_text="6 tháng đầu năm 2026")
    row.first.get_by_role("button").click()
    employer.wait_for_url("**/lap/")
    address = re.sub(r"lap/$", "", employer.url)
    _fill_in(employer)
    usable(employer, "lap-bao-cao")
    if os.environ.get("UPDATE_IMAGES"):
        employer.evaluate("document.getElementById('t:I').scrollIntoView()")
        PICTURE.write_bytes(pictures.small_png(employer))
    employer.get_by_role("button", name="Ghi và nộp").click()
    employer.wait_for_url("**/nop/")
    usable(employer, "nop-bao-cao")
    assert employer.locator(".alert-danger").all_inner_texts() == []
    employer.get_by_role("button", name="Nộp báo cáo").dblclick()
    employer.get_by_text("Lần 1").wait_for()
    usable(employer, "bao-cao-da-nop-cua-toi")

    officer.goto("/nop-bao-cao/den/?state=submitted&period=2026-H1")
    usable(officer, "bao-cao-den")
    officer.goto(f"{address}tra-lai/?o=II/3/1")
    officer.locator('input[name="n:II/3/1"]').fill("Đếm lại số ngày nghỉ")
    usable(officer, "tra-lai-bao-cao")
    officer.get_by_role("button", name="Trả lại để sửa").click()
    officer.get_by_text("Đếm lại số ngày nghỉ").first.wait_for()

    employer.goto(f"{address}lap/")
    assert employer.get_by_text("Đếm lại số ngày nghỉ").first.is_visible()
    focus(employer, "II/3/1")
    employer.keyboard.type("13")
    employer.keyboard.press("Enter")
    saved(employer)
    employer.get_by_role("button", name="Ghi và nộp").click()
    employer.get_by_label("Lý do sửa so với lần nộp trước").fill("Đếm lại theo yêu cầu")
    employer.get_by_role("button", name="Nộp báo cáo").click()
    employer.get_by_role("link", name="Xem chỗ khác").click()
    assert employer.locator("del").first.inner_text() == "12"
    assert employer.locator("ins").first.inner_text() == "13"
    usable(employer, "khac-lan-truoc")

    officer.goto(address)
    officer.get_by_role("button", name="Tiếp nhận").click()
    officer.get_by_text("Đã tiếp nhận báo cáo.").wait_for()
    officer.get_by_role("link", name=re.compile(r"^[0-9A-Z]{4}-")).first.click()
    assert officer.get_by_text("nội dung đang lưu khớp mã băm").is_visible()
    usable(officer, "bien-nhan-bao-cao")
    assert walking.faults_of(employer) == []
    assert walking.faults_of(officer) == []


def _fill_in(page: Page) -> None:
    """By keyboard alone: arrows, a block pasted, undo, a sum that follows, one reason for all that departs."""
    focus(page, "I/2/3")
    page.keyboard.type("1")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "I/2/4"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    before = int(page.locator('[data-key="I/1/3"]').input_value())
    assert page.locator('[data-computed="I/3/3"]').inner_text() == str(before + 1)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", LOSSES)
    focus(page, "II/3/1")
    page.keyboard.press("Control+V")
    assert page.locator('[data-key="II/3/2"]').input_value() == "1.500,5"
    page.keyboard.press("Control+Z")
    assert page.locator('[data-key="II/3/2"]').input_value() != "1.500,5"
    focus(page, "II/3/1")
    page.keyboard.press("Control+V")
    page.keyboard.press("Escape")
    saved(page)
    page.locator("#ly-do-chung input").fill("Theo chứng từ của đơn vị")
    page.keyboard.press("Enter")
    page.locator("#ly-do-chung").wait_for(state="hidden")
    saved(page)


def test_a_line_that_breaks_loses_nothing_and_two_people_meet_in_one_cell(window: Callable[..., Page]):
    mine, theirs = window("doanhnghiep"), window("doanhnghiep")
    mine.goto("/nop-bao-cao/")
    row = mine.get_by_role("row").filter(has_text="TT07-II").filter(has_text="năm 2026")
    row.first.get_by_role("button").click()
    mine.wait_for_url("**/lap/")
    theirs.goto(mine.url)
    mine.context.set_offline(True)
    focus(mine, "A/a2/4")
    mine.keyboard.type("7")
    focus(mine, "A/a3/4")
    mine.keyboard.type("2")
    mine.keyboard.press("Enter")
    mine.locator(".entry-status.is-bad").wait_for()
    focus(theirs, "A/a2/4")
    theirs.keyboard.type("9")
    theirs.keyboard.press("Enter")
    saved(theirs)
    mine.context.set_offline(False)
    mine.locator(".clash-list li").wait_for()
    assert "ghi “9”" in mine.locator(".clash-list li").inner_text()
    mine.get_by_role("button", name="Lấy số của tôi").click()
    saved(mine)
    theirs.reload()
    assert theirs.locator('[data-key="A/a2/4"]').input_value() == "7"
    assert theirs.locator('[data-key="A/a3/4"]').input_value() == "2"
    english = window("doanhnghiep", english=True)
    english.goto(mine.url)
    assert chromium.accessibility_faults(english) == []
    plain = window("doanhnghiep", script=False, width=360)
    plain.goto(mine.url)
    plain.locator('[name="c:A/a3/4"]').fill("3")
    plain.get_by_role("button", name="Ghi", exact=True).click()
    assert plain.locator('[name="c:A/a3/4"]').input_value() == "3"


def test_rows_are_added_a_block_is_copied_out_and_one_tick_reports_nothing(window: Callable[..., Page]):
    page = window("doanhnghiep")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/nop-bao-cao/")
    row = page.get_by_role("row").filter(has_text="ND39-XII").filter(has_text="năm 2026").filter(has_not_text="6 tháng")
    row.first.get_by_role("button").click()
    page.wait_for_url("**/lap/")
    chooser = page.locator("select[data-show='I']")
    chosen = chooser.locator("option").nth(1).get_attribute("value")
    chooser.select_option(str(chosen))
    page.locator(f'[data-key="I/{chosen}/3"]').wait_for()
    assert focused(page) == f"I/{chosen}/3"
    page.keyboard.type("4")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "4\t1"
    page.keyboard.press("Delete")
    assert page.locator(f'[data-key="I/{chosen}/4"]').input_value() == ""
    page.keyboard.press("Control+Z")
    assert page.locator(f'[data-key="I/{chosen}/4"]').input_value() == "1"
    saved(page)
    page.locator('[data-key="nil"]').check()
    page.locator("fieldset.entry-tables[disabled]").wait_for()
    assert page.locator('[data-key="I/1/3"]').input_value() == "0"
    page.locator("#ly-do-nil input").fill("Vụ trong sổ do đơn vị khác khai nhầm")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("button", name="Ghi và nộp").click()
    page.wait_for_url("**/nop/")
    assert page.locator(".alert-danger").all_inner_texts() == []
    assert page.get_by_text("Báo cáo không phát sinh: mọi số liệu là 0.").is_visible()
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("không phát sinh").first.wait_for()
    assert walking.faults_of(page) == []


def test_an_open_table_takes_rows_from_a_spreadsheet(window: Callable[..., Page]):
    page = window("doanhnghiep")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/nop-bao-cao/")
    row = page.get_by_role("row").filter(has_text="TT07-II").filter(has_text="năm 2026")
    row.first.locator("a.btn, button").click()
    page.wait_for_url("**/lap/")
    table = page.locator("table[data-table='B']")
    before = table.locator("tbody tr").count()
    lines = [f"Yếu tố {number}\tCao\tChe chắn\tTổ cơ điện\tQuý {number % 4 + 1}" for number in range(before + 2)]
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "\n".join(lines))
    table.locator("input").first.focus()
    page.keyboard.press("Control+V")
    assert table.locator("tbody tr").count() == before + 2
    saved(page)
    page.reload()
    shown = [one.input_value() for one in table.locator("tbody tr input:first-of-type").all() if one.input_value()]
    assert [text for text in shown if text.startswith("Yếu tố")] == [line.split("\t")[0] for line in lines]
    assert walking.faults_of(page) == []
