"""What a victim is owed: reckoned, decided, paid and filed, with the terms of Thông tư 28/2021."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Act, Channel, Conflict, Rejected

VN = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def act(land):
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions

    actor = system_actor("kiểm thử", all_permissions())
    return Act(actor=actor, channel=Channel.CLI, at=datetime(2026, 8, 20, 9, tzinfo=VN), reason="kiểm thử")


@pytest.fixture
def severe(land, act):
    """One severe victim at the mill on 4 May 2026."""
    return _case(land, act, "severe")


@pytest.fixture
def fatal(land, act):
    return _case(land, act, "fatal")


def _case(land, act, severity):
    from atvsld.casework.accidents.actions import open_case
    from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft

    case = open_case(
        act,
        key=new_ulid(),
        case=CaseDraft(
            occurred_at=datetime(2026, 5, 4, 9, 30, tzinfo=VN), place_id=land.river.pk, establishment_id=land.mill.pk
        ),
        victims=[VictimDraft(name="Nguyễn Văn Thử", severity=severity, labour_relation="contract")],
    )
    return case.victims.get()


def _facts(**given):
    from atvsld.casework.accidents.benefits.reckoning import Facts

    return Facts(**({"kind": "compensation", "on": date(2026, 5, 4)} | given))


def _reckoned(act, victim, **given):
    from atvsld.casework.accidents.benefits.actions import reckon_benefit

    return reckon_benefit(act, key=new_ulid(), victim=victim, facts=_facts(**given))


def test_compensation_follows_the_formula_of_article_38(act, severe):
    benefit = _reckoned(act, severe, impairment=31, salaries=(9_000_000, 11_000_000))
    # 1.5 months up to 10 %, 0.4 of a month for each further per cent, of the average of the months stated.
    assert benefit.reckoned == round((1.5 + (31 - 10) * 0.4) * 10_000_000)
    assert "Điều 38" in benefit.citation


def test_the_family_of_the_dead_is_owed_thirty_months(act, fatal):
    assert _reckoned(act, fatal, salaries=(10_000_000,)).reckoned == 300_000_000


def test_an_accident_by_own_fault_gives_an_allowance_and_says_why_not_compensation(act, severe):
    with pytest.raises(Rejected) as refused:
        _reckoned(act, severe, impairment=31, salaries=(10_000_000,), fault="own")
    assert refused.value.problems[0].code == "not_entitled"
    allowance = _reckoned(act, severe, kind="allowance", impairment=31, salaries=(10_000_000,), fault="own")
    assert allowance.reckoned == round((1.5 + 21 * 0.4) * 0.4 * 10_000_000)


def test_the_fund_pays_no_death_benefit_for_the_living(act, severe):
    with pytest.raises(Rejected, match="không ghi người này đã chết"):
        _reckoned(act, severe, kind="death")


def test_sent_twice_it_is_recorded_once(act, severe):
    from atvsld.casework.accidents.benefits.actions import reckon_benefit
    from atvsld.casework.accidents.benefits.models import Benefit

    key, facts = new_ulid(), _facts(impairment=20, salaries=(8_000_000,))
    first = reckon_benefit(act, key=key, victim=severe, facts=facts)
    assert reckon_benefit(act, key=key, victim=severe, facts=facts) == first
    with pytest.raises(Rejected, match="đã được tính"):
        reckon_benefit(act, key=new_ulid(), victim=severe, facts=facts)
    assert Benefit.objects.count() == 1


def test_pay_and_health_are_sealed_and_reading_them_is_recorded(act, severe):
    from django.db import connection

    from atvsld.casework.accidents.benefits.actions import read_reckoning
    from atvsld.platform.history.models import SensitiveReading

    benefit = _reckoned(act, severe, impairment=37, salaries=(7_654_321,))
    with connection.cursor() as cursor:
        for table in ("accident_benefits_benefit", "accident_benefits_benefitevent"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            stored = cursor.fetchone()[0]
            assert "7654321" not in stored
            assert "37 %" not in stored
    kept = read_reckoning(act, benefit=benefit)
    assert kept["facts"]["salaries"] == [7_654_321]
    reading = SensitiveReading.objects.get(record_id=benefit.public_id)
    assert (reading.purpose, "impairment" in reading.fields) == ("kiểm thử", True)


def test_a_decision_below_the_law_needs_a_reason_and_keeps_it(act, severe):
    from atvsld.casework.accidents.benefits.actions import decide_benefit

    benefit = _reckoned(act, severe, impairment=31, salaries=(10_000_000,))
    given = {"benefit": benefit, "decided_on": date(2026, 8, 10), "number": "12/QĐ"}
    with pytest.raises(Rejected, match="thấp hơn mức theo luật"):
        decide_benefit(act, version=1, amount=90_000_000, **given)
    decided = decide_benefit(act, version=1, amount=90_000_000, lower_reason="Đã ứng trước", **given)
    assert (decided.lower_reason, decided.state) == ("Đã ứng trước", "decided")
    with pytest.raises(Conflict):
        decide_benefit(act, version=1, amount=99_000_000, **given)


def test_payments_add_up_once_and_never_beyond_the_decision(act, severe):
    from atvsld.casework.accidents.benefits.actions import decide_benefit, pay_benefit, withdraw_payment

    benefit = _reckoned(act, severe, impairment=31, salaries=(10_000_000,))
    decide_benefit(act, benefit=benefit, version=1, amount=99_000_000, decided_on=date(2026, 8, 10), number="12/QĐ")
    key = new_ulid()
    first = pay_benefit(act, key=key, benefit=benefit, version=2, amount=50_000_000, paid_on=date(2026, 8, 12))
    assert pay_benefit(act, key=key, benefit=benefit, version=2, amount=50_000_000, paid_on=date(2026, 8, 12)) == first
    assert (benefit.paid, benefit.owed) == (50_000_000, 49_000_000)
    with pytest.raises(Rejected, match="Chỉ còn phải chi"):
        pay_benefit(act, key=new_ulid(), benefit=benefit, version=3, amount=60_000_000, paid_on=date(2026, 8, 12))
    with pytest.raises(Conflict):
        pay_benefit(act, key=new_ulid(), benefit=benefit, version=2, amount=49_000_000, paid_on=date(2026, 8, 12))
    pay_benefit(act, key=new_ulid(), benefit=benefit, version=3, amount=49_000_000, paid_on=date(2026, 8, 14))
    assert benefit.state == "paid"
    withdraw_payment(act, payment=first, version=4)
    benefit.refresh_from_db()
    assert (benefit.paid, benefit.state) == (49_000_000, "decided")


def test_each_step_owes_the_next_within_its_term(act, severe):
    from atvsld.casework.accidents.benefits.actions import decide_benefit, file_benefit, pay_benefit
    from atvsld.registers.duties.facade import of_subject

    def held():
        return {
            duty.rule: (duty.state, duty.answer["last_ok"][:10], duty.late)
            for duty in of_subject("accidents", severe.case.public_id)
            if duty.rule.startswith("COMP_")
        }

    # Monday 3 August 2026: five working days end on Monday 10 August.
    benefit = _reckoned(act, severe, impairment=31, salaries=(10_000_000,), assessed_on=date(2026, 8, 3))
    assert held() == {"COMP_DECISION": ("open", "2026-08-10", None)}
    decide_benefit(act, benefit=benefit, version=1, amount=99_000_000, decided_on=date(2026, 8, 11), number="12/QĐ")
    found = held()
    assert found["COMP_DECISION"] == ("done", "2026-08-10", True)
    # Five calendar days end on Sunday 16 August, so on Monday; ten on Friday 21 August.
    assert found["COMP_PAY"] == ("open", "2026-08-17", None)
    assert found["COMP_FILE_SO"] == ("open", "2026-08-21", None)
    pay_benefit(act, key=new_ulid(), benefit=benefit, version=2, amount=99_000_000, paid_on=date(2026, 8, 17))
    file_benefit(act, benefit=benefit, version=3, filed_on=date(2026, 8, 18))
    found = held()
    assert [found[rule][0::2] for rule in ("COMP_PAY", "COMP_FILE_SO")] == [("done", False), ("done", False)]


def test_another_employer_and_a_commune_know_nothing_of_it(land, act, severe, client):
    from tests.casework.accidents import scene

    benefit = _reckoned(act, severe, impairment=31, salaries=(10_000_000,))
    url = f"/tai-nan/{severe.case.public_id}/che-do/{benefit.public_id}/"
    for username, role, reach in (
        ("mo.da", "employer", {"firm": land.quarry}),
        ("can.bo.xa", "commune_officer", {"at": land.river}),
        ("lanh.dao", "leader", {"at": land.province}),
    ):
        client.force_login(scene.person(username, role, **reach))
        assert client.get(url).status_code in {403, 404}
    client.force_login(scene.person("nha.may", "employer", firm=land.mill))
    page = client.get(url).content.decode()
    assert "99.000.000" in page
    assert "10.000.000" not in page


def test_the_page_reckons_decides_and_pays(land, severe, client, officer):
    from atvsld.casework.accidents.benefits.models import Benefit

    client.force_login(officer)
    start = f"/tai-nan/{severe.case.public_id}/che-do/them/{severe.public_id}/"
    stated = {
        "key": new_ulid(), "kind": "compensation", "on": "04/05/2026", "impairment": "31",
        "salaries": "9.000.000\n11.000.000",
    }  # fmt: skip
    missing = client.post(start, stated | {"salaries": ""})
    assert missing.status_code == 422
    for _ in range(2):
        answer = client.post(start, stated)
        assert answer.status_code == 302
    benefit = Benefit.objects.get()
    assert benefit.reckoned == 99_000_000
    shown = client.post(f"{answer.url}cach-tinh/", {"purpose": "Kiểm tra hồ sơ"}).content.decode()
    assert "1,5 + (31 − 10) × 0,4" in shown or "31" in shown
    assert client.get(f"/tai-nan/{severe.case.public_id}/").content.decode().count("99.000.000") >= 1
    assert "99.000.000" in client.get("/tai-nan/che-do/").content.decode()


def test_the_calculator_records_nothing(client, officer):
    from atvsld.casework.accidents.benefits.models import Benefit

    client.force_login(officer)
    page = client.post(
        "/tai-nan/che-do/tinh/",
        {"kind": "one_time", "on": "15/07/2026", "impairment": "20", "insured_salary": "8.000.000", "years": "10"},
    )
    assert page.status_code == 200
    assert "Điều 48" in page.content.decode()
    assert not Benefit.objects.exists()


def test_other_systems_ask_the_same_reckoning(client, officer, severe):
    client.force_login(officer)
    query = {"date": "2026-05-04", "impairment": 31, "salary": 10_000_000}
    found = client.get("/api/v1/entitlements/compensation", query).json()
    assert found["amount"] == 99_000_000
    assert {"months", "base_salary", "formula", "citations", "status", "explanation"} <= set(found)
    url = f"/api/v1/accidents/{severe.case.public_id}/victims/{severe.public_id}/benefits"
    body = {"kind": "compensation", "on": "2026-05-04", "impairment": 31, "salaries": [10_000_000]}
    answers = [
        client.post(url, body, content_type="application/json", headers={"Idempotency-Key": "gui-lai-cung-khoa"}).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["reckoned"] == 99_000_000
    listed = client.get(f"/api/v1/accidents/{severe.case.public_id}/benefits").json()
    assert [one["id"] for one in listed] == [answers[0]["id"]]
