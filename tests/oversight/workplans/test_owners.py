"""Tasks pass to whoever carries on their body, step by step, through the reorganisations of 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

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


def test_each_task_goes_its_way_with_its_days(act, bodies):
    d = date
    divided = task_of(act, "so-tttt-quang-nam", "IV.16.1a")
    radio = task_of(act, "so-tttt-quang-nam", "IV.10.1")
    lead = task_of(act, "so-ldtbxh-quang-nam", "IV.1.1a")
    plain = task_of(act, "so-gtvt-quang-nam")
    zone = task_of(act, "bql-kkt-quang-nam", "IV.12.1a")
    unclaimed = task_of(act, "so-tttt-quang-nam")
    finished = task_of(act, "so-xd-quang-nam", "IV.5.1")
    said = facade.Said("done", 100, "Xong", done_on=date(2025, 2, 1))
    facade.report_progress(replace(act, at=datetime(2025, 2, 2, tzinfo=UTC)), task=finished, version=1, said=said)
    counted, checked, planned = _of_a_district(act)
    # Settled in between, or all at once: the way is the same.
    assert facade.settle_owners(act, on=d(2025, 4, 1)).moved == 5
    told = facade.settle_owners(act, on=TODAY)
    assert told.moved == 9
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
    # What is done stays with who did it.
    assert way(finished) == [("so-xd-quang-nam", d(2025, 1, 15), None)]
    # Work of a district goes where the plan gives it since, else to communes of its ground, not to some department.
    for task in (counted, checked, planned):
        task.refresh_from_db()
        assert task.holdings.get(until=None).since == d(2025, 7, 1)
    assert (counted.body.code, counted.owner_unsure) == ("so-nv-da-nang", False)
    assert checked.body.functions.filter(function="commune").exists()
    assert (planned.body, checked.owner_unsure, planned.owner_unsure) == (checked.body, True, True)
    # Done again nothing happens; confirmed, it is no longer asked about.
    assert facade.settle_owners(act, on=TODAY).moved == 0
    facade.confirm_owner(replace(act, at=act.at + timedelta(days=1)), task=zone, version=zone.version, why="QĐ 2609")
    again = facade.settle_owners(act, on=TODAY)
    zone.refresh_from_db()
    assert (again.moved, again.unsure, zone.owner_unsure) == (0, 0, False)


def _of_a_district(act):
    """Tasks of a district: counting, which the plan gives to the department since; checking; planning of its own."""
    node = next(
        one for one in tree.current().nodes.values() if one.level == "district" and one.valid_to == date(2025, 6, 30)
    )
    code = Body.objects.get(place_id=node.pk, functions__function="district").code
    return [task_of(act, code, clause) for clause in ("IV.17.3a", "IV.17.2", "IV.19a1")]
