"""What the journeys share: signing in, the pages to walk over, looking for faults a person would meet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Response

# One page of each kind: what it is called in pictures and faults, and where it lies.
PAGES: dict[str, str] = {
    "trang-chu": "/",
    "vu-tai-nan": "/tai-nan/",
    "nguoi-bi-nan": "/tai-nan/nguoi-bi-nan/",
    "vu-dang-giai-quyet": "/tai-nan/viec/",
    "ban-do-vu": "/tai-nan/ban-do/",
    "so-thong-ke": "/tai-nan/so-thong-ke/",
    "tim-nguoi-bi-nan": "/tai-nan/tim-nguoi/",
    "viec-va-han": "/viec/",
    "lich-cua-toi": "/viec/lich/",
    "ghi-nhan-vu": "/tai-nan/moi/",
    "nhap-du-lieu": "/nhap-du-lieu/",
    "bao-cao": "/bao-cao/",
    "bao-cao-xiv": "/bao-cao/ND39-XIV/?period=2025",
    "tu-soan": "/tu-soan/",
    "bang-moi": "/tu-soan/bang/moi/",
    "bao-cao-tu-soan-moi": "/tu-soan/bao-cao/moi/",
    "mau-word-bao-cao-moi": "/tu-soan/mau-word/moi/",
    "bao-cao-da-chap-nhan": "/bao-cao/chot/",
    "chap-nhan-so-lieu": "/bao-cao/chot/chap-nhan/?form=ND39-XIV&period=2025",
    "tra-cuu-so-lieu": "/so-lieu/",
    "nghia-vu": "/nghia-vu/bang/?ky=2026-H1",
    "nghia-vu-bao-cao": "/nghia-vu/bang/R1/2026-H1/",
    "nghia-vu-don-vi": "/nghia-vu/don-vi/R1/2026-H1/?ds=silent",
    "nghia-vu-lich": "/nghia-vu/lich/",
    "don-doc": "/nghia-vu/don-doc/",
    "don-doc-moi": "/nghia-vu/don-doc/moi/R1/2026-H1/",
    "tong-hop": "/tong-hop/",
    "tong-hop-xiv": "/tong-hop/ND39-XIV/?period=2025",
    "tong-hop-doi-chieu": "/tong-hop/ND39-XIV/doi-chieu/?period=2025",
    "tong-hop-don-vi": "/tong-hop/ND39-XIV/don-vi/?period=2025&table=II&row=1&column=6",
    "bao-cao-da-nop": "/nop-bao-cao/den/",
    "bien-nhan-bao-cao": "/nop-bao-cao/bien-nhan/",
    "chi-tieu": "/chi-tieu/",
    "chi-tieu-ti-le": "/chi-tieu/II.1/",
    "chi-tieu-phan-tich": "/chi-tieu/II.1/phan-tich/",
    "chi-tieu-quan-trac": "/chi-tieu/II.3/",
    "chi-tieu-bao-cao": "/chi-tieu/II.3/bao-cao/?year=2025&list=silent",
    "lanh-dao": "/lanh-dao/",
    "co-so": "/co-so/",
    "dang-ky-co-so": "/co-so/moi/",
    "co-so-nghi-trung": "/co-so/trung-lap/",
    "nhap-co-so": "/nhap-du-lieu/?loai=establishments",
    "nhap-nguoi-lao-dong": "/nhap-du-lieu/?loai=workers",
    "nhap-to-chuc-dich-vu": "/nhap-du-lieu/?loai=service-providers",
    "nguoi-lao-dong": "/nguoi-lao-dong/",
    "them-nguoi-lao-dong": "/nguoi-lao-dong/moi/",
    "to-chuc-dich-vu": "/to-chuc-dich-vu/",
    "cong-khai-to-chuc": "/cong-khai/to-chuc-dich-vu/",
    "dia-ban": "/dia-ban/",
    "ban-do": "/dia-ban/ban-do/",
    "co-quan": "/co-quan/",
    "khu": "/co-quan/khu/",
    "danh-muc": "/danh-muc/",
    "danh-muc-nganh": "/danh-muc/industry.vsic/?ban=2018",
    "danh-muc-tim": "/danh-muc/industry.vsic/?tim=xay+dung",
    "che-do": "/tai-nan/che-do/",
    "tinh-che-do": "/tai-nan/che-do/tinh/",
    "tuyen-truyen": "/tuyen-truyen/buoi/",
    "ghi-buoi-tuyen-truyen": "/tuyen-truyen/buoi/moi/",
    "thang-hanh-dong": "/thang-hanh-dong/",
    "ket-qua-dot": "/thang-hanh-dong/ket-qua/?state=late",
    "doi-thoai": "/doi-thoai/cuoc/",
    "giam-sat": "/doi-thoai/giam-sat/",
    "khen-thuong": "/khen-thuong/",
    "de-nghi-khen-thuong": "/khen-thuong/moi/",
    "mo-hinh-tot": "/khen-thuong/mo-hinh/",
    "kinh-phi": "/kinh-phi/?nam=2026",
    "dong-kinh-phi-ds": "/kinh-phi/danh-sach/?nam=2026",
    "kien-nghi": "/kien-nghi/",
    "so-kien-nghi": "/kien-nghi/chinh-sach/",
    "lay-y-kien-du-thao": "/kien-nghi/du-thao/moi/",
    "can-bo-atvsld": "/nang-luc/can-bo/",
    "ghi-sang-kien": "/nang-luc/sang-kien/moi/",
    "thu-tuc": "/thu-tuc/",
    "thu-tuc-khai-bao": "/thu-tuc/equipment-declaration/",
    "ho-so-thu-tuc": "/thu-tuc/ho-so/",
    "ghi-ho-so-thu-tuc": "/thu-tuc/ho-so/moi/",
    "cong-khai-thu-tuc": "/cong-khai/thu-tuc/",
    "cong-khai-mot-thu-tuc": "/cong-khai/thu-tuc/support-training/",
    "tra-cuu-ho-so-thu-tuc": "/cong-khai/thu-tuc/tra-cuu/",
    "su-co": "/su-co/",
    "ghi-nhan-su-co": "/su-co/moi/",
    "hop-thu": "/hop-thu/",
    "van-ban": "/van-ban/",
    "xac-minh": "/xac-minh/",
    "thong-bao": "/thong-bao/",
    "chuong-trinh": "/chuong-trinh/",
    "ke-hoach-cua-tinh": "/chuong-trinh/province-2024/",
    "noi-dung-ke-hoach": "/chuong-trinh/province-2024/noi-dung/IV.5.3a/",
    "theo-doi-ke-hoach": "/chuong-trinh/theo-doi/",
    "nhap-ke-hoach": "/chuong-trinh/nhap/",
    "to-niem-yet": "/thong-bao/to-niem-yet/",
    "cong-khai-tai-nan": "/cong-khai/tai-nan/",
    "tim-kiem": "/tim-kiem/?q=cong+ty",
    "vi-sao": "/vi-sao/",
    "ke-hoach-nam": "/ke-hoach/",
    "ke-hoach-danh-sach": "/ke-hoach/danh-sach/",
    "nhiem-vu": "/ke-hoach/nhiem-vu/",
    "bao-cao-ke-hoach": "/bao-cao-ke-hoach/?year=2025",
    "bao-cao-ke-hoach-yeu-cau": "/bao-cao-ke-hoach/yeu-cau/",
    "de-nghi-ho-tro": "/ke-hoach/ho-tro/",
    "doi-mat-khau": "/tai-khoan/password/change/",
    "hai-lop": "/tai-khoan/2fa/",
    "anh-xa-cot": "/nhap-du-lieu/anh-xa/accidents/",
    "khai-bao": "/khai-bao/",
    "khai-bao-moi": "/khai-bao/moi/",
    "tin-bao-nghi-trung": "/khai-bao/nghi-trung/",
    "kiem-tra-bien-nhan": "/khai-bao/bien-nhan/",
    "xa": "/xa/",
    "xa-bao-tai-nan": "/xa/bao-tai-nan/",
    "xa-cho-gui": "/xa/cho-gui/",
    "xa-viec": "/xa/viec/",
    "xa-dang-xuat": "/xa/dang-xuat/",
}
ADMINISTRATION: dict[str, str] = {
    "nguoi-dung": "/nguoi-dung/",
    "vai-tro": "/nguoi-dung/vai-tro/",
    "tai-khoan-moi": "/nguoi-dung/moi/",
    "sap-xep": "/dia-ban/sap-xep/",
    "sap-xep-moi": "/dia-ban/sap-xep/moi/",
    "nap-ranh-gioi": "/dia-ban/ban-do/ranh-gioi/",
    "mau-word": "/van-ban/mau/",
    "mau-word-nap": "/van-ban/mau/accident-quick-report/",
    "thu-vien-giao-dien": "/thu-vien-giao-dien/",
}
# List page → the first record on it.
RECORDS: dict[str, tuple[str, str]] = {
    "ho-so-vu": ("/tai-nan/", "/tai-nan/"),
    "bao-cao-tu-soan": ("/tu-soan/", "/tu-soan/bao-cao/"),
    "mau-word-bao-cao": ("/tu-soan/", "/tu-soan/mau-word/"),
    "ho-so-dang-giai-quyet": ("/tai-nan/viec/", "/tai-nan/"),
    "ho-so-su-co": ("/su-co/", "/su-co/"),
    "ho-so-che-do": ("/tai-nan/che-do/", "/tai-nan/"),
    "buoi-tuyen-truyen": ("/tuyen-truyen/buoi/", "/tuyen-truyen/buoi/"),
    "dot-cao-diem": ("/thang-hanh-dong/", "/thang-hanh-dong/"),
    "ket-qua-cua-don-vi": ("/thang-hanh-dong/ket-qua/", "/thang-hanh-dong/ket-qua/"),
    "cuoc-giam-sat": ("/doi-thoai/giam-sat/", "/doi-thoai/giam-sat/"),
    "ho-so-khen-thuong": ("/khen-thuong/", "/khen-thuong/"),
    "dong-kinh-phi": ("/kinh-phi/danh-sach/", "/kinh-phi/"),
    "mot-kien-nghi": ("/kien-nghi/chinh-sach/", "/kien-nghi/chinh-sach/"),
    "mot-can-bo": ("/nang-luc/can-bo/", "/nang-luc/can-bo/"),
    "mot-ho-so-thu-tuc": ("/thu-tuc/ho-so/", "/thu-tuc/ho-so/"),
    # Own ones, so that their forms open.
    "mot-ke-hoach-nam": ("/ke-hoach/danh-sach/?tim=so+noi+vu+thanh+pho+da+nang", "/ke-hoach/"),
    "mot-nhiem-vu": ("/ke-hoach/nhiem-vu/?tim=so+noi+vu+thanh+pho+da+nang", "/ke-hoach/nhiem-vu/"),
    "mot-bao-cao-ke-hoach": ("/bao-cao-ke-hoach/?year=2025&kind=standing", "/bao-cao-ke-hoach/"),
    "ho-so-co-so": ("/co-so/", "/co-so/"),
    "ho-so-nguoi-lao-dong": ("/nguoi-lao-dong/", "/nguoi-lao-dong/"),
    "ho-so-to-chuc": ("/to-chuc-dich-vu/", "/to-chuc-dich-vu/"),
    "ho-so-dia-ban": ("/dia-ban/", "/dia-ban/"),
    "ho-so-co-quan": ("/co-quan/", "/co-quan/"),
}
# Pages under a record: which record, and what follows its address.
UNDER: dict[str, tuple[str, str]] = {
    "sua-vu": ("ho-so-vu", "sua/"),
    "them-nguoi-bi-nan": ("ho-so-vu", "nguoi-bi-nan/them/"),
    "mo-trinh-tu": ("ho-so-vu", "trinh-tu/mo/"),
    "chuyen-co-quan": ("ho-so-vu", "chuyen-co-quan/"),
    "dieu-tra": ("ho-so-dang-giai-quyet", "dieu-tra/"),
    "dieu-tra-hien-truong": ("ho-so-dang-giai-quyet", "dieu-tra/hien-truong/"),
    "dieu-tra-chung-cu": ("ho-so-dang-giai-quyet", "dieu-tra/chung-cu/moi/"),
    "dieu-tra-giam-dinh": ("ho-so-dang-giai-quyet", "dieu-tra/giam-dinh/moi/"),
    "sua-co-so": ("ho-so-co-so", "sua/"),
    "lao-dong-nam": ("ho-so-co-so", "lao-dong/"),
    "bo-may-atvsld": ("ho-so-co-so", "bo-may/"),
    "nganh-phien-ban-khac": ("ho-so-co-so", "nganh/"),
    "rui-ro-co-so": ("ho-so-co-so", "rui-ro/"),
    "toa-do-co-so": ("ho-so-co-so", "toa-do/"),
    "dia-diem-co-so": ("ho-so-co-so", "dia-diem/"),
    "lien-he-co-so": ("ho-so-co-so", "lien-he/"),
    "doi-ten-co-so": ("ho-so-co-so", "doi-ten/"),
    "chuyen-dia-ban-co-so": ("ho-so-co-so", "chuyen-dia-ban/"),
    "ngung-co-so": ("ho-so-co-so", "ngung/"),
    "tach-co-so": ("ho-so-co-so", "tach/"),
    "so-dinh-danh": ("ho-so-nguoi-lao-dong", "so-dinh-danh/"),
    "giay-to": ("ho-so-to-chuc", "giay-to/"),
    "bao-tien-do": ("mot-nhiem-vu", "tien-do/"),
    "them-nhiem-vu": ("mot-ke-hoach-nam", "them/"),
}
PASSWORD = "DungThu-2026"
Answer = TypeVar("Answer")
Faults = list[str]


def sign_in(page: Page, username: str) -> None:
    answer = page.goto("/tai-khoan/login/")
    assert answer is not None
    assert answer.status == 200, f"trang đăng nhập trả lời {answer.status}"
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/tai-khoan/" not in url)


def watched(page: Page) -> Page:
    """Note every script error, refused resource and server error; `faults_of(page)` tells them."""
    found: Faults = []
    page.__dict__["faults"] = found

    def heard(message: ConsoleMessage) -> None:
        # Answers of pages (refused, not found) are asked for by some journeys; the rest is always a fault.
        if message.type == "error" and "status of 4" not in message.text:
            found.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            found.append(f"{response.url}: {response.status}")

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("response", answered)
    return page


def faults_of(page: Page) -> Faults:
    found: Faults = page.__dict__["faults"]
    return found


def too_wide(page: Page) -> list[str]:
    """What sticks out at the right edge and makes the page itself scroll sideways; a framed table may scroll."""
    found: list[str] = page.evaluate(
        """() => {
          const limit = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= limit) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > limit + 1)
            .map((one) => `${one.tagName}.${one.className}`).slice(0, 8);
        }"""
    )
    return found


def first_record(page: Page, listing: str, prefix: str) -> str:
    """The address of the first record a list links to."""
    page.goto(listing)
    link = page.locator(f"#danh-sach table tbody a[href^='{prefix}']").first
    return str(link.get_attribute("href"))


def aside(call: Callable[[], Answer]) -> Answer:
    """The answer of a call made in a thread of its own: the browser's event loop holds this one."""
    answers: list[Answer] = []
    failed: list[BaseException] = []

    def run() -> None:
        from django.db import connections

        try:
            answers.append(call())
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "việc chạy riêng không kết thúc"
    if failed:
        raise failed[0]
    return answers[0]


def run_waiting_jobs() -> None:
    """Every job that waits, then return."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
