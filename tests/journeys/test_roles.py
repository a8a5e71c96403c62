"""What each role meets: its own ground, masked names, the refused page, the giving of an office."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests import browser as chromium
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A whole name of the demo has at least three words; initials have dots.
INITIALS = re.compile(r"^(\w\. ?)+$")


def rows_counted(page: Page) -> int:
    return int(page.locator(".list-count b").first.inner_text().replace(".", ""))


def test_an_employer_sees_the_own_establishment_and_nothing_else(window: Callable[..., Page], province):
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.registers.offices.models import Office

    firm = walking.aside(lambda: Office.objects.select_related("establishment").get(role="employer").establishment)
    own = walking.aside(lambda: AccidentCase.objects.filter(establishment=firm).count())
    strange = walking.aside(lambda: AccidentCase.objects.exclude(establishment=firm).first())
    page = window("doanhnghiep")
    page.goto("/tai-nan/")
    assert rows_counted(page) == own > 0
    page.goto("/co-so/")
    assert rows_counted(page) == 1
    assert page.locator("#danh-sach tbody").get_by_text(firm.name).count() == 1
    answer = page.goto(f"/tai-nan/{strange.public_id}/")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"/tim-kiem/?q={strange.number}")
    assert page.locator(f"main a[href*='{strange.public_id}']").count() == 0


def test_an_employer_finds_the_half_yearly_report_ready(window: Callable[..., Page]):
    page = window("doanhnghiep")
    page.goto("/bao-cao/")
    page.get_by_role("link", name="Báo cáo tai nạn lao động của cơ sở").click()
    page.get_by_label("Kỳ báo cáo").select_option("2025-H2")
    page.get_by_role("button", name="Lập báo cáo").click()
    assert page.locator(".paper table").count() >= 1
    assert page.locator("main a[href*='tai-ve/docx']").count() == 1


def test_a_leader_reads_files_with_names_masked_and_changes_nothing(window: Callable[..., Page]):
    page = window("lanhdao")
    page.goto("/tai-nan/nguoi-bi-nan/")
    names = page.locator("#danh-sach td[data-label='Họ và tên'], #danh-sach td[data-label='Người bị nạn']")
    shown = [name.strip() for name in names.all_inner_texts() if name.strip() not in {"", "—", "–"}]
    assert shown
    assert [name for name in shown if not INITIALS.match(name)] == []
    page.goto(walking.first_record(page, "/tai-nan/", "/tai-nan/"))
    assert page.get_by_text("Danh tính được che").is_visible()
    assert page.get_by_role("link", name="Sửa").count() == 0
    assert page.get_by_role("button", name="Xem danh tính").count() == 0
    assert page.locator("nav a[href='/tai-nan/moi/']").count() == 0


def test_an_officer_sees_a_name_after_saying_why_and_the_file_remembers(window: Callable[..., Page]):
    page = window("canbo")
    page.goto(walking.first_record(page, "/tai-nan/", "/tai-nan/"))
    page.get_by_role("button", name="Xem danh tính").click()
    assert page.locator(".form-error, .error-summary").first.is_visible()
    page.get_by_label("Mục đích xem danh tính").fill("Đối chiếu với biên bản điều tra")
    page.get_by_role("button", name="Xem danh tính").click()
    assert page.get_by_text("Danh tính chỉ hiện ở lần xem này").is_visible()


@pytest.mark.parametrize(("who", "where"), [("lanhdao", "/tai-nan/moi/"), ("doanhnghiep", "/nguoi-dung/")])
def test_a_refusal_says_what_and_where_to_ask(window: Callable[..., Page], who: str, where: str):
    page = window(who)
    answer = page.goto(where)
    assert answer is not None
    assert answer.status == 403
    assert page.get_by_role("heading", name="Tài khoản không được làm việc này").is_visible()
    assert page.get_by_role("link", name="Tôi được làm những gì?").is_visible()
    assert chromium.accessibility_faults(page) == []


def test_a_page_that_is_not_there_says_so_politely(window: Callable[..., Page]):
    page = window("canbo")
    answer = page.goto("/tai-nan/khong-co-ho-so-nay/")
    assert answer is not None
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text().strip()
    assert chromium.accessibility_faults(page) == []


def test_a_stranger_comes_back_to_the_page_asked_for_after_signing_in(window: Callable[..., Page]):
    page = window()
    page.goto("/chi-tieu/")
    assert "/tai-khoan/login/" in page.url
    page.get_by_label("Tên đăng nhập").fill("lanhdao")
    page.get_by_label("Mật khẩu").fill("sai-mat-khau-nay")
    page.locator("main form button[type=submit]").first.click()
    assert page.locator(".error-summary, .form-error, .alert-danger").first.is_visible()
    page.get_by_label("Tên đăng nhập").fill("lanhdao")
    page.get_by_label("Mật khẩu").fill(walking.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/chi-tieu/")


def test_an_administrator_makes_an_account_and_gives_it_an_office_that_works_at_once(window: Callable[..., Page]):
    page = window("quantri")
    page.goto("/nguoi-dung/")
    page.get_by_role("link", name="Lập tài khoản").click()
    page.get_by_label("Họ và tên").fill("Hồ Thị Thử (mẫu)")
    page.get_by_label("Tên đăng nhập").fill("ho-thi-thu")
    page.get_by_label("Mật khẩu ban đầu").fill(walking.PASSWORD)
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.get_by_label("Vai trò").select_option("leader")
    page.get_by_label("Địa bàn").select_option(index=1)
    page.locator("main form[method=post] button[type=submit]").last.click()
    assert page.get_by_text("Đã giao chức trách.").is_visible()
    assert page.get_by_text("đang giữ").first.is_visible()
    fresh = window()
    walking.sign_in(fresh, "ho-thi-thu")
    assert fresh.get_by_role("heading", name="Xin chào").is_visible()
    assert fresh.locator("nav a[href='/chi-tieu/']").count() == 1
    assert fresh.locator("nav a[href='/nguoi-dung/']").count() == 0


def test_the_leaders_page_is_one_sheet_of_paper_and_fits_a_telephone(window: Callable[..., Page]):
    from io import BytesIO

    from pypdf import PdfReader

    page = window("lanhdao")
    page.goto("/lanh-dao/")
    assert page.locator(".leader-target").count() == 3
    assert len(PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages) == 1
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    links = {str(link.get_attribute("href")) for link in page.locator(".leader a").all()}
    assert [link for link in links if page.request.get(link).status != 200] == []
