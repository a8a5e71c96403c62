"""The pages of an investigation: who sees what, and the whole way walked by forms."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accidents.investigation.story import PDF, begun
from tests.casework.accidents.scene import victim_draft
from tests.query_counts import assert_queries

from atvsld.casework.accidents.investigation.models import Evidence, Minutes, Statement
from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.history.models import SensitiveReading

ROOT = "/tai-nan/{}/dieu-tra/"


def client(user) -> Client:
    made = Client()
    made.force_login(user)
    return made


def url(story, part: str = "") -> str:
    return ROOT.format(story.case.public_id) + part


def told(moment) -> str:
    return timezone.localtime(moment).strftime("%d/%m/%Y %H:%M")


def sent(response, **changes) -> dict[str, str]:
    """What a browser would send of the form shown, with some fields changed."""
    html = response.content.decode()
    ticks = re.findall(r"<input[^>]*>", html)
    texts = "".join(tick for tick in ticks if 'type="checkbox"' not in tick or " checked" in tick)
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', texts))
    found |= dict(re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL))
    for name, body in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found | changes


@pytest.fixture
def minor(land):
    """A minor case at the mill, of the present day."""
    now = clock.now()
    story = begun(
        land, victim_draft(severity="minor"), occurred_at=now - timedelta(hours=30), at=now - timedelta(hours=29)
    )
    story.now = now
    return story


def test_an_employer_walks_the_whole_investigation_by_forms(minor, mill_employer):
    story, browser = minor, client(mill_employer)
    now = clock.now()
    page = browser.get(url(story, "doan/"))
    values = sent(page, signer_name="Giám đốc Thử", decision_number="01/QĐ")
    for n in range(4):
        values |= {f"members-{n}-name": f"Người {n}", f"members-{n}-agency": "Nhà máy Thử"}
    values["members-0-is_leader"] = "on"
    assert browser.post(url(story, "doan/"), values).status_code == 302
    assert story.record.team.members.get(is_leader=True).role == "employer"
    browser.post(url(story, "bat-dau/"))
    statement = {
        "relation": "witness", "person": "Lê Thị Thấy", "content": "Hỏi: gì?\nĐáp: máy kẹp.", "place": "Xưởng",
        "taken_at": told(now - timedelta(hours=5)), "taken_by": "Người 2", "key": new_ulid(),
    }  # fmt: skip
    for _twice in range(2):
        assert browser.post(url(story, "loi-khai/moi/"), statement).status_code == 302
    assert Statement.objects.filter(case=story.case).count() == 1
    story.keep("HS_b", "HS_c", "HS_d")
    opened = browser.post(url(story, "bien-ban/moi/"), {"key": new_ulid()})
    edit = opened.headers["Location"]
    victim = story.record.victims[0]
    values = sent(
        browser.get(edit), course="Bị kẹp tay.", fault="employer", cause_code="1", injury_agent_code="1",
        conclusion="occupational", **{
            f"v{victim.pk}-medical_cost": "1.500.000", "measures-0-text": "Che chắn",
                "measures-0-responsible": "Quản đốc",
            "measures-0-due_on": (now + timedelta(days=9)).strftime("%d/%m/%Y"),
        },
    )  # fmt: skip
    assert browser.post(edit, values).status_code == 302
    minutes = story.minutes
    assert (minutes.recommendations.count(), minutes.victims.get().medical_cost) == (1, 1_500_000)
    approved = browser.post(url(story, f"bien-ban/{minutes.public_id}/thong-qua/"), {"version": minutes.version})
    assert approved.status_code == 302, re.findall(r"<li>([^<]*)</li>", approved.content.decode())
    values = sent(browser.get(url(story, "hop/")), planned_at=told(now), place="Hội trường")
    assert browser.post(url(story, "hop/"), values).status_code == 302
    values = sent(
        browser.get(url(story, "hop/da-hop/")), held_at=told(now - timedelta(minutes=2)), proceedings="Công bố."
    )
    for n in range(story.meeting.participants.count()):
        values[f"attendance-{n}-attended"] = "true"
    values["attendance-1-dissent"] = "Tôi không nhất trí mục 7."
    assert browser.post(url(story, "hop/da-hop/"), values).status_code == 302
    assert story.stage == "published"
    for delivery in story.record.deliveries:
        values = {"sent_at": told(clock.now()), "channel": "handed", "reference": "Ký nhận"}
        assert browser.post(url(story, f"gui/{delivery.position}/"), values).status_code == 302
    values = {"role": "employer", "posted_on": now.strftime("%d/%m/%Y"), "place": "Bảng tin"}
    assert browser.post(url(story, "niem-yet/"), values).status_code == 302
    refused = browser.post(url(story, "ket-thuc/"))
    assert refused.status_code == 422
    assert "Kiến nghị 1 chưa có kết quả" in refused.content.decode()
    item = story.record.recommendations[0]
    values = {"done_on": now.strftime("%d/%m/%Y"), "result": "Đã lắp", "version": item.version}
    assert browser.post(url(story, f"kien-nghi/{item.public_id}/ket-qua/"), values).status_code == 302
    assert browser.post(url(story, "che-do/"), {"settled_on": now.strftime("%d/%m/%Y")}).status_code == 302
    assert browser.post(url(story, "ket-thuc/")).status_code == 302
    assert story.stage == "closed"
    shown = browser.get(url(story)).content.decode()
    assert "Tôi không nhất trí mục 7." in shown
    assert "đến khi người bị nạn nghỉ hưu" in shown


def test_a_statement_is_shown_only_for_a_purpose_and_each_reading_is_recorded(minor, mill_employer):
    minor.set_up().begin().hear()
    held, browser = Statement.objects.get(case=minor.case), client(mill_employer)
    assert "Trần Thị Chứng" not in held.person_sealed + held.content_sealed
    address = url(minor, f"loi-khai/{held.public_id}/")
    assert "Trần Thị Chứng" not in browser.get(address).content.decode()
    assert browser.post(address, {"purpose": "a"}).status_code == 422
    assert not SensitiveReading.objects.filter(record_id=held.public_id).exists()
    assert "Trần Thị Chứng" in browser.post(address, {"purpose": "Phân tích nguyên nhân"}).content.decode()
    assert SensitiveReading.objects.get(record_id=held.public_id).purpose == "Phân tích nguyên nhân"


def test_an_employer_does_not_see_what_the_province_gathers_before_it_is_published(land, mill_employer):
    story = begun(land, victim_draft(severity="fatal"))
    story.later(hours=1).set_up().begin().hear().keep("HS_b").later(days=2).write(course="Chuyện kín của đoàn.")
    browser = client(mill_employer)
    shown = browser.get(url(story)).content.decode()
    assert "phần đã công bố" in shown
    assert "Lấy lời khai" not in shown
    piece = Evidence.objects.get(case=story.case)
    assert browser.get(url(story, f"bien-ban/{story.minutes.public_id}/")).status_code == 404
    assert browser.get(url(story, f"chung-cu/{piece.public_id}/tep/")).status_code == 403
    assert browser.post(url(story, "loi-khai/moi/"), {}).status_code == 403
    assert "Chuyện kín" not in browser.get(f"/tai-nan/{story.case.public_id}/").content.decode()
    story.approve().call().later(hours=6).publish()
    assert "Chuyện kín" in browser.get(url(story, f"bien-ban/{story.minutes.public_id}/")).content.decode()


def test_an_employer_posts_and_reports_on_recommendations_of_the_province_s_minutes(land, mill_employer, river_officer):
    story = begun(land, victim_draft(severity="fatal"))
    story.later(hours=1).set_up().begin().hear().later(days=2).write().approve().call().later(hours=6).publish().send()
    browser, item = client(mill_employer), story.record.recommendations[0]
    assert "Ghi niêm yết" in browser.get(url(story)).content.decode()
    values = {"role": "employer", "posted_on": "10/03/2026", "place": "Bảng tin"}
    assert browser.post(url(story, "niem-yet/"), values).status_code == 302
    values = {"done_on": "12/03/2026", "result": "Đã lắp", "version": item.version}
    assert browser.post(url(story, f"kien-nghi/{item.public_id}/ket-qua/"), values).status_code == 302
    item.refresh_from_db()
    assert item.settled
    assert story.record.postings[0].role == "employer"
    assert browser.post(url(story, f"kien-nghi/{item.public_id}/thoi/"), {"reason": "Không"}).status_code == 403
    assert client(river_officer).get(url(story, "niem-yet/")).status_code == 403


def test_a_commune_does_not_work_on_an_establishment_s_investigation_nor_a_stranger_see_it(minor, river_officer, land):
    from tests.casework.accidents.scene import person

    assert client(river_officer).get(url(minor, "doan/")).status_code == 403
    other = person("mo.da", "employer", firm=land.quarry)
    assert client(other).get(url(minor)).status_code == 404


def test_two_editors_of_the_minutes_lose_nothing(minor, officer, mill_employer):
    minor.set_up().begin().hear().write()
    edit = url(minor, f"bien-ban/{minor.minutes.public_id}/soan/")
    one, two = client(officer), client(mill_employer)
    first, second = sent(one.get(edit)), sent(two.get(edit))
    assert one.post(edit, first | {"course": "Bản của người thứ nhất."}).status_code == 302
    answer = two.post(edit, second | {"course": "Bản của người thứ hai."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của người thứ nhất." in page
    assert "Bản của người thứ hai." in page
    merged = sent(answer) | {"course": "Cả hai."}
    assert two.post(edit, merged).status_code == 302
    assert Minutes.objects.get(case=minor.case).course == "Cả hai."


def test_a_file_is_kept_by_its_hash_and_its_opening_is_recorded(minor, officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = client(officer)
    values = {"item": "HS_b", "title": "Sơ đồ", "key": new_ulid(), "victim": ""}
    answer = browser.post(url(minor, "chung-cu/moi/"), values | {"file": SimpleUploadedFile("so-do.pdf", PDF)})
    assert answer.status_code == 302
    piece = Evidence.objects.get(case=minor.case)
    got = browser.get(url(minor, f"chung-cu/{piece.public_id}/tep/"))
    assert got.content == PDF
    assert SensitiveReading.objects.filter(record_id=piece.public_id).count() == 1
    wrong = browser.post(
        url(minor, "chung-cu/moi/"), values | {"key": new_ulid(), "file": SimpleUploadedFile("a.pdf", b"MZ\x90")}
    )
    assert wrong.status_code == 422


def test_the_desk_asks_a_steady_number_of_queries(minor, officer):
    minor.set_up().begin().hear().keep("HS_b", "HS_c").write().approve().call()
    browser = client(officer)
    browser.get(url(minor))
    assert_queries("investigation_desk", lambda: browser.get(url(minor)))
