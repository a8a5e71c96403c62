"""Every kind of page, as people with different screens, keyboards and languages meet it.

Pictures of each go to var/screenshots, outside the repository, for somebody to look at.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tests import browser as chromium
from tests.journeys import walking

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

FIGURE = "mo-con-so"
USER = "ho-so-nguoi-dung"
KINDS = [("canbo", name) for name in (*walking.PAGES, *walking.RECORDS, *walking.UNDER, FIGURE)]
KINDS += [("quantri", name) for name in (*walking.ADMINISTRATION, USER)]
named = pytest.mark.parametrize(("who", "name"), KINDS, ids=[name for _who, name in KINDS])
# In English every fifth page: the templates are the same, and pages of every room are among them.
in_english = pytest.mark.parametrize(("who", "name"), KINDS[::5], ids=[name for _who, name in KINDS[::5]])


@pytest.fixture(scope="module")
def addresses(province, browser, keys) -> dict[str, str]:
    """Where each kind of page lies; records by the first one of their list."""
    context = browser.new_context(base_url=province.url, storage_state=keys("canbo"), locale="vi-VN")
    page = context.new_page()
    found = {name: walking.first_record(page, *where) for name, where in walking.RECORDS.items()}
    found |= {name: found[record] + rest for name, (record, rest) in walking.UNDER.items()}
    page.goto(walking.PAGES["bao-cao-xiv"])
    found[FIGURE] = str(page.locator(".paper td a").first.get_attribute("href"))
    context.close()
    context = browser.new_context(base_url=province.url, storage_state=keys("quantri"), locale="vi-VN")
    found[USER] = walking.first_record(context.new_page(), "/nguoi-dung/", "/nguoi-dung/")
    context.close()
    return {**walking.PAGES, **walking.ADMINISTRATION, **found}


@named
def test_a_page_can_be_used_by_everybody(tab: Callable[..., Page], addresses: dict[str, str], who: str, name: str):
    page = tab(who)
    answer = page.goto(addresses[name])
    assert answer is not None
    assert answer.status == 200
    assert page.title().strip(" ·") != "ATVSLĐ", "trang không có tên"
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "vi"
    chromium.shoot(page, f"{name}-1366")
    assert chromium.accessibility_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    chromium.shoot(page, f"{name}-360")
    assert walking.too_wide(page) == [], "phần tử rộng hơn màn hình 360"
    assert walking.faults_of(page) == []
    page.close()


@in_english
def test_a_page_in_english_can_be_used_by_everybody(
    tab: Callable[..., Page], addresses: dict[str, str], who: str, name: str
):
    page = tab(who, english=True)
    page.goto(addresses[name])
    assert page.locator("html").get_attribute("lang") == "en"
    chromium.shoot(page, f"{name}-en")
    assert chromium.accessibility_faults(page) == []
    assert walking.faults_of(page) == []
    page.close()


def test_the_sign_in_page_can_be_used_by_everybody(window: Callable[..., Page]):
    for english in (False, True):
        page = window(english=english)
        page.goto("/")
        assert "/tai-khoan/login/" in page.url
        assert chromium.accessibility_faults(page) == []
    page = window(width=360)
    page.goto("/")
    chromium.shoot(page, "dang-nhap-360")
    assert walking.too_wide(page) == []


def test_the_keyboard_reaches_the_content_and_always_shows_where_it_is(window: Callable[..., Page]):
    page = window("canbo")
    page.goto("/tai-nan/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Tới nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    reached = []
    for _step in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
              const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                || style.boxShadow !== "none" || !!at.closest(":focus-within.show");
              return [at.tagName, (at.innerText || at.name || at.placeholder || "").trim(), drawn,
                      box.width > 0 && box.height > 0];
            }"""
        )
        reached.append(seen)
    unseen = [what for what in reached if not (what[2] and what[3])]
    assert unseen == []
    assert any(text.startswith("TN-") for _tag, text, _drawn, _shown in reached), reached


def test_paper_carries_the_report_and_not_the_navigation(window: Callable[..., Page], tmp_path: Path):
    page = window("canbo")
    page.goto("/bao-cao/ND39-XIV/?period=2025")
    page.emulate_media(media="print")
    for hidden in (".sidebar", ".topbar", ".report-choice", ".page-actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    target = tmp_path / "in.pdf"
    page.pdf(path=str(target), format="A4", landscape=True)
    text = "".join(sheet.extract_text() for sheet in PdfReader(target).pages)
    assert "Báo cáo tổng hợp" in text
    assert "Ghi nhận vụ mới" not in text


def test_a_first_visit_weighs_little(window: Callable[..., Page]):
    page = window("canbo")
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.setdefault(answer.url, len(gzip.compress(answer.body()))))
    page.goto("/", wait_until="networkidle")
    assert not any("vega" in url for url in weights), "trang chính không cần thư viện vẽ biểu đồ"
    assert sum(weights.values()) < 200_000, weights


def test_the_main_road_works_without_scripts(window: Callable[..., Page]):
    page = window(script=False)
    walking.sign_in(page, "canbo")
    page.goto("/tai-nan/")
    before = page.locator(".list-count").inner_text()
    page.locator("summary", has_text="Bộ lọc").click()
    page.get_by_label("Mức độ").first.select_option("fatal")
    page.get_by_role("button", name="Lọc").click()
    assert page.locator(".list-count").inner_text() != before
    assert page.locator("#danh-sach tbody tr").count() > 0
    page.goto("/bao-cao/ND39-XIV/")
    page.get_by_label("Kỳ báo cáo").select_option("2024")
    page.get_by_role("button", name="Lập báo cáo").click()
    assert "period=2024" in page.url
    page.locator(".paper td a").first.click()
    assert page.locator("#danh-sach tbody tr").count() > 0
