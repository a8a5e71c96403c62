"""The figures of plans and tasks against plain SQL, and the very records behind each."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from tests.oversight.workplans import scene
from tests.oversight.workplans.test_work import PDF

from atvsld.oversight.workplans import facade
from atvsld.registers import proofs

YEAR = proofs.Asked(date(2026, 1, 1), date(2026, 12, 31))


def asked_sql(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


@pytest.fixture
def land(db):
    found = scene.build()
    by = scene.act(found.planner)
    plan = scene.plan_of(found)
    one, two, three = plan.tasks.all()[:3]
    facade.report_progress(by, task=one, version=1, said=scene.said("done", 100, done_on=date(2026, 2, 1)))
    facade.report_progress(by, task=two, version=1, said=scene.said())
    facade.report_progress(by, task=three, version=1, said=scene.said("stopped", 0, stopped_why="Không có tiền"))
    facade.add_file(by, task=one, kind="report_paper", name="a.pdf", content=PDF)
    gone = facade.add_file(by, task=two, kind="report_paper", name="a.pdf", content=PDF)
    facade.remove_evidence(by, evidence=gone, why="Nhầm")
    facade.issue_plan(by, plan=plan, version=plan.version, number="12/KH-SYT", issued_on=date(2026, 1, 20))
    village = scene.act(found.village)
    facade.open_plan(village, programme=scene.PROGRAMME, year=2026, body=found.commune)
    return found


def test_figures_are_what_plain_sql_counts_and_open_just_those_records(land):
    plans, tasks = proofs.measure_of("plans_issued"), proofs.measure_of("tasks_proven")
    figures = {one.key: one for source in (plans, tasks) for one in source.figures(YEAR)}
    span = "starts_on <= '2026-12-31' and ends_on >= '2026-01-01' and state <> 'stopped'"
    proven = (
        "exists (select 1 from workplans_taskevidence e where e.task_id = t.id and e.removed_at is null"
        " and e.file_id is not null)"
    )
    wanted = {
        "issued": asked_sql("select count(*) from workplans_workplan where extract(year from issued_on) = 2026"),
        "tasks": asked_sql(f"select count(*) from workplans_task t where {span}"),
        "proven": asked_sql(f"select count(*) from workplans_task t where {span} and {proven}"),
        "done": asked_sql(f"select count(*) from workplans_task t where {span} and state = 'done'"),
    }  # fmt: skip
    assert {key: int(one.value) for key, one in figures.items()} == wanted
    assert wanted["issued"] == wanted["proven"] == wanted["done"] == 1
    client = Client()
    client.force_login(land.officer)
    for key, figure in figures.items():
        source = plans if key == "issued" else tasks
        assert len(list(source.records(YEAR, key))) == wanted[key]
        page = client.get(f"{figure.url}&so=100")
        assert page.context["paginator"].count == wanted[key], key


def test_a_figure_of_one_body_counts_and_shows_it_alone(land):
    asked = proofs.Asked(YEAR.start, YEAR.end, bodies=frozenset({land.commune.pk}))
    figure = next(iter(proofs.measure_of("tasks_proven").figures(asked)))
    assert figure.value == 0
    assert QueryDict(figure.url.partition("?")[2])["body"] == str(land.commune.pk)


def test_a_task_proves_while_it_is_worked_on(land):
    by = scene.act(land.planner)
    found = list(proofs.evidence_of("task").search(by.actor, "", YEAR, 50))
    assert {one.body for one in found} == {land.health.pk}
    assert len(found) == 2
    stopped = facade.Task.objects.get(state="stopped")
    assert proofs.find("task", stopped.public_id) is None
    assert proofs.find_many("task", [found[0].key, stopped.public_id]).keys() == {found[0].key}
