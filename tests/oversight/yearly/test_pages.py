"""The desk, a report with its red sentences, a passport, writing, sending: as its users walk through it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.oversight.workplans import scene
from tests.oversight.yearly import stage

from atvsld.oversight.yearly.models import SentenceFigure, YearReport


@pytest.fixture
def at(client, monkeypatch):
    """Pages of one person at the moment of the stage."""
    monkeypatch.setattr("atvsld.platform.acts.clock.now", lambda: stage.JANUARY)

    def be(user):
        client.force_login(user)
        return client

    return be


def page(client, name, *args, **query):
    answer = client.get(reverse(f"yearly:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_from_the_desk_to_the_hand_in_and_back(land, at):
    stage.tasks(land)
    client = at(land.planner)
    desk = page(client, "list", year=2025)
    assert "Soạn từ hồ sơ" in desk
    posted = {"year": 2025, "kind": "body", "owner": land.health.public_id}
    answer = client.post(reverse("yearly:begin"), posted)
    report = YearReport.objects.get()
    assert answer.url == reverse("yearly:report", args=[report.public_id])
    assert client.post(reverse("yearly:begin"), posted).url == answer.url
    shown = page(client, "report", report.public_id)
    assert shown.count("report-sentence unproven") == 1
    assert "Chưa có bằng chứng" in shown
    assert "Mọi số liệu còn đúng" in page(client, "moved", report.public_id)
    figure = SentenceFigure.objects.filter(sentence__report=report, key="done").first()
    passport = page(client, "figure", figure.public_id)
    assert "Tập huấn y tế cơ sở 02 lớp" in passport
    sentence = report.sentences.get(key="I:counts")
    assert "data-put" in page(client, "sentence", sentence.public_id, q="nhiệm vụ")
    typed = {"version": sentence.version, "text": f"{sentence.text} Thêm 12 lớp"}
    assert client.post(reverse("yearly:write", args=[sentence.public_id]), typed).status_code == 302
    # Somebody was quicker: what was typed is kept.
    answer = client.post(reverse("yearly:write", args=[sentence.public_id]), typed | {"text": "Lời thứ hai"})
    assert (answer.status_code, "Lời thứ hai" in answer.content.decode()) == (422, True)
    report.refresh_from_db()
    letter = {"version": report.version, "on": "03/01/2026", "title": "GIÁM ĐỐC", "name": "Nguyễn Văn Ký", "number": ""}
    refused = client.post(reverse("yearly:send", args=[report.public_id]), letter)
    assert (refused.status_code, "“12”" in refused.content.decode()) == (422, True)
    sentence.refresh_from_db()
    client.post(
        reverse("yearly:write", args=[sentence.public_id]), {"version": sentence.version, "text": sentence.drafted}
    )
    report.refresh_from_db()
    for kind in ("docx", "pdf", "xlsx"):
        assert client.get(reverse("yearly:file", args=[report.public_id, kind])).status_code == 200
    assert (
        client.post(reverse("yearly:send", args=[report.public_id]), letter | {"version": report.version}).status_code
        == 302
    )
    report.refresh_from_db()
    assert (report.state, report.number) == ("sent", "01/BC-SYT")
    assert "01/BC-SYT" in page(client, "report", report.public_id)
    client = at(land.officer)
    assert "UBND xã Sông Thử" in page(client, "list", year=2025)
    answer = client.post(reverse("yearly:accept", args=[report.public_id]), {"version": report.version})
    assert answer.status_code == 302
    board = client.get(reverse("obligations:units", args=["R12", "2025"]), {"ds": "in"}).content.decode()
    assert "Sở Y tế tỉnh Thử" in board
    mine = client.get(reverse("obligations:body", args=[land.health.public_id]), {"nam": 2026}).content.decode()
    assert reverse("yearly:report", args=[report.public_id]) in mine
    # On request: some clauses, any span; nobody else writes it, and a draft is nobody else's to see.
    wanted = {
        "key": "01J00000000000000000000000", "body": land.lead.public_id, "title": "Về y tế lao động",
        "start": "01/01/2025", "end": "31/12/2025", "clauses": ["III.4."],
    }  # fmt: skip
    assert "Đơn vị lập" in page(at(land.officer), "on_request")
    assert client.post(reverse("yearly:on_request"), wanted).status_code == 302
    made = YearReport.objects.get(kind="on_request")
    assert (made.clauses, made.end) == (["III.4"], date(2025, 12, 31))
    assert at(land.planner).get(reverse("yearly:report", args=[made.public_id])).status_code == 404
    assert at(land.village).get(reverse("yearly:report", args=[report.public_id])).status_code == 404
    assert made.programme == scene.PROGRAMME
