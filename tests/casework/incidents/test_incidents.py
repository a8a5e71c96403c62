"""Technical incidents: who must be told, who says how serious, and when a file may close."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Act, Channel, Conflict, Rejected

VN = ZoneInfo("Asia/Ho_Chi_Minh")
HAPPENED = datetime(2026, 8, 3, 9, tzinfo=VN)


@pytest.fixture
def land(db):
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def act(land):
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions

    actor = system_actor("kiểm thử", all_permissions())
    return Act(actor=actor, channel=Channel.CLI, at=datetime(2026, 8, 20, 9, tzinfo=VN), reason="kiểm thử")


def _draft(land, **given):
    from atvsld.casework.incidents.drafts import IncidentDraft

    stated = {
        "occurred_at": HAPPENED, "known_at": HAPPENED + timedelta(minutes=10), "place_id": land.river.pk,
        "establishment_id": land.mill.pk, "object_kind": "equipment", "object_name": "Nồi hơi 2 tấn/giờ",
        "description": "Nổ ống sinh hơi",
    }  # fmt: skip
    return IncidentDraft(**(stated | given))


def _reported(act, land, **given):
    from atvsld.casework.incidents.actions import report_incident

    return report_incident(act, key=new_ulid(), draft=_draft(land, **given))


def _open_rules(incident):
    from atvsld.registers.duties.facade import of_subject

    return {duty.rule for duty in of_subject("incidents", incident.public_id) if duty.state == "open"}


def test_an_incident_without_casualties_calls_for_no_notice_until_judged(act, land):
    assert _open_rules(_reported(act, land)) == set()


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({"outsiders_dead": 1}, {"INC_STATE", "INC_POLICE"}),
        ({"outsiders_severe": 1}, set()),
        ({"outsiders_severe": 2}, {"INC_STATE"}),
        ({"casualties_unclear": True}, {"INC_STATE"}),
        ({"sector_law": "construction"}, {"INC_CONSTRUCTION"}),
        ({"sector_law": "construction", "outsiders_severe": 2}, {"INC_STATE"}),
    ],
)
def test_casualties_decide_who_must_be_told(act, land, given, rules):
    assert _open_rules(_reported(act, land, **given)) == rules


def test_a_correction_lets_go_of_what_binds_no_more(act, land):
    from atvsld.casework.incidents.actions import change_incident

    incident = _reported(act, land, outsiders_dead=1)
    change_incident(act, incident=incident, version=1, draft=_draft(land, outsiders_severe=2))
    assert _open_rules(incident) == {"INC_STATE"}


def test_serious_is_a_persons_judgement_with_its_reason(act, land):
    from atvsld.casework.incidents.actions import judge_incident

    incident = _reported(act, land, many_places=True)
    with pytest.raises(Rejected, match="căn cứ"):
        judge_incident(act, incident=incident, version=1, serious=True, reason=" ")
    judge_incident(act, incident=incident, version=1, serious=True, reason="Lan sang hai cơ sở lân cận")
    assert _open_rules(incident) == {"INC_SERIOUS", "INC_MULTI", "INC_QUICK"}
    with pytest.raises(Conflict):
        judge_incident(act, incident=incident, version=1, serious=False, reason="Nhầm")
    judge_incident(act, incident=incident, version=2, serious=False, reason="Đã khống chế tại chỗ")
    assert _open_rules(incident) == set()


def test_without_an_establishment_the_commune_reports(act, land):
    from atvsld.casework.incidents.actions import judge_incident

    incident = _reported(act, land, establishment_id=None, received_at=HAPPENED + timedelta(hours=1))
    judge_incident(act, incident=incident, version=1, serious=True, reason="Vượt khả năng ứng phó của xã")
    assert _open_rules(incident) == {"INC_SERIOUS_COMMUNE", "INC_QUICK"}


def test_a_file_closes_only_when_judged_and_every_notice_given(act, land):
    from atvsld.casework.incidents.actions import close_incident, judge_incident, note_notice, reopen_incident

    incident = _reported(act, land, casualties_unclear=True)
    given = {"incident": incident, "result": "Đã sửa chữa, kiểm định lại", "closed_on": date(2026, 8, 19)}
    with pytest.raises(Rejected) as refused:
        close_incident(act, version=1, **given)
    assert {problem.code for problem in refused.value.problems} == {"not_judged", "duty_open"}
    judge_incident(act, incident=incident, version=1, serious=False, reason="Chỉ hỏng một ống")
    note_notice(act, incident=incident, rule="INC_STATE", at=HAPPENED + timedelta(hours=2))
    close_incident(act, version=2, **given)
    assert (incident.state, _open_rules(incident)) == ("closed", set())
    reopen_incident(act, incident=incident, version=3)
    assert (incident.state, incident.closed_on) == ("open", None)


def test_sent_twice_it_is_one_incident_and_other_content_is_a_conflict(act, land):
    from atvsld.casework.incidents.actions import report_incident
    from atvsld.casework.incidents.models import TechnicalIncident

    key = new_ulid()
    first = report_incident(act, key=key, draft=_draft(land))
    assert report_incident(act, key=key, draft=_draft(land)) == first
    with pytest.raises(Conflict):
        report_incident(act, key=key, draft=_draft(land, damage=5))
    assert TechnicalIncident.objects.count() == 1


def test_bad_input_is_told_with_column_and_remedy(act, land):
    with pytest.raises(Rejected) as refused:
        _reported(
            act, land, occurred_at=act.at + timedelta(days=1), known_at=None, place_id=land.province.pk,
            object_name=" ", description="", damage=-1,
        )  # fmt: skip
    found = {problem.column for problem in refused.value.problems}
    assert found == {"occurred_at", "place_id", "object_name", "description", "damage"}
    assert all(problem.remedy for problem in refused.value.problems)


def test_an_officer_records_judges_and_finds_it_by_page(land, client):
    from tests.casework.accidents import scene

    from atvsld.casework.incidents.models import TechnicalIncident

    client.force_login(scene.person("can.bo.tinh", "province_officer", at=land.province))
    stated = {
        "key": new_ulid(), "occurred_at": "03/08/2026 09:00", "place_id": land.river.pk,
        "establishment_id": land.mill.tax_code, "object_kind": "equipment", "object_name": "Nồi hơi",
        "description": "Nổ ống", "sector_law": "none", "outsiders_dead": "1", "outsiders_severe": "0",
    }  # fmt: skip
    for _ in range(2):
        answer = client.post("/su-co/moi/", stated)
        assert answer.status_code == 302, answer.context["form"].errors
    incident = TechnicalIncident.objects.get()
    page = client.get(answer.url).content.decode()
    assert "Điều 26 khoản 1" in page
    assert "Nồi hơi" in client.get("/su-co/", {"tim": "noi hoi"}).content.decode()
    judged = client.post(
        f"/su-co/{incident.public_id}/muc-do/", {"serious": "false", "reason": "Khống chế tại chỗ", "version": "1"}
    )
    assert judged.status_code == 302
    stale = client.post(f"/su-co/{incident.public_id}/muc-do/", {"serious": "true", "reason": "Khác", "version": "1"})
    assert stale.status_code == 422
    assert "vừa được người khác sửa" in stale.content.decode()


def test_another_employer_knows_nothing_of_it_and_judges_nothing(act, land, client):
    from tests.casework.accidents import scene

    incident = _reported(act, land)
    client.force_login(scene.person("mo.da", "employer", firm=land.quarry))
    assert client.get(f"/su-co/{incident.public_id}/").status_code == 404
    client.force_login(scene.person("nha.may", "employer", firm=land.mill))
    assert client.get(f"/su-co/{incident.public_id}/").status_code == 200
    assert client.get(f"/su-co/{incident.public_id}/muc-do/").status_code == 403


def test_other_systems_report_once(act, land, client):
    from tests.casework.accidents import scene

    client.force_login(scene.person("can.bo.tinh", "province_officer", at=land.province))
    body = {
        "occurred_at": "2026-08-03T09:00:00+07:00", "place_code": land.river.code,
        "establishment_tax_code": land.mill.tax_code, "object_kind": "equipment", "object_name": "Nồi hơi",
        "description": "Nổ ống",
    }  # fmt: skip
    answers = [
        client.post(
            "/api/v1/incidents", body, content_type="application/json", headers={"Idempotency-Key": "su-co-1-gui-lai"}
        ).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert [one["id"] for one in client.get("/api/v1/incidents").json()["items"]] == [answers[0]["id"]]
    unknown = client.post("/api/v1/incidents", body | {"place_code": "00000"}, content_type="application/json")
    assert unknown.status_code == 422
