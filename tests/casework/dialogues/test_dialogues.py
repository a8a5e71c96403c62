"""Dialogues and supervision: what counts as a dialogue, recommendations answered, the council's year."""

from __future__ import annotations

from datetime import date

import pytest
from tests.registers.ledgers import stage as stages

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Refused, Rejected


@pytest.fixture
def stage(db):
    return stages.build()


@pytest.fixture
def user(stage):
    return stages.person("cong-doan", "plan_officer", body=stage.union)


def _dialogue(user, stage, **given):
    from atvsld.casework.dialogues.ledgers import DIALOGUES
    from atvsld.registers.ledgers.actions import enter
    from atvsld.registers.ledgers.reach import body_owner

    stated = {"act": "dialogue", "forum": "many", "title": "Đối thoại thử", "held_on": date(2026, 5, 12)} | given
    return enter(stages.act(user), ledger=DIALOGUES, key=new_ulid(), owner=body_owner(stage.union), given=stated)


def _visit(user, stage):
    from atvsld.casework.dialogues.ledgers import VISITS
    from atvsld.registers.ledgers.actions import enter
    from atvsld.registers.ledgers.reach import body_owner

    stated = {
        "title": "Giám sát chế độ", "held_on": date(2026, 8, 5), "subject_kind": "enterprise",
        "subject_name": "Nhà máy Thử", "about": stage.land.mill.pk, "findings": "Thiếu phương tiện bảo vệ",
    }  # fmt: skip
    return enter(stages.act(user), ledger=VISITS, key=new_ulid(), owner=body_owner(stage.union), given=stated)


def test_a_sitting_is_no_dialogue_and_answers_never_exceed_requests(stage, user):
    from django.db import connection

    from atvsld.registers.proofs import Asked, measure_of

    _dialogue(user, stage, requests=5, answered=3)
    _dialogue(user, stage, forum="council", requests=2, answered=2)
    _dialogue(user, stage, act="sitting", forum="council", requests=9)
    with pytest.raises(Rejected) as refused:
        _dialogue(user, stage, act="sitting", requests=1, answered=2)
    assert {problem.column for problem in refused.value.problems} >= {"answered", "act"}
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=frozenset({stage.union.pk}))
    figures = {one.key: one.value for one in measure_of("dialogues").figures(asked)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(requests), sum(answered) FROM dialogues_dialogue WHERE act = 'dialogue'")
        assert (figures["dialogues"], figures["requests"], figures["answered"]) == cursor.fetchone() == (2, 7, 5)
    assert (figures["council"], figures["sittings"]) == (1, 1)
    assert len(list(measure_of("dialogues").records(asked, "dialogues"))) == 2


def test_recommendations_are_counted_answered_and_overdue(stage, user, client):
    from atvsld.casework.dialogues.actions import answer, recommend
    from atvsld.registers.proofs import Asked, measure_of

    visit, key = _visit(user, stage), new_ulid()
    act = stages.act(user)
    first = recommend(act, visit=visit, key=key, text="Trang bị dây an toàn", term=date(2026, 9, 1))
    assert recommend(act, visit=visit, key=key, text="Trang bị dây an toàn", term=date(2026, 9, 1)) == first
    recommend(act, visit=visit, key=new_ulid(), text="Tổ chức đối thoại")
    assert first.overdue(stages.TODAY)
    with pytest.raises(Rejected) as refused:
        answer(act, recommendation=first, on=date(2026, 8, 1), text=" ")
    assert {problem.code for problem in refused.value.problems} == {"day_order", "no_text"}
    answer(act, recommendation=first, on=date(2026, 8, 30), text="Đã trang bị")
    other = stages.act(stages.person("y-te", "plan_officer", body=stage.health))
    with pytest.raises(Refused):
        recommend(other, visit=visit, key=new_ulid(), text="Việc của người khác")
    asked = Asked(date(2026, 8, 1), date(2026, 8, 31))
    figures = {one.key: one.value for one in measure_of("supervision").figures(asked)}
    assert figures == {"visits": 1, "recommended": 2, "answered": 1}
    client.force_login(user)
    page = client.get(f"/doi-thoai/giam-sat/{visit.public_id}/").content.decode()
    assert "Đã trang bị" in page
    assert f"/doi-thoai/kien-nghi/{first.public_id}/tra-loi/" in page
    answered = client.post(
        f"/doi-thoai/giam-sat/{visit.public_id}/kien-nghi/",
        {"key": new_ulid(), "text": "Bổ sung", "term": "01/12/2026"},
    )
    assert (answered.status_code, visit.recommendations.count()) == (302, 3)


def test_the_council_owes_a_dialogue_every_year(stage, user, client):
    from django.utils.timezone import localtime

    from atvsld.casework.dialogues.council import council_years
    from atvsld.casework.dialogues.council_duty import follow_year
    from atvsld.casework.dialogues.ledgers import DIALOGUES
    from atvsld.registers.bodies.models import BodyFunction
    from atvsld.registers.duties.models import Duty
    from atvsld.registers.ledgers.actions import withdraw

    for body, function in ((stage.health, "osh_lead"), (stage.union, "union")):
        BodyFunction.objects.create(body=body, function=function, place=body.place, valid_from=date(2020, 1, 1))
    _dialogue(user, stage, forum="council", held_on=date(2025, 10, 2))
    _dialogue(user, stage, act="sitting", forum="council", held_on=date(2024, 10, 2))
    told = {one.year: one.state for one in council_years(stages.TODAY)}
    assert told == {2026: "open", 2025: "held", 2024: "missed"}
    follow_year(stages.act(user))
    follow_year(stages.act(user))
    duty = Duty.objects.get(rule="COUNCIL_DIALOGUE")
    assert (duty.state, localtime(duty.due_at).date(), duty.body) == ("open", date(2026, 12, 31), stage.health)
    held = _dialogue(user, stage, forum="council", held_on=date(2026, 11, 3))
    duty.refresh_from_db()
    assert (duty.state, duty.late) == ("done", False)
    withdraw(stages.act(user), ledger=DIALOGUES, record=held, version=1, why="Ghi nhầm")
    assert sorted(Duty.objects.filter(rule="COUNCIL_DIALOGUE").values_list("state", flat=True)) == ["done", "open"]
    client.force_login(user)
    assert "Điều 88 khoản 3" in client.get("/doi-thoai/cuoc/").content.decode()
