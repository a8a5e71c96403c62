"""Tasks pass to whoever carries on their body, step by step, through the reorganisations of 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from atvsld.oversight.workplans import facade
from atvsld.registers.bodies.models import Body
from atvsld.registers.places import tree

PROGRAMME = "province-2024"
JANUARY = datetime(2025, 1, 15, 3, tzinfo=UTC)
TODAY = date(2026, 11, 1)


def task_of(act, code, clause=""):
    """A task of a body of Quảng Nam in January 2025, for a clause."""
    by = replace(act, at=JANUARY)
    body = Body.objects.get(code=code)
    plan = facade.open_plan(by, programme=PROGRAMME, year=2025, body=body)
    draft = facade.TaskDraft(title="Việc", starts_on=date(2025, 1, 15), ends_on=date(2025, 12, 31), clause=clause)
    return facade.add_task(by, plan=plan, version=plan.version, draft=draft)


def way(task):
    """Who answered from when to when."""
    rows = task.holdings.order_by("since", "pk").values_list("body__code", "since", "until")
    return [(code, start, end) for code, start, end in rows]


@pytest.fixture
def province(bodies):
    return bodies


def test_each_task_goes_its_way_with_its_days(act, province):
    d = date
    divided = task_of(act, "so-tttt-quang-nam", "IV.16.1a")
    radio = task_of(act, "so-tttt-quang-nam", "IV.10.1")
    lead = task_of(act, "so-ldtbxh-quang-nam", "IV.1.1a")
    plain = task_of(act, "so-gtvt-quang-nam")
    zone = task_of(act, "bql-kkt-quang-nam", "IV.12.1a")
    unclaimed = task_of(act, "so-tttt-quang-nam")
    told = facade.settle_owners(act, on=TODAY)
    assert told.moved == 6
    assert way(lead) == [
        ("so-ldtbxh-quang-nam", d(2025, 1, 15), d(2025, 2, 28)),
        ("so-nv-quang-nam", d(2025, 3, 1), d(2025, 6, 30)),
        ("so-nv-da-nang", d(2025, 7, 1), None),
    ]
    assert [code for code, *_ in way(divided)] == ["so-tttt-quang-nam", "so-khcn-quang-nam", "so-khcn-da-nang"]
    assert [code for code, *_ in way(radio)] == ["so-tttt-quang-nam", "so-vhttdl-quang-nam", "so-vhttdl-da-nang"]
    assert [code for code, *_ in way(plain)] == ["so-gtvt-quang-nam", "so-xd-2025-quang-nam", "so-xd-da-nang"]
    assert way(zone)[-1] == ("bql-chu-lai", d(2025, 11, 28), None)
    for task, unsure in ((lead, False), (divided, True), (radio, False), (zone, True), (unclaimed, True)):
        task.refresh_from_db()
        assert task.owner_unsure is unsure, task.pk
    # Done again nothing happens; confirmed, it is no longer asked about.
    assert facade.settle_owners(act, on=TODAY).moved == 0
    facade.confirm_owner(replace(act, at=act.at + timedelta(days=1)), task=zone, version=zone.version, why="QĐ 2609")
    again = facade.settle_owners(act, on=TODAY)
    zone.refresh_from_db()
    assert (again.moved, again.unsure, zone.owner_unsure) == (0, 0, False)


def test_work_of_districts_goes_to_communes_or_where_the_plan_gives_it(act, province):
    node = tree.current().at("503", date(2025, 1, 15), "district") or next(
        one for one in tree.current().nodes.values() if one.level == "district" and one.valid_to == date(2025, 6, 30)
    )
    code = Body.objects.get(place_id=node.pk, functions__function="district").code
    counted, checked = task_of(act, code, "IV.17.3a"), task_of(act, code, "IV.17.2")
    planned = task_of(act, code, "IV.19a1")  # asked of every body: the communes plan on, not some department
    facade.settle_owners(act, on=TODAY)
    counted.refresh_from_db()
    checked.refresh_from_db()
    assert (counted.body.code, counted.owner_unsure) == ("so-nv-da-nang", False)
    assert checked.body.functions.filter(function="commune").exists()
    assert checked.owner_unsure
    planned.refresh_from_db()
    assert planned.body == checked.body
    assert all(row.since == date(2025, 7, 1) for row in facade.TaskHolding.objects.filter(until=None))


def test_what_is_done_stays_with_who_did_it(act, province):
    task = task_of(act, "so-xd-quang-nam", "IV.5.1")
    said = facade.Said("done", 100, "Xong", done_on=date(2025, 2, 1))
    facade.report_progress(replace(act, at=datetime(2025, 2, 2, tzinfo=UTC)), task=task, version=1, said=said)
    assert facade.settle_owners(act, on=TODAY).moved == 0
    assert way(task) == [("so-xd-quang-nam", date(2025, 1, 15), None)]
