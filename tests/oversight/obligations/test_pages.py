"""Pages, command line and interface: who sees what, and that numbers, lists and letters hang together."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.casework.accidents import scene
from tests.oversight.obligations import crowd as people

from atvsld.kit.periods import Period
from atvsld.law.reporting_duties_reading import load_reporting_calendar

NOW = datetime(2026, 7, 20, 2, tzinfo=UTC)
R1 = ["R1", "2026-H1"]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    from atvsld.platform.acts import clock

    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def signed_in(client, crowd):
    def sign(role, **where):
        user = scene.person(f"nguoi-{role}", role, **where)
        client.force_login(user)
        return client

    return sign


def term():
    return load_reporting_calendar().term("R1", Period.parse("2026-H1"))


def owing(crowd):
    return [firm for firm in crowd.firms if people.owes("R1", "2026-H1", firm, crowd, term().as_of) is True]


def test_an_employer_comes_to_its_own_page_and_to_nobody_elses(signed_in, crowd):
    mine, other = owing(crowd)[:2]
    client = signed_in("employer", firm=mine)
    answer = client.get(reverse("obligations:mine"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("obligations:establishment", args=[mine.public_id])
    page = answer.content.decode()
    assert "Điều 24 khoản 1 Nghị định 39/2016/NĐ-CP" in page
    assert "Không phải nộp, và vì sao" in page
    assert client.get(reverse("obligations:establishment", args=[other.public_id])).status_code == 404
    assert client.get(reverse("obligations:body", args=[crowd.lead.public_id])).status_code == 404
    for page_name in ("begin", "batches"):
        address = reverse(f"obligations:{page_name}", args=R1 if page_name == "begin" else [])
        assert client.get(address).status_code == 403
    listed = client.get(reverse("obligations:units", args=R1), {"ds": "obliged"})
    assert listed.context["paginator"].count == 1


def test_a_commune_sees_its_area_and_the_province_everything(signed_in, crowd, client):
    here = crowd.communes[0]
    near = [firm for firm in owing(crowd) if firm.place_id == here.pk]
    commune = signed_in("commune_officer", at=here)
    assert commune.get(reverse("obligations:units", args=R1), {"ds": "silent"}).context["paginator"].count == len(near)
    far = next(firm for firm in owing(crowd) if firm.place_id != here.pk)
    assert commune.get(reverse("obligations:establishment", args=[far.public_id])).status_code == 404
    province = signed_in("province_officer", at=crowd.top)
    page = province.get(reverse("obligations:board"), {"ky": "2026-H1"})
    line = next(line for line in page.context["lines"] if line["term"].duty.id == "R1")
    assert line["numbers"][0]["value"] == len(owing(crowd))


def test_a_provider_from_elsewhere_is_seen_by_those_who_see_the_whole_province(signed_in, crowd):
    people.provider("tu xa", ("training", date(2022, 1, 1), None))
    address = reverse("obligations:units", args=["TRAINING_PROVIDER", "2026"])
    assert signed_in("province_officer", at=crowd.top).get(address).context["paginator"].count == 1
    assert signed_in("commune_officer", at=crowd.communes[0]).get(address).context["paginator"].count == 0


def test_every_number_of_a_report_opens_a_list_of_so_many_units(signed_in, crowd):
    people.file_some(crowd, "R1", "2026-H1", term().last_ok)
    client = signed_in("province_officer", at=crowd.top)
    for by in ("commune", "sector", "size", "body"):
        page = client.get(reverse("obligations:report", args=R1), {"theo": by})
        assert page.status_code == 200
        numbers = [one for line in page.context["lines"] for one in line["numbers"] if one["url"]]
        assert numbers
        for one in [*numbers[::3], *page.context["total"][:2]]:
            listed = client.get(one["url"])
            assert listed.context["paginator"].count == one["value"], one["url"]
    sheet = client.get(
        reverse("obligations:units", args=R1), {"ds": "late", "xuat": "csv", "cot": ["name", "why", "days_late"]}
    )
    rows = b"".join(sheet.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 1 + page.context["whole"].late
    assert "lao động" in rows[1]


def test_a_question_is_answered_once_and_decides(signed_in, crowd):
    from atvsld.oversight.obligations.expected import of_reporter
    from atvsld.oversight.obligations.models import StatedFact

    firm = owing(crowd)[0]
    StatedFact.objects.all().delete()
    client = signed_in("employer", firm=firm)
    address = reverse("obligations:state", args=["establishment", firm.public_id, "explosives"])
    given = {"value": "1", "valid_from": "01/01/2026", "source": "Giấy phép"}
    assert client.post(address, given | {"source": " "}).status_code == 422
    for _click in range(2):
        assert client.post(address, given).status_code == 302
    assert StatedFact.objects.count() == 1

    def owed():
        return next(
            one.verdict.owes
            for one in of_reporter("establishments", firm.pk, 2026, today=NOW.date())
            if (one.term.duty.id, one.term.period.code) == ("EXPLOSIVES_EMPLOYER", "2026-H1")
        )

    assert owed() is True
    # Later it stopped; what was so before stays so. An earlier day than the last statement is refused.
    assert client.post(address, given | {"value": "0", "valid_from": "01/07/2026"}).status_code == 302
    assert owed() is True
    assert client.post(address, given | {"valid_from": "01/01/2025"}).status_code == 422
    assert [one.valid_to for one in StatedFact.objects.order_by("valid_from")] == [date(2026, 6, 30), None]
    wrong = reverse("obligations:state", args=["establishment", firm.public_id, "workers"])
    assert client.get(wrong).status_code == 404


def test_letters_from_a_filtered_list_to_the_files(signed_in, crowd):
    from atvsld.oversight.obligations import actions
    from atvsld.oversight.obligations.models import ReminderBatch

    client = signed_in("province_officer", at=crowd.top)
    report = client.get(reverse("obligations:report", args=R1), {"theo": "size"})
    line = next(line for line in report.context["lines"] if line["group"].counts.silent)
    address = reverse("obligations:begin", args=R1) + f"?theo=size&nhom={line['group'].code}&ds=silent"
    form = client.get(address)
    assert form.context["count"] == line["group"].counts.silent
    key = re.search(r'name="key" value="(\w+)"', form.content.decode())[1]
    given = {"key": key, "body": form.context["form"].initial["body"], "signer_title": "Giám đốc", "emails": "on"}
    assert client.post(address, given).status_code == 422
    given["signer_name"] = "Nguyễn Văn Ký"
    for _click in range(2):
        assert client.post(address, given).status_code == 302
    batch = ReminderBatch.objects.get()
    page = reverse("obligations:batch", args=[batch.public_id])
    assert "tien-do" in client.get(page).content.decode()
    assert client.post(reverse("obligations:go_on", args=[batch.public_id])).status_code == 302
    actions.write(batch.pk, at=NOW)
    assert client.get(page).context["written"] == line["group"].counts.silent
    for form_name, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        got = client.get(reverse("obligations:file", args=[batch.public_id, form_name]))
        assert got.content.startswith(begins)
    assert client.get(reverse("obligations:file", args=[batch.public_id, "exe"])).status_code == 404
    assert client.get(reverse("obligations:batches")).status_code == 200
    reminded = batch.letters.first()
    own = client.get(reverse("obligations:establishment", args=[reminded.establishment.public_id])).content.decode()
    assert f"Công văn đôn đốc lần 1 số {reminded}" in own


def test_the_calendar_shows_every_row_of_the_law_with_its_certainty(signed_in, crowd):
    page = signed_in("leader", at=crowd.top).get(reverse("obligations:calendar"), {"nam": "2026"})
    shown = {(line["term"].duty.id, line["term"].period.code) for line in page.context["lines"]}
    assert shown == {(term.duty.id, term.period.code) for term in load_reporting_calendar().terms(2026)}
    text = page.content.decode()
    assert "Tạm dùng, chưa được xác nhận" in text
    assert "05/01/2026" in text
    assert "15/01/2026" in text


def test_the_certificate_says_what_is_known_and_what_is_not(signed_in, crowd):
    from atvsld.kit.ids import new_ulid
    from atvsld.oversight.obligations.certificate import material_of
    from atvsld.platform.papers import facade as papers

    firm = owing(crowd)[0]
    people.WorkforceYear.objects.filter(establishment=firm).delete()
    people.WorkforceYear.objects.create(establishment=firm, year=2022, workers=5, source="thử")
    today = NOW.date()
    assert material_of(firm, today=today).on_time is None, "nothing was ever received here: nothing can be said"
    calendar = load_reporting_calendar()
    for report, periods in (
        ("R1", ("2023-H1", "2023", "2024-H1", "2024", "2025-H1", "2025")),
        ("R8", ("2023", "2024", "2025")),
    ):
        for period in periods:
            last = calendar.term(report, Period.parse(period)).last_ok
            people.file(report, period, at=datetime(last.year, last.month, last.day, 3, tzinfo=UTC), last_ok=last,
                        establishment=firm)  # fmt: skip
    material = material_of(firm, today=today)
    assert (material.on_time, len(material.judged)) == (True, 9)
    people.Filing.objects.filter(establishment=firm, report="R8", period="2024").update(state="returned")
    assert material_of(firm, today=today).on_time is False
    client = signed_in("province_officer", at=crowd.top)
    page = client.get(reverse("obligations:punctuality", args=[firm.public_id]))
    assert "1 trong 9 báo cáo" in page.content.decode()
    act = replace(scene.act(), at=NOW)
    paper = papers.draft(act, key=new_ulid(), kind="report-punctuality", subject=firm.public_id)
    head = papers.Head(paper.issuer_name, signer_title="Giám đốc", signer_name="Nguyễn Văn Ký", symbol=paper.symbol)
    paper = papers.edit(act, paper=paper, version=paper.version, fields={}, head=head)
    issued = papers.issue(act, paper=paper, version=paper.version, on=today)
    assert issued.provisional
    assert issued.full_number.startswith("01/GXN")
    said = json.dumps(json.loads(_data(issued)), ensure_ascii=False)
    assert "1 trong 9 báo cáo" in said
    assert "không cho biết" in said


def _data(paper):
    from atvsld.platform.files import facade as files

    return files.open_bytes(paper.files.get(role="data").file)


def test_command_line_and_interface_give_the_same_answers(signed_in, crowd):
    from click.testing import CliRunner

    from atvsld.project.cli.duties import command

    firm = owing(crowd)[0]
    asked = ["--establishment", firm.tax_code, "--year", "2026", "--json", "--at", "2026-07-20T09:00"]
    ran = CliRunner().invoke(command, asked, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.output)
    r1 = next(one for one in told if (one["report"], one["period"]) == ("R1", "2026-H1"))
    assert (r1["due_before"], r1["last_ok"], r1["recipient"], r1["bound"], r1["state"]) == (
        "2026-07-05", "2026-07-04", "labour_department", "before", "silent",
    )  # fmt: skip
    assert r1["why"]
    assert r1["citation"] == "ND-39-2016 Điều 24 khoản 1"
    assert r1["status"] == "official"
    assert [one["last_ok"] for one in told if one["last_ok"]] == sorted(
        one["last_ok"] for one in told if one["last_ok"]
    )
    client = signed_in("province_officer", at=crowd.top)
    answer = client.get("/api/v1/reporting-duties", {"establishment": firm.tax_code, "year": 2026})
    assert answer.status_code == 200, answer.content
    assert answer.json() == told
    rate = client.get("/api/v1/reporting-rate", {"report": "R1", "period": "2026-H1", "by": "size"}).json()
    assert rate["silent"] == len(owing(crowd)) == sum(one["silent"] for one in rate["groups"].values())
    calendar = client.get("/api/v1/reporting-calendar", {"year": 2026}).json()
    assert len(calendar) == len(load_reporting_calendar().terms(2026))
    assert client.get("/api/v1/reporting-duties", {"year": 2026}).status_code == 422
    assert client.get("/api/v1/reporting-rate", {"report": "NO", "period": "2026"}).status_code == 422
    missing = CliRunner().invoke(command, ["--establishment", "0000000000"])
    assert missing.exit_code != 0
