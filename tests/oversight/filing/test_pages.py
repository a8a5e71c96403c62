"""The pages, without a script: written whole, handed in, returned, corrected, accepted; and who is shown what."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from tests.casework.accidents import scene
from tests.oversight.filing import stage

from atvsld.oversight.filing.models import DraftEntry, Filing, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(scene.NOW)


def inputs(html: str) -> dict[str, str]:
    """What a browser without script would send of the entry form."""
    start = html.index('id="lap-bao-cao"')
    form = html[start : html.index("</form>", start)]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w:-]+)="([^"]*)"', tag))
        if "name" not in attributes or (attributes.get("type") == "checkbox" and " checked" not in tag):
            continue
        found[attributes["name"]] = unescape(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = unescape(text)
    return found


def unescape(text: str) -> str:
    import html

    return html.unescape(text)


def test_the_whole_way_on_pages_without_a_script(land, sign_in):  # noqa: PLR0915 - one story
    employer, officer = sign_in("employer"), sign_in("province_officer")
    own = employer.get("/nop-bao-cao/").content.decode()
    assert "ND39-XII" in own
    assert "TT07-II" in own
    sent = {"kind": "establishment", "reporter": land.mill.public_id, "report": "R1", "period": "2025"}
    first, second = (employer.post("/nop-bao-cao/mo/", sent) for _click in range(2))
    assert first.url == second.url
    filing = Filing.objects.get()
    page = f"/nop-bao-cao/{filing.public_id}/"
    shown = inputs(employer.get(f"{page}lap/").content.decode())
    assert shown["c:I/1/3"] == "1"
    assert shown["c:II/3/1"] == "43"
    # Sent back as it was drawn, nothing counts as written.
    assert employer.post(f"{page}lap/", shown).status_code == 302
    assert DraftEntry.objects.count() == 0
    answer = employer.post(f"{page}lap/", shown | {"c:II/3/1": "45", "c:II/3/6": "một triệu", "nop": "1"})
    assert answer.url == f"{page}nop/"
    blocked = employer.get(f"{page}nop/").content.decode()
    assert "không phải là số" in blocked
    shown = inputs(employer.get(f"{page}lap/").content.decode())
    assert "r:II/3/1" in shown
    employer.post(f"{page}lap/", shown | {"r:II/3/1": "Tái khám 2 ngày", "c:II/3/6": "5.000"})
    assert dict(DraftEntry.objects.values_list("key", "reason"))["II/3/1"] == "Tái khám 2 ngày"
    submit = employer.get(f"{page}nop/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|version|seen)" value="([^"]*)"', submit))
    for _click in range(2):
        assert employer.post(f"{page}nop/", hidden).status_code == 302
    made = Submission.objects.get()
    assert made.content["figures"]["II"]["3"]["1"] == "45"
    listed = officer.get("/nop-bao-cao/den/?eyes=departs").content.decode()
    assert "Nhà máy Thử" in listed
    officer.post("/nop-bao-cao/den/tiep-nhan/", {"chon": f"{filing.public_id}@{stage.fresh(filing).version}"})
    officer.post("/nop-bao-cao/den/tiep-nhan/", {"tat-ca": "1", "ve": "state=submitted&tim=nha+may"})
    assert stage.fresh(filing).state == "submitted", "held back: it departs from the registers"
    said = {"n:": "", "n:II/3/1": "Xem lại ngày nghỉ", "o0": "I/1/3", "v0": "Đếm lại"}
    assert officer.post(f"{page}tra-lai/", said).status_code == 302
    returned = employer.get(f"{page}lap/").content.decode()
    assert "Xem lại ngày nghỉ" in returned
    assert "Đếm lại" in employer.get(page).content.decode()
    shown = inputs(returned)
    employer.post(f"{page}lap/", shown | {"c:II/3/1": "44", "r:II/3/1": "Tái khám 1 ngày"})
    submit = employer.get(f"{page}nop/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|version|seen)" value="([^"]*)"', submit))
    assert employer.post(f"{page}nop/", hidden).status_code == 422, "a correction needs a reason"
    assert employer.post(f"{page}nop/", hidden | {"reason": "Sửa theo yêu cầu"}).status_code == 302
    changed = employer.get(f"{page}lan/2/khac/").content.decode()
    assert "<del>45</del>" in changed
    assert "<ins>44</ins>" in changed
    for kind in ("html", "json", "xlsx"):
        assert employer.get(f"{page}lan/1/{kind}/").status_code == 200
    assert json.loads(employer.get(f"{page}lan/1/json/").content)["figures"]["II"]["3"]["1"] == "45"
    officer.post(f"{page}tiep-nhan/", {"version": stage.fresh(filing).version})
    officer.post(f"{page}khoa/")
    assert stage.fresh(filing).state == "locked"
    assert employer.post(f"{page}xin-sua/", {"reason": "Sai tổng", "version": stage.fresh(filing).version}).url == page
    assert "Sai tổng" in officer.get(page).content.decode()
    officer.post(f"{page}mo-khoa/", {"reason": "Cho sửa", "version": stage.fresh(filing).version})
    assert stage.fresh(filing).state == "accepted"


def test_a_receipt_is_verified_by_whoever_holds_it_and_says_nothing_of_people(land, sign_in):
    act = stage.employer(land)
    filing = stage.opened(land, act)
    made = stage.submit(filing, act)
    anyone = sign_in("anonymous")
    page = anyone.get(f"/nop-bao-cao/bien-nhan/{made.receipt_grouped}/")
    told = page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "nội dung đang lưu khớp mã băm" in told
    assert "Nhà máy Thử" in told
    assert made.by_name not in told
    assert anyone.get("/nop-bao-cao/bien-nhan/?ma=" + made.receipt.lower()).status_code == 302
    assert anyone.get("/nop-bao-cao/bien-nhan/?ma=KHONGCO").status_code == 404
    assert anyone.get(f"/nop-bao-cao/bien-nhan/{made.receipt}/tep/pdf/").content[:5] == b"%PDF-"
    verified = anyone.get(f"/xac-minh/{made.receipt}/")
    assert verified.status_code in (200, 302)


def test_cells_are_saved_one_by_one_and_a_clash_concerns_its_own_cell(land, sign_in):
    employer = sign_in("employer")
    act = scene.act(scene.person("dong.nghiep", "employer", firm=land.mill))
    filing = stage.opened(land, act)
    url = f"/nop-bao-cao/{filing.public_id}/luu/"

    def save(*edits):
        answer = employer.post(url, json.dumps({"edits": edits}), content_type="application/json")
        return answer.status_code, answer.json()

    stage.write(filing, act, **{"II/3/1": ("50", "của tôi")})
    status, told = save(
        {"key": "II/3/1", "was": None, "now": "60"}, {"key": "II/3/3", "was": None, "now": "2.500,5"},
        {"key": "Z/1/1", "was": None, "now": "1"}, {"key": "I/3/3", "was": None, "now": "7"},
    )  # fmt: skip
    assert status == 200
    assert told["written"] == ["II/3/3"]
    assert [(clash["mine"], clash["theirs"], clash["by"]) for clash in told["clashes"]] == [("60", "50", "dong.nghiep")]
    assert {problem["column"] for problem in told["refused"]} == {"Z/1/1", "I/3/3"}, "computed cells are not written"
    assert told["draft"]["entries"]["II/3/3"]["text"] == "2.500,5"
    assert told["draft"]["departures"]["II/3/1"]["register"] == "43"
    assert save({"key": "II/3/1", "was": "50", "now": "60"})[1]["written"] == ["II/3/1"]
    assert employer.post(url, "xx", content_type="application/json").status_code == 422
    assert sign_in("anonymous").post(url, "{}", content_type="application/json").status_code == 302
    # The colleague's own page, sent whole without a script, keeps both texts in sight.
    assert DraftEntry.objects.get(key="II/3/1").text == "60"


def test_nobody_sees_a_draft_but_its_writers(land, sign_in):
    filing = stage.opened(land)
    page = f"/nop-bao-cao/{filing.public_id}/"
    employer, officer, leader = (sign_in(role) for role in ("employer", "province_officer", "leader"))
    for path in ("lap/", "xem/", "nop/", "excel/"):
        assert employer.get(page + path).status_code == 200
        assert officer.get(page + path).status_code in (403, 404)
        assert leader.get(page + path).status_code == 403
    assert "Nhà máy Thử" not in officer.get("/nop-bao-cao/den/").content.decode()
    for path in ("tra-lai/", "mo-khoa/"):
        assert employer.get(page + path).status_code == 403
    assert sign_in("nobody").get(page).status_code == 403


def test_files_beside_a_report(land, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    employer, officer = sign_in("employer"), sign_in("province_officer")
    filing = stage.opened(land)
    page = f"/nop-bao-cao/{filing.public_id}/"
    pdf = b"%PDF-1.7 thu"
    for _click in range(2):
        employer.post(f"{page}tep/", {"file": SimpleUploadedFile("bien-ban.pdf", pdf)})
    held = filing.attachments.get()
    assert employer.get(f"{page}tep/{held.public_id}/").content == pdf
    assert officer.get(f"{page}tep/{held.public_id}/").status_code == 404, "not handed in yet"
    act = stage.employer(land)
    made = stage.submit(filing, act)
    assert made.content["files"][0]["name"] == "bien-ban.pdf"
    assert sign_in("leader").get(f"{page}tep/{held.public_id}/").status_code == 404, "files may speak of people"
    employer.post(f"{page}tep/{held.public_id}/bo/")
    assert officer.get(f"{page}tep/{held.public_id}/").content == pdf, "what was handed in stays"


def test_the_difference_of_a_correction_equals_one_found_otherwise(land):
    from atvsld.oversight.filing import differences, paper

    act = stage.employer(land)
    filing = stage.opened(land, act)
    stage.write(filing, act, **{"II/3/1": ("45", "a"), "II/3/6": ("1,5", "b")})
    first = stage.submit(filing, act)
    why = "c"
    stage.write(filing, act, **{
        "II/3/1": ("46", why), "II/3/3": ("2.400", why), "I/1.1.7/7": ("1", why), "I/1.2.1/7": ("1", why),
        "I/1/7": ("1", why), "I/1.3.81/7": ("1", why),
    })  # fmt: skip
    second = stage.submit(filing, act, reason="Sửa")
    compared = differences.between(paper.submitted(first), paper.submitted(second))
    found = {one.key: (one.before, one.after) for one in compared if one.figure}

    def flat(content):
        return {
            f"{table}/{row}/{column}": Decimal(value)
            for table, rows in content["figures"].items()
            for row, cells in rows.items()
            for column, value in cells.items()
            if value is not None
        }

    old, new = flat(first.content), flat(second.content)
    expected = {key for key in old.keys() | new.keys() if old.get(key, 0) != new.get(key, 0)}
    assert set(found) == expected
    assert found["II/3/1"] == ("45", "46")
    assert "I/3/7" in found, "sums that follow are told too"


def test_a_commune_finds_and_writes_its_own_report(land, sign_in):
    commune, officer = sign_in("commune_officer"), sign_in("province_officer")
    own = commune.get("/nop-bao-cao/").content.decode()
    assert "UBND xã Sông Thử" in own
    assert "ND39-XVI" in own
    key = re.search(r'name="reporter" value="([0-9A-Z]{26})"', own)[1]  # type: ignore[index]
    sent = {"kind": "body", "reporter": key, "report": "R2", "period": "2025"}
    page = commune.post("/nop-bao-cao/mo/", sent).url
    entry = commune.get(page)
    assert entry.status_code == 200
    offered = re.search(r'data-show="([^"]+)".*?<option value="([^"]+)" data-order', entry.content.decode(), re.DOTALL)
    assert offered is not None, "long lists leave out the rows that hold nothing"
    row = commune.get(page, {"bang": offered[1], "dong": offered[2]})
    assert row.content.startswith(b"<tr")
    assert commune.get(page, {"bang": offered[1], "dong": "khong-co"}).status_code == 404
    assert b"Th\xe1\xbb\xad" in commune.get(page.replace("lap/", "xem/")).content
    assert officer.get("/nop-bao-cao/").status_code == 403
    assert commune.get("/nop-bao-cao/den/").status_code == 200


def test_an_old_report_keeps_the_form_of_its_time_and_lists_go_out_as_files(land, sign_in):
    from datetime import date

    from atvsld.oversight.filing import actions, paper
    from atvsld.registers.bodies.models import Body, BodyFunction

    body = Body.objects.create(
        code="ubnd-ben-cu", name="UBND xã Bến Cũ", name_folded="ubnd xa ben cu", place=land.old,
        valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    BodyFunction.objects.create(
        body=body, function="commune", place=land.old, valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30)
    )
    act = scene.bound_act("commune_officer", {land.old.pk})
    old = actions.open_filing(act, report="R2", period="2024", body=body)
    new = actions.open_filing(
        scene.bound_act("commune_officer", {land.river.pk}), report="R2", period="2025",
        body=Body.objects.get(code="ubnd-song-thu"),
    )  # fmt: skip
    assert (str(old.form_valid_from), str(new.form_valid_from)) == ("2016-07-01", "2025-07-01")
    made = stage.submit(old, act)
    for kind in ("pdf", "docx", "xlsx", "html"):
        body_bytes, media = paper.as_file(stage.fresh(old), paper.submitted(made), kind, at=scene.NOW, submission=made)
        assert body_bytes
        assert media
    printed = paper.as_file(stage.fresh(old), paper.submitted(made), "html", at=scene.NOW, submission=made)[0].decode()
    assert "bản từ 01/07/2016" in printed
    assert made.receipt_grouped in printed
    officer = sign_in("province_officer")
    listed = b"".join(officer.get("/nop-bao-cao/den/?xuat=csv").streaming_content).decode()
    assert "UBND xã Bến Cũ" in listed
    assert len(listed.strip().splitlines()) == 2
    assert officer.get("/nop-bao-cao/den/?tim=ben+cu&period=2024&form=ND39-XVI").status_code == 200
