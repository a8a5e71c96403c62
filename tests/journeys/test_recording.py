"""A commune officer records an accident on a phone; two people meet on one file; an impatient one clicks twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOMENT = "20/10/2026 14:30"


def cases_with(key: str) -> int:
    from atvsld.casework.accidents.models import AccidentCase

    return walking.aside(lambda: AccidentCase.objects.filter(case_key=key).count())


def fill_case(page: Page, key: str, *, told: str = "Ngã từ giàn giáo khi trát tường.") -> None:
    page.goto("/tai-nan/moi/")
    page.get_by_label("Xảy ra lúc").fill(MOMENT)
    place = page.get_by_label("Nơi xảy ra")
    if not place.input_value():
        place.select_option(index=1)
    page.get_by_label("Mã vụ của đơn vị").fill(key)
    page.get_by_label("Diễn biến").fill(told)
    page.get_by_label("Mức độ").select_option("severe")


def test_a_commune_officer_records_a_case_on_a_phone_by_keyboard_alone(window: Callable[..., Page]):
    page = window("xa", width=360)
    page.goto("/tai-nan/moi/")
    chosen = page.get_by_label("Nơi xảy ra").input_value()
    assert chosen, "xã của chính cán bộ được chọn sẵn"
    for label, text in (
        ("Xảy ra lúc", MOMENT), ("Mã vụ của đơn vị", "XA-1"), ("Diễn biến", "Bị điện giật khi sửa máy bơm."),
    ):  # fmt: skip
        _tab_to(page, label)
        page.keyboard.type(text)
    _tab_to(page, "Quan hệ lao động")
    page.keyboard.type("K")
    _tab_to(page, "Mức độ")
    page.keyboard.type("N")
    _tab_to(page, "Ghi nhận")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".form-error").all_inner_texts() == []
    assert page.get_by_text("Đã ghi nhận hồ sơ").is_visible()
    assert page.get_by_text("20/10/2026 14:30").first.is_visible()
    assert page.get_by_text("Bị điện giật khi sửa máy bơm.").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert cases_with("XA-1") == 1


def _tab_to(page: Page, label: str, limit: int = 60) -> None:
    """Press Tab until the field or button of this label holds the focus."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const at = document.activeElement;"
            " return ((at.labels && at.labels[0] ? at.labels[0].innerText : at.innerText) || '').trim(); }"
        )
        if here.startswith(label):
            return
    raise AssertionError(f"phím Tab không tới được: {label}")


def test_a_form_sent_back_keeps_what_was_written_and_leads_to_the_fault(window: Callable[..., Page]):
    page = window("canbo")
    fill_case(page, "LOI-1")
    page.get_by_label("Xảy ra lúc").fill("05/01/2027 08:00")
    page.get_by_label("Chi phí y tế").fill("-5")
    page.get_by_role("button", name="Ghi nhận").click()
    summary = page.locator(".error-summary").first
    assert summary.is_visible()
    assert page.get_by_label("Diễn biến").input_value() == "Ngã từ giàn giáo khi trát tường."
    assert page.get_by_label("Mức độ").input_value() == "severe"
    assert page.locator(".form-error").count() >= 1
    assert cases_with("LOI-1") == 0


def test_an_impatient_double_click_makes_one_case(window: Callable[..., Page]):
    page = window("canbo")
    fill_case(page, "HAI-LAN-1")
    page.get_by_role("button", name="Ghi nhận").dblclick()
    page.wait_for_url(lambda url: "/moi/" not in url)
    page.wait_for_load_state()
    assert cases_with("HAI-LAN-1") == 1


def test_going_back_and_sending_the_same_form_again_makes_no_second_case(window: Callable[..., Page]):
    page = window("canbo")
    fill_case(page, "LUI-LAI-1")
    page.get_by_role("button", name="Ghi nhận").click()
    page.wait_for_url(lambda url: "/moi/" not in url)
    made = page.url
    page.go_back()
    if page.get_by_label("Mã vụ của đơn vị").input_value() == "LUI-LAI-1":
        page.get_by_role("button", name="Ghi nhận").click()
        page.wait_for_load_state()
    assert cases_with("LUI-LAI-1") == 1
    page.goto("/tai-nan/")
    page.goto(made)
    assert walking.faults_of(page) == []


def test_two_people_on_one_file_the_second_is_told_and_nothing_is_overwritten(window: Callable[..., Page]):
    first, second = window("canbo"), window("canbo")
    fill_case(first, "HAI-NGUOI-1")
    first.get_by_role("button", name="Ghi nhận").click()
    first.wait_for_url(lambda url: "/moi/" not in url)
    change = f"{first.url}sua/"
    first.goto(change)
    second.goto(change)
    first.get_by_label("Diễn biến").fill("Bản của người thứ nhất.")
    first.locator("main form[method=post] button[type=submit]").last.click()
    first.wait_for_url(lambda url: "/sua/" not in url)
    second.get_by_label("Diễn biến").fill("Bản của người thứ hai.")
    second.locator("main form[method=post] button[type=submit]").last.click()
    assert second.get_by_text("Chưa ghi được").is_visible()
    assert second.get_by_label("Diễn biến").input_value() == "Bản của người thứ hai."
    first.reload()
    assert first.get_by_text("Bản của người thứ nhất.").first.is_visible()
