"""Commendations: what the registers say is asked twice, kept for good, and never takes silence for a yes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.casework.accidents import scene
from tests.registers.ledgers import stage as stages

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected


@pytest.fixture
def stage(db):
    return stages.build()


@pytest.fixture
def proposer(stage):
    return stages.person("y-te", "plan_officer", body=stage.health)


@pytest.fixture
def decider(stage):
    return stages.person("can-bo", "province_officer", body=stage.union, at=stage.land.province)


def _proposed(stage, proposer, **given):
    from atvsld.casework.merits import actions
    from atvsld.casework.merits.drafts import CommendationDraft
    from atvsld.registers.ledgers.reach import body_owner

    stated = {
        "subject_kind": "establishment", "about_establishment_id": stage.land.mill.pk, "form": "merit",
        "level": "province", "year": 2026, "achievement": "Ba năm không có tai nạn nặng",
    } | given  # fmt: skip
    act, key, draft = stages.act(proposer), new_ulid(), CommendationDraft(**stated)
    record = actions.propose(act, key=key, owner=body_owner(stage.health), draft=draft)
    assert actions.propose(act, key=key, owner=body_owner(stage.health), draft=draft) == record
    return actions.send(act, commendation=record, version=1)


def _fatal(stage, at, **given):
    victim = scene.victim_draft(severity="fatal", days_lost=None)
    return scene.opened(stage.land, victim, occurred_at=at, place_id=stage.land.old.pk, **given)


def _verdicts(record, moment):
    return {one.code: one.verdict for one in record.checks.filter(moment=moment)}


def test_what_cannot_be_told_is_never_met_and_a_fatal_accident_needs_a_reason_to_be_passed_over(
    stage, proposer, decider
):
    from atvsld.casework.merits import actions
    from atvsld.casework.merits.drafts import Decided

    record = _proposed(stage, proposer)
    assert actions.send(stages.act(proposer), commendation=record, version=1) == record
    before = _verdicts(record, "proposal")
    assert (before["no_open_violation"], before["no_fatal_accident"]) == ("unknown", "met")
    _fatal(stage, datetime(2024, 3, 1, tzinfo=UTC))
    decided = Decided(granted=True, number="12/QĐ-UBND", on=stages.TODAY)
    given = {"commendation": record, "version": record.version}
    with pytest.raises(Refused):
        actions.decide(stages.act(proposer), decided=decided, **given)
    with pytest.raises(Rejected) as refused:
        actions.decide(stages.act(decider), decided=decided, **given)
    assert [problem.column for problem in refused.value.problems] == ["despite"]
    with_reason = Decided(granted=True, number="12/QĐ-UBND", on=stages.TODAY, despite="Hội đồng thi đua đã xem xét")
    actions.decide(stages.act(decider), decided=with_reason, **given)
    assert record.despite
    assert actions.decide(stages.act(decider), decided=with_reason, **given).version == record.version
    fatal = record.checks.get(moment="decision", code="no_fatal_accident")
    assert (fatal.verdict, len(fatal.records)) == ("not_met", 1)
    # What was answered when it was proposed stays as it was.
    assert _verdicts(record, "proposal") == before
    with pytest.raises(Rejected, match="không chờ quyết định"):
        actions.decide(stages.act(decider), decided=with_reason, commendation=record, version=record.version)


@pytest.mark.parametrize(("state", "verdict"), [("occupational", "not_met"), ("pending", "unknown"),
                                                ("not_occupational", "met")])  # fmt: skip
def test_a_fatal_case_counts_once_found_occupational_within_three_years(stage, state, verdict):
    from atvsld.casework.merits.facade import Subject
    from atvsld.oversight.obligations.merit_check import no_fatal_accident

    _fatal(stage, datetime(2023, 11, 20, 1, tzinfo=UTC), conclusion=state)
    mill = Subject(establishment=stage.land.mill.pk)
    assert no_fatal_accident(mill, stages.TODAY, 3).verdict == verdict
    # A day later it lies outside the three years.
    assert no_fatal_accident(mill, date(2026, 11, 21), 3).verdict == "met"
    assert no_fatal_accident(Subject(body=1), stages.TODAY, 3).verdict == "unknown"


def test_reports_in_time_are_those_the_calendar_says_were_owed(stage):
    from atvsld.casework.merits.facade import Subject
    from atvsld.oversight.obligations.facade import punctuality
    from atvsld.oversight.obligations.merit_check import reports_in_time

    mill = stage.land.mill
    answer = reports_in_time(Subject(establishment=mill.pk), stages.TODAY, 3)
    known = punctuality("establishments", mill.pk, range(2023, 2027), today=stages.TODAY)
    owed = [one for one in known if one.verdict.owes]
    # Nothing was filed: each report known to be owed is missing; without one, it cannot be told.
    assert answer.verdict == ("not_met" if owed else "unknown")
    assert answer.records or not known


def test_a_draft_is_its_authors_affair_a_person_is_known_by_initials_and_counts_follow_the_decision(
    stage, proposer, decider, client
):
    from django.db import connection

    from atvsld.casework.merits import actions
    from atvsld.casework.merits.drafts import CommendationDraft, Decided
    from atvsld.casework.merits.queries import visible
    from atvsld.registers.ledgers.reach import body_owner
    from atvsld.registers.offices.grants import actor_for
    from atvsld.registers.proofs import Asked, find, measure_of

    person = {"subject_kind": "person", "about_establishment_id": None, "subject_name": "Nguyễn Văn Thử",
              "unit": "Nhà máy Thử"}  # fmt: skip
    draft = CommendationDraft(form="praise", level="unit", year=2026, achievement="Sáng kiến", **person)
    key = new_ulid()
    hidden = actions.propose(stages.act(proposer), key=key, owner=body_owner(stage.health), draft=draft)
    assert hidden not in visible(actor_for(decider, stages.TODAY))
    other = CommendationDraft(form="praise", level="unit", year=2025, achievement="Khác", **person)
    with pytest.raises(Conflict):
        actions.propose(stages.act(proposer), key=key, owner=body_owner(stage.health), draft=other)
    for given in (person, {}, {"subject_kind": "group", "subject_name": "Tổ cơ điện"}):
        record = _proposed(stage, proposer, **given)
        decided = Decided(granted=True, number="1/QĐ", on=stages.TODAY, despite="Đã xét")
        actions.decide(stages.act(decider), commendation=record, version=2, decided=decided)
    asked = Asked(date(2026, 11, 1), date(2026, 11, 30), bodies=frozenset({stage.health.pk}))
    source = measure_of("commendations")
    figures = {one.key: one for one in source.figures(asked)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE subject_kind <> 'person'), count(*) FILTER (WHERE subject_kind = 'person')"
            " FROM merits_commendation WHERE state = 'granted'"
        )
        assert (figures["groups"].value, figures["persons"].value) == cursor.fetchone() == (2, 1)
    (proof,) = source.records(asked, "persons")
    assert "Nguyễn" not in proof.label
    assert find("commendation", proof.key) == proof
    assert find("commendation", hidden.public_id) is None
    client.force_login(decider)
    behind = client.get(figures["persons"].url)
    assert [row.record.public_id for row in behind.context["table"].drawn_rows] == [proof.key]
    assert "Nguyễn" not in behind.content.decode()


def test_by_page_the_answers_are_seen_before_sending_and_deciding(stage, proposer, decider, client):
    from atvsld.casework.merits.models import Commendation

    client.force_login(proposer)
    form = client.get("/khen-thuong/moi/")
    stated = {
        "key": form.context["key"], "owner": f"body-{stage.health.pk}", "subject_kind": "establishment",
        "about_establishment_id": stage.land.mill.tax_code, "form": "merit", "level": "province", "year": "2026",
        "achievement": "Làm tốt",
    }  # fmt: skip
    missing = client.post("/khen-thuong/moi/", stated | {"about_establishment_id": ""})
    assert (missing.status_code, "about_establishment_id" in missing.context["form"].errors) == (422, True)
    page = client.post("/khen-thuong/moi/", stated)
    record = Commendation.objects.get()
    assert "Chưa kiểm tra được" in client.get(f"{page.url}gui/").content.decode()
    client.post(f"{page.url}gui/", {"version": "1"})
    client.force_login(decider)
    assert "Kiểm tra theo hồ sơ hôm nay" in client.get(f"{page.url}quyet-dinh/").content.decode()
    client.post(f"{page.url}quyet-dinh/", {"version": "2", "granted": "false", "outcome": "Chưa đủ thành tích"})
    record.refresh_from_db()
    assert (record.state, record.outcome) == ("declined", "Chưa đủ thành tích")
    assert client.get("/khen-thuong/mo-hinh/").status_code == client.get("/khen-thuong/").status_code == 200
