"""One file of each kind the law knows, walked by the people who would: from the first word to where it ends."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from pypdf import PdfReader
from tests.journeys import case_walks as walks
from tests.journeys import test_offline as commune
from tests.journeys import walking
from tests.journeys.case_walks import Walk
from tests.journeys.conftest import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Page

Window = Callable[..., "Page"]
TEAM = {
    "decision_number": "31/QĐ",
    "decision_date": "04/11/2026",
    "signer_name": "Người Ký",
    "signer_title": "Giám đốc",
}
SENT = {"sent_at": "05/11/2026 08:50", "channel": "post", "reference": "RB000001VN"}
WORDS = {"work": "Thay lưỡi cắt", "injury_agent_code": "5", "cause_code": "8", "declarer": "Người Khai"}
PERSON = {"name": "Người Thử", "birth_year": "1990", "sex": "male", "labour_relation": "contract"}


def sets_up_the_team(walk: Walk) -> None:
    def named(page: Page) -> dict[str, Any]:
        return TEAM | walks.sheet(page, "members", "role", lambda n: {"name": f"Người Thứ {n + 1}", "agency": "Đơn vị"})

    walk.form("dieu-tra/doan/", named)
    walk.desk()
    walk.press("Bắt đầu điều tra")


def gathers(walk: Walk) -> None:
    statement = {
        "relation": "victim", "person": "Người Thử, sinh năm 1990", "taken_at": "05/11/2026 08:00",
        "place": "Phòng họp", "taken_by": "Võ An Toàn", "content": "Hỏi: Có găng không?\nĐáp: Tôi tháo găng.",
        "signed": True,
    }  # fmt: skip
    walk.form("dieu-tra/loi-khai/moi/", statement)
    for item in ("HS_b", "HS_c", "HS_d"):
        walk.form(f"dieu-tra/chung-cu/moi/?loai={item}", {"title": f"Tài liệu {item}", "file": walks.PAPER})


def writes_minutes(walk: Walk, stated: dict[str, Any], finding: dict[str, Any]) -> None:
    walk.desk()
    walk.press("Lập biên bản")
    part = walks.hidden_part(walk.page)
    walks.fill(walk.page, stated | {f"{part}{name}": value for name, value in finding.items()})
    walks.submit(walk.page)
    walk.press("Đoàn điều tra thông qua")


def publishes(walk: Walk) -> None:
    def asked(page: Page) -> dict[str, Any]:
        people = walks.sheet(page, "invitees", "role", lambda n: {"name": f"Người Mời {n + 1}"})
        return people | {"planned_at": "05/11/2026 08:30", "place": "Hội trường"}

    def held(page: Page) -> dict[str, Any]:
        found = {"held_at": "05/11/2026 08:40", "proceedings": "Công bố biên bản.", "employer_signed": True}
        came = walks.sheet(page, "attendance", "position", lambda _n: {"attended": "true", "signed": True})
        return found | came

    walk.form("dieu-tra/hop/", asked)
    walk.form("dieu-tra/hop/da-hop/", held)


def sends(walk: Walk) -> None:
    links = walk.desk().locator("a[href*='/dieu-tra/gui/']")
    for link in links.evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        walk.form(link.removeprefix(walk.path), SENT)


def test_an_employer_investigates_a_minor_accident_from_the_declaration_to_the_closed_file(window: Window):
    walk = Walk(window("doanhnghiep"))
    walk.tells(
        occurred_at="04/11/2026 14:00", known_at="04/11/2026 14:10", notified_at="04/11/2026 15:00", minor="1",
        spot="Tổ cắt", description="Đứt tay khi thay lưỡi cắt, máy đã dừng.", reporter_name="Võ An Toàn",
    )  # fmt: skip
    walk.declares(WORDS, PERSON | {"severity": "minor"})
    page = walk.look()
    assert "Cấp cơ sở" in page.locator("#trinh-tu").inner_text()
    due = page.locator("#thoi-han").inner_text()
    assert "Điều tra tai nạn lao động nhẹ" in due
    assert re.search(r"còn \d ngày", due)
    assert "Điều 35 khoản 6 điểm a" in due
    sets_up_the_team(walk)
    walk.look()
    # A minor accident is never extended.
    assert page.locator("a[href*='/trinh-tu/extend/']").count() == 0
    assert "Gia hạn" not in page.locator("#trinh-tu").inner_text()
    gathers(walk)
    stated = {
        "hours_worked": "6,0", "fault": "worker", "conclusion": "occupational", "property_damage": "0",
        "measures-0-text": "Nhắc dùng găng", "measures-0-responsible": "Quản đốc", "measures-0-due_on": "20/11/2026",
    }  # fmt: skip
    writes_minutes(walk, stated, {"injury": "Rách ngón tay", "days_lost": "4", "medical_cost": "1.500.000"})
    publishes(walk)
    assert "Chưa gửi" in page.locator("#gui").inner_text()
    sends(walk)
    walk.form("dieu-tra/niem-yet/", {"place": "Bảng tin của công ty"})
    walk.desk()
    assert "Kiến nghị 1 chưa có kết quả" in page.locator("#ket-thuc").inner_text()
    done = page.locator("#kien-nghi a[href*='/ket-qua/']").get_attribute("href") or ""
    walk.form(done.removeprefix(walk.path), {"result": "Đã nhắc toàn tổ"})
    walk.form("dieu-tra/che-do/", {"note": "Trả đủ lương những ngày nghỉ"})
    walk.desk()
    walk.press("Kết thúc hồ sơ")
    assert "Đã kết thúc" in page.locator("#ket-thuc").inner_text()
    walks.sound(page, "vu-nhe-dieu-tra")
    walk.look()
    assert "Không còn việc nào đang chờ" in page.locator("#thoi-han").inner_text()
    walks.sound(page, "vu-nhe")


def a_provincial_notice(window: Window, description: str, **counts: str) -> Walk:
    """The officer takes a telephone call from the demo employer's place."""
    walk = Walk(window("canbo"))
    where = walking.aside(lambda: (walks.firm().tax_code, walks.firm().place_id))
    walk.tells(
        kind="employer", channel="phone", occurred_at="05/11/2026 07:30", known_at="05/11/2026 07:40",
        establishment_tax_code=where[0], place_code=str(where[1]), reporter_name="Người Báo",
        description=description, **counts,
    )  # fmt: skip
    return walk


def test_the_province_takes_a_fatal_accident_by_telephone_acts_in_hours_and_issues_its_decision(window: Window):
    walk = a_provincial_notice(window, "Rơi từ mái xưởng cao 7 m.", dead="1")
    walk.declares(WORDS, PERSON | {"severity": "fatal"})
    page = walk.look()
    procedure = page.locator("#trinh-tu").inner_text()
    assert "Cấp tỉnh" in procedure
    assert "Điều 35 khoản 2 Luật 84/2015/QH13" in procedure
    due = page.locator("#thoi-han").inner_text()
    for task in ("công an", "hiện trường", "Báo cáo nhanh", "Điều tra tai nạn lao động chết người"):
        assert task in due, task
    assert re.search(r"còn 3\d ngày", due)
    assert "Điều 35 khoản 6 điểm d" in due
    walks.sound(page, "vu-chet-nguoi")
    walk.step("notify_police", at="05/11/2026 08:10")
    walk.form("dieu-tra/hien-truong/", {"scene_visited_at": "05/11/2026 08:50", "scene": "preserved"})
    walk.step("send_quick_report", at="05/11/2026 08:55")
    walk.look()
    open_still = page.locator("#thoi-han").inner_text().split("việc đã xong")[0]
    assert "hiện trường" not in open_still
    assert "Báo cáo nhanh" not in open_still
    sets_up_the_team(walk)
    assert "Đại diện Sở Y tế" in page.locator("#doan").inner_text()
    _issues_the_decision(walk)
    leader = Walk(window("lanhdao"), walk.case).look()
    assert "Cấp tỉnh" in leader.locator("#trinh-tu").inner_text()
    # A leader reads: no step, no form of the investigation.
    assert leader.locator("#trinh-tu a[href*='/trinh-tu/']").count() == 0
    assert leader.locator("main a[href$='/sua/']").count() == 0


def _issues_the_decision(walk: Walk) -> None:
    page = walk.look()
    page.locator("#van-ban details").evaluate("one => { one.open = true; }")
    page.locator("#van-ban").get_by_role("button", name="Quyết định thành lập Đoàn điều tra").click()
    walks.submit(page)
    page.get_by_role("link", name="Ban hành").click()
    page.get_by_role("button", name="Cấp số và ban hành").click()
    page.get_by_text(re.compile(r"Đã ban hành, số \d+/QĐ")).wait_for()
    texts = []
    for kind in ("Word", "PDF"):
        with page.expect_download() as waiting:
            page.locator("main a[href*='/tep/']", has_text=kind).click()
        content = waiting.value.path().read_bytes()
        if kind == "Word":
            word = docx.Document(io.BytesIO(content))
            cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
            texts.append(" ".join([*(one.text for one in word.paragraphs), *cells]))
        else:
            texts.append(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages))
    for text in texts:
        plain = " ".join(text.split())
        assert "Người Thứ 1" in plain
        assert "MẪU TẠM" in plain
    walks.sound(page, "quyet-dinh-doan-tinh")


def test_a_commune_officer_records_an_informal_worker_badly_hurt_posts_it_and_closes_the_file(window: Window):
    page = window("xa", width=360)
    page.clock.set_fixed_time(datetime.fromisoformat(NOW))
    page.goto("/xa/")
    commune.fill(page, "Thợ xây ngã từ giàn giáo tầng hai.")
    page.wait_for_url("**/xa/phieu/**")
    found = walks.CASE.search(page.locator("main a[href^='/tai-nan/']").first.get_attribute("href") or "")
    assert found
    walk = Walk(page, found[1])
    stated = {
        "recorder": "Phạm Cấp Xã", "news_at": "05/11/2026 07:00", "news_source": "Gia đình", "spot": "Nhà dân",
        "course": "Trượt chân ngã từ giàn giáo.", "signatories": "Ủy ban nhân dân xã; gia đình",
    }  # fmt: skip
    walk.form("dieu-tra/ghi-nhan/", stated)
    walk.desk()
    assert page.get_by_role("link", name="Thành lập đoàn").count() == 0
    walk.press("Đã ký xong")
    assert "Đã lập xong" in page.locator("#ghi-nhan").inner_text()
    walk.form("dieu-tra/niem-yet/", {"place": "Trụ sở Ủy ban nhân dân xã"})
    walk.desk()
    walk.press("Kết thúc hồ sơ")
    assert "Đã kết thúc" in page.locator("#ket-thuc").inner_text()
    walks.sound(page, "vu-khong-hop-dong")


def test_a_second_person_badly_hurt_takes_the_file_from_the_establishment_to_the_province(window: Window):
    walk = a_provincial_notice(window, "Bó thép rơi trúng người.", severe="1")
    hurt = {"severity": "severe", "injury_codes": "034"}
    walk.declares(WORDS, PERSON | hurt)
    page = walk.look()
    assert "Cấp cơ sở" in page.locator("#trinh-tu").inner_text()
    walk.form("nguoi-bi-nan/them/", {"name": "Người Thứ Hai", "labour_relation": "contract", "severity": "severe"})
    walk.look()
    procedure = page.locator("#trinh-tu").inner_text()
    assert "Cấp tỉnh" in procedure
    assert "Điều 35 khoản 2 Luật 84/2015/QH13" in procedure
    assert "từ 02 người bị thương nặng trở lên" in page.locator("#thoi-han").inner_text()
    walks.sound(page, "vu-hai-nguoi-nang")


def test_minutes_may_conclude_by_article_39_2_and_the_file_says_so(window: Window):
    told = walking.aside(
        lambda: walks.told_by_the_employer(11, 2, description="Đi làm bằng xe máy, bị ô tô lấn làn va phải.")
    )
    walk = Walk(window("doanhnghiep"), told.case.public_id)
    stated = {
        "hours_worked": "0", "fault": "other", "cause_code": "9", "conclusion": "article_39_2",
        "conclusion_detail": "Hưởng trợ cấp theo khoản 2 Điều 39: do lỗi của người khác.",
    }  # fmt: skip
    writes_minutes(walk, stated, {"injury": "Gãy tay", "days_lost": "40"})
    publishes(walk)
    assert "Có hiệu lực" in walk.page.locator("#bien-ban").inner_text()
    page = walk.look()
    assert "39" in page.locator(".page-subtitle").inner_text()
    walks.sound(page, "vu-dieu-39-2")


def test_a_death_weeks_later_takes_a_closed_file_to_the_province_by_itself(window: Window):
    def closed() -> Any:
        told = walks.published_by_the_employer(10, 5, description="Ngã từ thang khi sửa mái che.", codes=("011",))
        return told.on(10, 20).step("follow_up").closes("Đang trả chi phí điều trị")

    walk = Walk(window("canbo"), walking.aside(closed).case.public_id)
    page = walk.look()
    assert "Đã kết thúc" in page.locator("#trinh-tu").inner_text()
    change = page.locator("main a[href*='/nguoi-bi-nan/'][href$='/sua/']").first.get_attribute("href") or ""
    walk.form(change.removeprefix(walk.path), {"severity": "fatal"})
    walk.look()
    page.locator("#trinh-tu details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    procedure = page.locator("#trinh-tu").inner_text()
    assert "Cấp tỉnh" in procedure
    assert "tự động theo quy định" in procedure
    assert "Điều 22 Nghị định 39/2016/NĐ-CP" in procedure
    walks.sound(page, "vu-chet-sau")
    walk.desk()
    old = page.locator("#bien-ban")
    # The old minutes stand until the province publishes its own.
    assert "Có hiệu lực" in old.inner_text()
    old.get_by_role("link", name="Biên bản lần 1").click()
    assert "Là tai nạn lao động" in page.locator("main").inner_text()


def test_a_complaint_leads_to_a_second_investigation_whose_minutes_end_the_first(window: Window):
    def published() -> Any:
        return walks.published_by_the_employer(10, 12, description="Dập ngón tay khi máy ép đóng bất ngờ.")

    told = walking.aside(published)
    walk = Walk(window("canbo"), told.case.public_id)
    walk.step("complain", at="02/11/2026 09:00", complainant="victim", reason="Máy hỏng, không phải do vi phạm")
    walk.step("reinvestigate", at="03/11/2026 09:00", reason="Chưa làm rõ khóa hai tay của máy")
    page = walk.look()
    procedure = page.locator("#trinh-tu").inner_text()
    assert "lần điều tra thứ 2" in procedure
    assert "Cấp tỉnh" in procedure
    sets_up_the_team(walk)
    gathers(walk)
    stated = {"hours_worked": "3,5", "fault": "employer", "cause_code": "1", "conclusion": "occupational"}
    writes_minutes(walk, stated, {"injury": "Dập ngón tay", "days_lost": "45"})
    publishes(walk)
    versions = page.locator("#bien-ban").inner_text()
    assert "Hết hiệu lực" in versions
    assert "Biên bản lần 2 thay thế" in versions
    walks.sound(page, "vu-dieu-tra-lai-bien-ban")
    walk.look()
    assert "hết hiệu lực" in page.locator("#trinh-tu").inner_text()
    walks.sound(page, "vu-dieu-tra-lai")
