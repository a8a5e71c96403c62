"""A commune officer reports with the line cut, the answer lost, two windows open, the session gone: always one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys import walking
from tests.journeys.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

REPORT = "/xa/bao-tai-nan/"
READY = "document.documentElement.dataset.worker === 'ready' && navigator.serviceWorker.controller !== null"
EMPTY = "xaQueue.all('queue').then((items) => items.length === 0)"


def until(page: Page, condition: str, seconds: int = 90) -> None:
    """Wait for a condition of the page; asked from outside, since the page's own policy forbids evaluating text."""
    for _time in range(seconds * 5):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"không xảy ra sau {seconds} giây: {condition}")


@pytest.fixture
def phone(province: Any, browser: Browser, keys: Callable[[str], Any]) -> Iterator[BrowserContext]:
    """A telephone of 360 pixels on which the commune officer is signed in and has opened the screens once."""
    context = browser.new_context(
        base_url=province.url, storage_state=keys("xa"), locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 360, "height": 740}, has_touch=True,
    )  # fmt: skip
    context.set_default_timeout(20_000)
    # The telephone's clock is that of the demo province; its timers run as ever.
    context.clock.set_fixed_time(datetime.fromisoformat(NOW))
    page = context.new_page()
    page.goto("/xa/")
    until(page, READY)
    yield context
    context.close()


def cases_told(sentence: str) -> int:
    from atvsld.casework.accidents.models import AccidentCase

    return walking.aside(lambda: AccidentCase.objects.filter(description=sentence).count())


def queued(page: Page) -> int:
    return int(page.evaluate("xaQueue.all('queue').then((items) => items.length)"))


def step(page: Page) -> Page:
    page.locator("[data-next]").click()
    return page


def fill(page: Page, sentence: str, *, send: bool = True) -> None:
    """Every question in turn, on the telephone; the commune and the moment are chosen already."""
    page.goto(REPORT)
    page.wait_for_selector("form[data-ready=yes]")
    page.get_by_role("button", name="Hôm nay").click()
    page.get_by_label("Giờ").fill("06:30")
    step(page)
    step(page).get_by_text("Tự làm cho mình").click()
    step(page).locator("[data-more=severe]").click()
    step(page).locator("#description").fill(sentence)
    step(page).get_by_text("Phần chi trên").click()
    page.get_by_text("Dập, gẫy, vỡ nát các xương đòn").click()
    step(page).get_by_text("Ngã cao").click()
    step(page)
    step(page).get_by_label("Họ và tên").fill("Người Thử Nghiệm")
    step(page)
    step(page).get_by_text("Người nhà nạn nhân").click()
    page.get_by_label("Tên người báo").fill("Người Báo Thử")
    step(page)
    page.wait_for_selector("[data-answers] dd")
    if send:
        page.get_by_role("button", name="Gửi").click()


def test_on_a_good_line_the_report_is_received_with_its_number(phone: BrowserContext):
    page = phone.pages[0]
    sentence = "Ngã từ thang khi hái tiêu, gãy tay."
    fill(page, sentence)
    page.wait_for_url("**/xa/phieu/**")
    assert page.get_by_text("Đã nhận", exact=True).is_visible()
    assert page.get_by_text("KB-2026-").first.is_visible()
    assert page.get_by_text("Lập biên bản ghi nhận").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert cases_told(sentence) == 1


def test_without_a_line_the_report_waits_in_sight_and_is_received_once_when_it_returns(phone: BrowserContext):
    page = phone.pages[0]
    phone.set_offline(True)
    sentences = ("Điện giật khi sửa máy bơm.", "Cây đổ vào chân khi đốn keo.")
    for sentence in sentences:
        fill(page, sentence)
        page.wait_for_url("**/xa/cho-gui/")
    page.get_by_text("2 phiếu chờ gửi").wait_for()
    page.reload()
    page.get_by_text(sentences[0]).wait_for()
    assert queued(page) == 2
    page.close()
    again = phone.new_page()
    again.goto("/xa/")
    again.get_by_text("2 phiếu chờ gửi").wait_for()
    assert [cases_told(sentence) for sentence in sentences] == [0, 0]
    phone.set_offline(False)
    until(again, EMPTY)
    assert [cases_told(sentence) for sentence in sentences] == [1, 1]
    again.goto("/xa/cho-gui/")
    again.get_by_text("Đã nhận, số").first.wait_for()


def test_an_answer_lost_on_the_way_and_a_page_opened_anew_make_no_second_case(phone: BrowserContext):
    page = phone.pages[0]
    sentence = "Trượt chân ở bờ ruộng, gãy chân."
    lost: list[int] = []

    def lose(route: Any) -> None:
        answer = route.fetch()
        lost.append(answer.status)
        route.abort("connectionreset")

    phone.route("**/xa/gui/", lose)
    fill(page, sentence)
    page.wait_for_url("**/xa/cho-gui/")
    assert lost[0] == 200
    assert cases_told(sentence) == 1
    assert queued(page) == 1
    # Another attempt may be on its way through the handler at this moment.
    phone.unroute_all(behavior="ignoreErrors")
    page.reload()
    until(page, EMPTY)
    assert cases_told(sentence) == 1


def test_two_windows_that_send_at_the_same_time_make_one_case_each(phone: BrowserContext):
    first, second = phone.pages[0], phone.new_page()
    second.goto("/xa/cho-gui/")
    # A window behind another draws once a second, so that each press on it takes seconds.
    first.bring_to_front()
    phone.set_offline(True)
    sentences = [f"Bị máy cắt cỏ văng đá vào chân, người thứ {number}." for number in range(3)]
    for sentence in sentences:
        fill(first, sentence)
        first.wait_for_url("**/xa/cho-gui/")
    phone.set_offline(False)
    for page in (first, second):
        page.evaluate("void Promise.all([xaQueue.drain(), xaQueue.drain()])")
    until(second, EMPTY)
    assert [cases_told(sentence) for sentence in sentences] == [1, 1, 1]


def test_a_session_that_ended_keeps_the_queue_asks_to_sign_in_and_then_sends(phone: BrowserContext):
    page = phone.pages[0]
    sentence = "Ngộ độc thuốc trừ sâu khi phun."
    phone.set_offline(True)
    fill(page, sentence)
    page.wait_for_url("**/xa/cho-gui/")
    kept = phone.cookies()
    phone.clear_cookies(name="sessionid")
    phone.set_offline(False)
    page.evaluate("void xaApp.attempt()")
    page.get_by_text("Phiên đăng nhập đã hết").wait_for()
    assert queued(page) == 1
    assert cases_told(sentence) == 0
    phone.add_cookies([cookie for cookie in kept if cookie["name"] == "sessionid"])
    page.reload()
    until(page, EMPTY)
    assert cases_told(sentence) == 1


def test_another_person_on_the_same_telephone_never_sends_what_is_not_theirs(
    phone: BrowserContext, keys: Callable[[str], Any]
):
    page = phone.pages[0]
    sentence = "Ngã xe khi chở gỗ thuê."
    phone.set_offline(True)
    fill(page, sentence)
    page.wait_for_url("**/xa/cho-gui/")
    phone.set_offline(False)
    phone.clear_cookies(name="sessionid")
    phone.add_cookies([cookie for cookie in keys("canbo")["cookies"] if cookie["name"] == "sessionid"])
    page.goto("/xa/cho-gui/")
    page.get_by_text("Máy này còn phiếu của người khác chờ gửi").wait_for()
    page.wait_for_timeout(1_500)
    assert queued(page) == 1
    assert cases_told(sentence) == 0
    assert sentence not in page.content()


def test_a_report_is_kept_at_every_step_and_goes_on_where_it_was_left(phone: BrowserContext):
    page = phone.pages[0]
    sentence = "Đá lăn trúng vai khi khai thác."
    page.goto(REPORT)
    page.wait_for_selector("form[data-ready=yes]")
    page.get_by_label("Giờ").fill("05:15")
    step(page).get_by_label("Chỗ cụ thể").fill("Thôn 3")
    step(step(page)).locator("[data-more=severe]").click()
    step(page).locator("#description").fill(sentence)
    step(page)
    page.get_by_text("Đã lưu", exact=True).wait_for()
    page.goto("/xa/")
    page.get_by_role("link", name="Phiếu viết lúc").first.click()
    page.wait_for_selector("form[data-ready=yes]")
    assert page.locator("#description").input_value() == sentence
    assert page.locator("#spot").input_value() == "Thôn 3"
    assert page.get_by_text("Người nặng nhất bị thương thế nào?").is_visible()
    phone.set_offline(True)
    page.goto("/xa/cho-gui/")
    page.get_by_role("link", name="Viết tiếp").first.click()
    page.wait_for_selector("form[data-ready=yes]")
    assert page.locator("#spot").input_value() == "Thôn 3"
    assert cases_told(sentence) == 0


def test_signing_out_asks_what_becomes_of_reports_not_sent(phone: BrowserContext):
    page = phone.pages[0]
    # A session of its own, so that the end of it ends no other journey's.
    phone.clear_cookies()
    walking.sign_in(page, "xa")
    phone.route("**/xa/phien/", lambda route: route.abort())
    fill(page, "Bị trâu húc khi cày ruộng.")
    page.wait_for_url("**/xa/cho-gui/")
    page.goto("/xa/dang-xuat/")
    page.get_by_text("phiếu trên máy này chưa gửi được").wait_for()
    page.get_by_text("Xóa các phiếu chưa gửi khỏi máy này").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(lambda url: "/dang-xuat/" not in url)
    assert page.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
                         ".then((cache) => cache.match('/xa/bao-tai-nan/')))))") .count(None) >= 1  # fmt: skip
    assert cases_told("Bị trâu húc khi cày ruộng.") == 0


def test_the_first_form_is_light_enough_for_a_slow_line(province: Any, browser: Browser, keys: Callable[[str], Any]):
    """Everything the report carries, files and page, counted as it comes over the line without compression."""
    context = browser.new_context(
        base_url=province.url, storage_state=keys("xa"), viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    carried: list[float] = []
    line.on("Network.loadingFinished", lambda told: carried.append(told["encodedDataLength"]))
    page.goto(REPORT)
    page.wait_for_selector("form[data-ready=yes]")
    cold = sum(carried)
    carried.clear()
    page.goto(REPORT)
    page.wait_for_selector("form[data-ready=yes]")
    warm = sum(carried)
    context.close()
    assert cold <= 150_000, f"{cold:,.0f} byte lần đầu"
    assert warm <= 150_000, f"{warm:,.0f} byte lần sau"


def test_the_report_works_without_scripts_too(window: Callable[..., Page]):
    page = window("xa", width=360, script=False)
    page.goto(REPORT)
    sentence = "Không có JavaScript: trượt ngã ở sân phơi."
    page.locator("#so-minor").fill("1")
    page.locator("#description").fill(sentence)
    page.locator("button[type=submit]").last.click()
    page.wait_for_url("**/xa/phieu/**")
    assert cases_told(sentence) == 1
