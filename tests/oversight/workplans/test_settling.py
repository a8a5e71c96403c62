"""Handing over is undone with the reorganisation that caused it, and whatever happens somebody answers for the work."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oversight.workplans import scene
from tests.oversight.workplans.test_owners import PROGRAMME, way
from tests.registers.duties.test_following import DAY, merge

from atvsld.oversight.workplans import facade
from atvsld.registers.bodies.actions.succession import Successor, succeed
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import holder
from atvsld.registers.places import tree
from atvsld.registers.places.actions import reorganise

START = date(2020, 1, 1)


def test_tasks_of_a_commune_follow_its_merging_and_come_back(act, bodies):
    old = holder("commune", bodies.at("20341", act.day).pk, act.day)
    plan = facade.open_plan(act, programme=PROGRAMME, year=2026, body=old)
    draft = facade.TaskDraft(title="Việc", starts_on=date(2026, 11, 25), ends_on=date(2026, 12, 31), clause="IV.17.2")
    task = facade.add_task(act, plan=plan, version=1, draft=draft)
    shown = reorganise.preview(merge()).effects
    assert next(effect.count for effect in shown if "Nhiệm vụ của kế hoạch năm" in effect.label) == 1
    made = reorganise.apply(act, draft=merge())
    task.refresh_from_db()
    heir = holder("commune", tree.current().at("20992", DAY).pk, DAY)
    assert (task.body, task.place_id, task.owner_unsure) == (heir, heir.place_id, False)
    assert way(task) == [(old.code, act.day, DAY - timedelta(days=1)), (heir.code, DAY, None)]
    assert task.holdings.get(until=None).why == "Nghị quyết thử"
    reorganise.undo(act, reorganisation=made)
    task.refresh_from_db()
    assert task.body == old
    assert way(task) == [(old.code, act.day, None)]


class _Undone(Exception):
    """Takes one example's rows back."""


def _undo():
    raise _Undone


# Which body hands over next, how many of its functions, and to which: another or a new one.
STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2), st.integers(-1, 5)), min_size=1, max_size=5)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_successions_one_standing_body_answers_for_each_task(db, act, steps):
    with contextlib.suppress(_Undone), transaction.atomic():
        _play(act, steps)
        _undo()


LED = (("IV.1.1a", "IV.2.1", ""), ("IV.5.1", "IV.6.1"), ("IV.4.1", "IV.16.1a"), ("IV.8.2", "IV.15.1a", ""))


def _draft(clause):
    return facade.TaskDraft(title="Việc", starts_on=date(2026, 1, 5), ends_on=date(2026, 12, 20), clause=clause)


def _play(act, steps):
    province = scene.ground.place("97", "Tỉnh Khác", "province", START)
    held = [("osh_lead", "health_lead"), ("construction", "transport"), ("industry_trade",), ("agriculture", "farmers")]
    start = [scene.body(f"b{n}", f"Sở {n}", province, *functions) for n, functions in enumerate(held)]
    by = replace(act, at=datetime(2026, 1, 5, tzinfo=UTC))
    entries = [
        facade.PlanEntry(PROGRAMME, 2026, by.day, tuple(facade.TaskEntry(_draft(clause)) for clause in led), body=body)
        for body, led in zip(start, LED, strict=True)
    ]
    facade.enter_plans(by, entries=entries)
    tasks = facade.Task.objects.count()
    day = date(2026, 1, 20)
    for number, share, to in steps:
        standing = list(Body.objects.filter(valid_to=None).order_by("pk"))
        body = standing[number % len(standing)]
        functions = sorted(BodyFunction.objects.filter(body=body, valid_to=None).values_list("function", flat=True))
        day += timedelta(days=15)
        if not functions:
            continue
        chosen = functions if share == 2 else functions[:1]
        others = [one for one in standing if one != body]
        other = others[to % len(others)] if to >= 0 and others else None
        successor = Successor(body=other) if other else Successor(name=f"Sở mới {day:%d%m}")
        later = replace(act, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))
        succeed(later, body=body, successor=successor, on=day, legal_basis="Nghị quyết", functions=chosen)
    facade.settle_owners(act, on=day + timedelta(days=1))
    assert facade.Task.objects.count() == tasks
    for task in facade.Task.objects.select_related("body").prefetch_related("holdings"):
        assert task.body.valid_to is None
        rows = sorted(task.holdings.all(), key=lambda row: row.since)
        assert [row.body_id for row in rows if row.until is None] == [task.body_id]
        # One after the other, without a gap, each while its body stood.
        for earlier, following in pairwise(rows):
            assert following.since == earlier.until + timedelta(days=1)
        for row in rows:
            assert row.body.valid_to is None or row.until <= row.body.valid_to
