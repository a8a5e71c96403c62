"""Plans are made, sent, returned and taken in; tasks are reported and proven; nothing is done twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from tests.oversight.workplans import scene

from atvsld.oversight.workplans import facade
from atvsld.oversight.workplans.actions import evidence
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.acts.errors import Refused
from atvsld.platform.outbox.facade import Message
from atvsld.registers import proofs

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def land(db):
    return scene.build()


@pytest.fixture
def ledger(monkeypatch):
    """A register of records under the word of communication events: what it holds stands, what is taken out falls."""
    held = {"A1": "Buổi tuyên truyền tháng 2", "A2": "Buổi tuyên truyền tháng 3"}

    def find(key):
        return proofs.ProofRecord("outreach_event", key, held[key], f"/x/{key}/") if key in held else None

    source = proofs.Evidence("outreach_event", find, lambda *_: [find(key) for key in held])
    monkeypatch.setitem(proofs._EVIDENCE, "outreach_event", source)
    return held


def test_a_plan_is_made_once_with_a_task_for_each_clause_led(land):
    by = scene.act(land.planner)
    plan = facade.open_plan(by, programme=scene.PROGRAMME, year=2026, body=land.health)
    assert facade.open_plan(by, programme=scene.PROGRAMME, year=2026, body=land.health) == plan
    made = facade.propose_tasks(by, plan=plan, version=plan.version)
    assert {task.clause for task in made} >= {"IV.2.1"}
    assert [task.number for task in made] == list(range(1, len(made) + 1))
    with pytest.raises(Conflict):  # a double click
        facade.propose_tasks(by, plan=facade.WorkPlan(pk=plan.pk, body=land.health, year=2026,
                             programme=scene.PROGRAMME, place=plan.place), version=1)  # fmt: skip
    plan.refresh_from_db()
    assert facade.propose_tasks(by, plan=plan, version=plan.version) == []
    assert all(task.holdings.get(until=None).body == land.health for task in made)


def test_only_the_own_officer_writes_and_only_the_standing_body_takes_in(land):
    plan = scene.plan_of(land)
    other = scene.act(land.village)
    with pytest.raises(Refused):
        facade.add_task(other, plan=plan, version=plan.version, draft=scene.draft())
    with pytest.raises(Refused):
        facade.open_plan(other, programme=scene.PROGRAMME, year=2026, body=land.health)
    by, lead = scene.act(land.planner), scene.act(land.officer)
    facade.send_plan(by, plan=plan, version=plan.version)
    with pytest.raises(Refused):
        facade.agree_plan(by, plan=plan, version=plan.version)
    with pytest.raises(Rejected, match="chờ tiếp nhận"):
        facade.add_task(by, plan=plan, version=plan.version, draft=scene.draft())
    facade.return_plan(lead, plan=plan, version=plan.version, text="Thiếu nhiệm vụ tập huấn")
    facade.add_task(by, plan=plan, version=plan.version, draft=scene.draft())
    plan.refresh_from_db()
    facade.send_plan(by, plan=plan, version=plan.version)
    facade.agree_plan(lead, plan=plan, version=plan.version)
    with pytest.raises(Rejected, match="phải có lý do"):
        facade.add_task(by, plan=plan, version=plan.version, draft=scene.draft())
    told = scene.act(land.planner, reason="Bổ sung theo công văn")
    facade.add_task(told, plan=plan, version=plan.version, draft=scene.draft(title="Việc thêm"))
    assert plan.remarks.get().returns
    subjects = Message.objects.filter(user=land.planner).order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["Kế hoạch năm 2026 bị trả lại để sửa", "Kế hoạch năm 2026 đã được tiếp nhận"]


def test_two_officers_at_once_the_second_is_told(land):
    by = scene.act(land.planner)
    task = scene.plan_of(land).tasks.first()
    facade.change_task(by, task=task, version=1, draft=scene.draft(supports=(land.lead.pk,)))
    with pytest.raises(Conflict):
        facade.report_progress(by, task=task, version=1, said=scene.said())
    facade.report_progress(by, task=task, version=2, said=scene.said())
    assert (task.percent, task.progress.count(), task.supports.get().body) == (40, 1, land.lead)


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (scene.said("done", 90, done_on=date(2026, 3, 1)), "percent"),
        (scene.said("done", 100), "done_on"),
        (scene.said("done", 100, done_on=date(2026, 3, 3)), "done_on"),
        (scene.said("stopped", 10), "stopped_why"),
        (scene.said("doing", 101), "percent"),
        (scene.said("doing", 10, text=" "), "text"),
    ],
)
def test_what_cannot_be_is_said_with_its_field_and_nothing_is_written(land, said, column):
    task = scene.plan_of(land).tasks.first()
    with pytest.raises(Rejected) as caught:
        facade.report_progress(scene.act(land.planner), task=task, version=1, said=said)
    assert [problem.column for problem in caught.value.problems] == [column]
    assert all(problem.remedy for problem in caught.value.problems)
    task.refresh_from_db()
    assert (task.version, task.progress.count()) == (1, 0)


def test_a_proof_stands_while_its_record_stands(land, ledger):
    by = scene.act(land.planner)
    task, other = scene.plan_of(land).tasks.all()[:2]
    rows = facade.Task.objects.filter(pk__in=[task.pk, other.pk])
    facade.report_progress(by, task=task, version=1, said=scene.said())
    assert list(facade.unproven(rows)) == [task]
    one = facade.add_record(by, task=task, kind="outreach_event", key="A1")
    assert facade.add_record(by, task=task, kind="outreach_event", key="A1") == one
    assert not facade.unproven(rows)
    with pytest.raises(Rejected):
        facade.add_record(by, task=task, kind="outreach_event", key="gone")
    del ledger["A1"]  # withdrawn in its own register
    assert list(facade.unproven(rows)) == [task]
    assert [shown.stands for shown in facade.laid([task])[task.pk]] == [False]
    ledger["A1"] = "Buổi tuyên truyền"
    facade.remove_evidence(by, evidence=one, why="Nhầm buổi")
    assert list(facade.unproven(rows)) == [task]
    assert facade.standing([task, other]) == {task.pk: [], other.pk: []}
    file = facade.add_file(by, task=task, kind="report_paper", name="bb.pdf", content=PDF)
    assert facade.add_file(by, task=task, kind="report_paper", name="bb2.pdf", content=PDF) == file
    assert not facade.unproven(rows)


def test_the_same_proof_laid_at_the_same_moment_is_one(land, ledger):
    by = scene.act(land.planner)
    task = scene.plan_of(land).tasks.first()
    one = facade.add_record(by, task=task, kind="outreach_event", key="A1")
    late = facade.TaskEvidence(task=task, kind="outreach_event", key="A1", label="x", added_at=scene.NOW)
    assert evidence._write(late) == one
    gone = facade.remove_evidence(by, evidence=one, why="Nhầm")
    facade.remove_evidence(by, evidence=one, why="Lần nữa")
    gone.refresh_from_db()
    assert gone.removed_why == "Nhầm"
    # What was taken away may be laid again; the row taken away stays.
    assert facade.add_record(by, task=task, kind="outreach_event", key="A1") != one
    assert task.evidence.count() == 2


def test_a_task_is_handed_over_by_hand_with_its_reason_and_day(land):
    task = scene.plan_of(land).tasks.first()
    april = date(2026, 4, 1)
    lead = scene.act(land.officer, at=datetime(2026, 4, 2, 3, tzinfo=UTC))
    hand = {"task": task, "version": 1, "body": land.commune, "why": "Công văn 12"}
    with pytest.raises(Refused):
        facade.hand_to(scene.act(land.village), on=april, **hand)
    gone = scene.body("gone", "Sở đã giải thể", land.ground.province, end=date(2026, 3, 31))
    for wrong, column in (
        ({"on": date(2026, 1, 1)}, "on"), ({"on": date(2026, 5, 1)}, "on"), ({"on": april, "why": " "}, "why"),
        ({"on": april, "body": gone}, "body"),
    ):  # fmt: skip
        with pytest.raises(Rejected) as caught:
            facade.hand_to(lead, **(hand | wrong))
        assert [problem.column for problem in caught.value.problems] == [column]
    facade.hand_to(lead, on=april, **hand)
    with pytest.raises(Conflict):  # a double click
        facade.hand_to(lead, on=april, **hand)
    rows = task.holdings.order_by("since").values_list("body", "since", "until")
    assert list(rows) == [
        (land.health.pk, scene.TODAY, date(2026, 3, 31)), (land.commune.pk, april, None),
    ]  # fmt: skip
    # Now the commune reports, and the department no longer does.
    facade.report_progress(scene.act(land.village), task=task, version=2, said=scene.said())
    with pytest.raises(Refused):
        facade.report_progress(scene.act(land.planner), task=task, version=3, said=scene.said())


def test_many_proofs_are_found_in_few_statements(land, ledger, django_assert_max_num_queries):
    by = scene.act(land.planner)
    tasks = list(scene.plan_of(land).tasks.all())
    for task in tasks:
        for key in ledger:
            facade.add_record(by, task=task, kind="outreach_event", key=key)
    with django_assert_max_num_queries(1):
        found = facade.standing(tasks)
    assert {len(rows) for rows in found.values()} == {2}


def test_help_is_asked_once_answered_once_and_who_helps_works_along(land):
    by, other = scene.act(land.planner), scene.act(land.village)
    task = scene.plan_of(land).tasks.first()
    asked = facade.ask_help(by, task=task, to=land.commune, text="Cho mượn hội trường")
    assert facade.ask_help(by, task=task, to=land.commune, text="Cho mượn hội trường") == asked
    with pytest.raises(Refused):
        facade.answer_help(by, request=asked, state="accepted", answer="Được")
    facade.answer_help(other, request=asked, state="accepted", answer="Được")
    with pytest.raises(Conflict):
        facade.answer_help(other, request=asked, state="declined", answer="Thôi")
    assert task.supports.filter(body=land.commune).exists()
    # Each is told once, whoever acted is not.
    told = list(Message.objects.order_by("pk").values_list("user__username", "url"))
    assert told == [("xa", "/ke-hoach/ho-tro/"), ("ke hoach", f"/ke-hoach/nhiem-vu/{task.public_id}/")]


def test_an_establishment_plans_for_itself_alone(land):
    by = scene.act(land.employer)
    mill = land.ground.mill
    plan = facade.open_plan(by, programme=scene.PROGRAMME, year=2026, establishment=mill)
    made = facade.propose_tasks(by, plan=plan, version=1)
    assert {task.clause.split(".")[0] + "." + task.clause.split(".")[1] for task in made} >= {"IV.18"}
    assert {task.establishment for task in made} == {mill}
    with pytest.raises(Refused):
        facade.open_plan(by, programme=scene.PROGRAMME, year=2026, establishment=land.ground.quarry)
    assert list(facade.visible_plans(by.actor)) == [plan]


def test_remarks_are_written_by_those_it_concerns(land):
    plan = scene.plan_of(land)
    task = plan.tasks.first()
    lead, by = scene.act(land.officer), scene.act(land.planner)
    note = facade.remark(lead, plan=plan, task=task, text="Ghi rõ số lớp")
    assert facade.remark(lead, plan=plan, task=task, text="Ghi rõ số lớp") == note
    with pytest.raises(Refused):
        facade.remark(scene.act(land.village), plan=plan, text="Xem thử")
    facade.settle_remark(by, remark=note)
    assert note.settled_at == scene.NOW
    assert SimpleNamespace(**facade.Remark.objects.values("text", "said_by").get()) == SimpleNamespace(
        text="Ghi rõ số lớp", said_by="can bo"
    )


def test_a_record_one_may_not_read_proves_nothing_for_one(land) -> None:
    theirs = scene.plan_of(land).tasks.first()
    said = facade.Said("doing", 30, "Đã mở hai lớp.")
    facade.report_progress(scene.act(land.planner), task=theirs, version=theirs.version, said=said)
    mine = facade.open_plan(scene.act(land.village), programme=scene.PROGRAMME, year=2026, body=land.commune)
    task = facade.add_task(scene.act(land.village), plan=mine, version=mine.version, draft=scene.draft())
    with pytest.raises(Rejected) as refused:
        facade.add_record(scene.act(land.village), task=task, kind="task", key=theirs.public_id)
    assert [one.code for one in refused.value.problems] == ["record_gone"]
    assert not task.evidence.exists()
    overseen = facade.open_plan(scene.act(land.officer), programme=scene.PROGRAMME, year=2026, body=land.lead)
    own = facade.add_task(scene.act(land.officer), plan=overseen, version=overseen.version, draft=scene.draft())
    assert facade.add_record(scene.act(land.officer), task=own, kind="task", key=theirs.public_id).label
