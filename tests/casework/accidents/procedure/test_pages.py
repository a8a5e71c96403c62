"""The procedure on the case's page, and the pages of its steps."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.casework.accidents import scene
from tests.casework.accidents.procedure.walking import INVESTIGATED, dead, minor, severe

from atvsld.casework.accidents.actions import change_victim
from atvsld.casework.accidents.procedure import facade

MOMENT = "%d/%m/%Y %H:%M"


@pytest.fixture
def page(client):
    def get(user, path: str, **data):
        client.force_login(user)
        return client.post(path, data) if data else client.get(path)

    return get


def stamp(moment) -> str:
    return timezone.localtime(moment).strftime(MOMENT)


def test_the_case_page_shows_stage_article_next_steps_and_duties(walk, officer, page):
    walked = walk(dead())
    body = page(officer, f"/tai-nan/{walked.case.public_id}/").content.decode()
    for text in (
        "Chờ điều tra cấp tỉnh",
        "Điều 35 khoản 2 Luật 84/2015/QH13",
        "Thành lập Đoàn điều tra",
        "Bước tiếp theo",
    ):
        assert text in body
    assert "Tính như thể nhận tin ngay lúc xảy ra" not in body


def test_a_case_without_a_file_offers_to_open_one(land, officer, page):
    case = scene.opened(land)
    body = page(officer, f"/tai-nan/{case.public_id}/").content.decode()
    assert "Mở trình tự giải quyết" in body
    answer = page(officer, f"/tai-nan/{case.public_id}/trinh-tu/mo/", employer_aware_at="10/02/2026 10:00")
    assert answer.status_code == 302
    assert facade.file_of(case).stage == "establishment_level"


def test_a_step_taken_twice_with_one_key_is_taken_once(walk, officer, page):
    walked = walk(minor())
    path = f"/tai-nan/{walked.case.public_id}/trinh-tu/set_up_team/"
    shown = page(officer, path)
    key = shown.context["key"]
    sent = {"at": stamp(walked.clock), "reason": "", "key": key, "version": walked.file.version}
    assert page(officer, path, **sent).status_code == 302
    assert page(officer, path, **sent).status_code == 302
    assert walked.file.changes.filter(step="set_up_team").count() == 1


def test_what_is_missing_comes_back_as_sentences_with_what_was_typed(walk, officer, page):
    walked = walk(severe())
    walked.steps("set_up_team", "begin")
    path = f"/tai-nan/{walked.case.public_id}/trinh-tu/extend/"
    answer = page(officer, path, at=stamp(walked.clock), reason="Chờ xác minh", days=7, approved_by="", version=3)
    assert answer.status_code == 422
    assert "Chờ xác minh" in answer.content.decode()


def test_an_employer_sees_the_provinces_steps_but_cannot_open_them(walk, mill_employer, page):
    walked = walk(dead())
    body = page(mill_employer, f"/tai-nan/{walked.case.public_id}/").content.decode()
    assert "Bước thuộc thẩm quyền của cấp khác" in body
    path = f"/tai-nan/{walked.case.public_id}/trinh-tu/set_up_team/"
    assert page(mill_employer, path).status_code == 403


def test_why_a_file_moved_up_stands_in_sight(walk, officer, page):
    walked = walk(severe())
    victim = walked.case.victims.get()
    told = walked.act(reason="Giấy báo tử của bệnh viện")
    change_victim(told, victim=victim, version=walked.case.version, changes=dead())
    body = page(officer, f"/tai-nan/{walked.case.public_id}/").content.decode()
    above = body[: body.index("Bước tiếp theo")]
    assert "Có 1 người chết. Giấy báo tử của bệnh viện" in above


def test_a_step_that_does_not_exist_is_not_found(walk, officer, page):
    walked = walk(minor())
    assert page(officer, f"/tai-nan/{walked.case.public_id}/trinh-tu/khong-co/").status_code == 404


def test_old_minutes_are_shown_as_no_longer_in_force(walk, officer, page):
    walked = walk(severe())
    walked.steps(*INVESTIGATED, "send_minutes")
    walked.step("complain", complainant="victim")
    walked.steps("reinvestigate", *INVESTIGATED)
    body = page(officer, f"/tai-nan/{walked.case.public_id}/").content.decode()
    assert "hết hiệu lực" in body
    assert "đang có hiệu lực" in body


def test_correcting_an_instant_by_page_moves_the_clock(walk, officer, page):
    walked = walk(minor())
    answer = page(
        officer, f"/tai-nan/{walked.case.public_id}/trinh-tu/thoi-diem/", employer_aware_at="27/02/2026 08:00",
        version=walked.file.version,
    )  # fmt: skip
    assert answer.status_code == 302
    assert stamp(walked.file.clocks.get(state="running").since) == "27/02/2026 08:00"


def test_a_leader_reads_the_procedure_and_is_offered_no_step(walk, leader, page):
    walked = walk(dead())
    body = page(leader, f"/tai-nan/{walked.case.public_id}/").content.decode()
    assert "Chờ điều tra cấp tỉnh" in body
    assert "Bước tiếp theo" not in body
    assert "Bước thuộc thẩm quyền của cấp khác" not in body
