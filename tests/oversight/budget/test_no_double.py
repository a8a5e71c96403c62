"""Nothing is counted twice: sums over payers, tasks and sources are one sum, and the database's own."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from tests.oversight.budget.stage import body, committed, given, line, moment, officer, paid, proposed, task

from atvsld.oversight.budget import actions, facade, queries, totals
from atvsld.oversight.budget.drafts import LineDraft
from atvsld.oversight.budget.models import BudgetLine, LineHolding
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.acts import Act, Channel, Rejected
from atvsld.registers.bodies.models import BodySuccession

# Written apart from the program: what the sums must be, by plain SQL.
TALLY = """
WITH counted AS (SELECT * FROM budget_budgetline WHERE year = %s AND withdrawn_at IS NULL AND counted_in_id IS NULL)
SELECT (SELECT coalesce(sum(estimate), 0) FROM counted WHERE state <> 'draft'),
 (SELECT coalesce(sum(CASE a.kind WHEN 'cut' THEN -a.amount ELSE a.amount END), 0) FROM budget_allocation a
  JOIN counted c ON c.id = a.line_id WHERE a.cancelled_at IS NULL),
 (SELECT coalesce(sum(m.amount), 0) FROM budget_commitment m JOIN counted c ON c.id = m.line_id
  WHERE m.cancelled_at IS NULL),
 (SELECT coalesce(sum(CASE p.kind WHEN 'returned' THEN -p.amount ELSE p.amount END), 0) FROM budget_payment p
  JOIN counted c ON c.id = p.line_id WHERE p.cancelled_at IS NULL)
"""
NAMES = ("estimated", "allocated", "committed", "spent")


def tally(year=2026):
    with connection.cursor() as cursor:
        cursor.execute(TALLY, [year])
        return [Decimal(value) for value in cursor.fetchone()]


def amounts(held):
    return [getattr(held, name) for name in NAMES]


def added(parts):
    return amounts(sum(parts, totals.Amounts()))


def test_every_way_of_adding_gives_the_same_sum(stage, labour, health, finance):
    """A crowd of lines, some shared, cut, returned, cancelled, withdrawn, handed over."""
    chance = random.Random(6)
    acts = {stage.labour.pk: labour, stage.health.pk: health, stage.commune.pk: officer(stage.commune)}
    made = []
    for number in range(12):
        where = (stage.labour_task, stage.health_task, stage.commune_task)[number % 3]
        act = acts[where.body_id]
        source = ("province", "central", "social", "enterprise")[number % 4]
        one = line(act, where, 100 + number, source=source, purpose=f"Việc {number}")
        if number % 6 == 5:
            continue
        actions.propose(act, lines=[one])
        giver = finance if source in BudgetLine.FROM_PROVINCE else act
        given(giver, one, 90 + number, number="1")
        if number % 2:
            given(giver, one, 10, number="2", kind="cut")
        contract = committed(act, one, 40)
        paid(act, one, chance.randint(1, 40), number="1", commitment=contract.public_id)
        direct = paid(act, one, chance.randint(10, 30), number="2")
        paid(act, one, chance.randint(1, 9), number="3", kind="returned")
        if number % 5 == 0:
            wrong = paid(act, one, 1, number="4")
            one.refresh_from_db()
            actions.cancel(act, entry=wrong, version=one.version)
        made.append((one, direct))
    shared = line(health, stage.labour_task, 100, body=stage.health, purpose="Phần của y tế",
                  counted_in=made[0][0].public_id)  # fmt: skip
    actions.propose(health, lines=[shared])
    gone = line(labour, stage.labour_task, 55, purpose="Bỏ")
    actions.withdraw_line(labour, line=gone, version=1)
    expected = tally()
    assert all(expected)
    every = facade.summary(None, 2026)
    assert amounts(every) == expected
    for parts in (every.by_source, every.by_task, every.by_payer):
        assert added(parts.values()) == expected
    bodies = (stage.labour, stage.health, stage.finance, stage.commune)
    assert added(facade.summary({one.pk}, 2026) for one in bodies) == expected
    # Half the work goes to another body: parts move, the sum does not.
    heir = body("so-noi-vu-thu", "Sở Nội vụ Thử", stage.land.province)
    stage.labour_task.holdings.update(until=date(2026, 6, 30))
    stage.labour_task.holdings.create(body=heir, since=date(2026, 7, 1))
    type(stage.labour_task).objects.filter(pk=stage.labour_task.pk).update(body=heir)
    spent = facade.summary({stage.labour.pk}, 2026).spent
    assert actions.follow_tasks(replace(labour, at=moment(date(2026, 7, 1))), on=date(2026, 7, 1)) > 0
    assert facade.summary({stage.labour.pk}, 2026).spent == spent
    assert added(facade.summary({one.pk}, 2026) for one in (*bodies, heir)) == expected == tally()


def test_shared_money_stands_on_one_line(stage, labour, health):
    main = proposed(labour, stage.labour_task, 100)
    with pytest.raises(Rejected, match="đơn vị khác"):
        line(labour, stage.labour_task, 1, purpose="Nữa", counted_in=main.public_id)
    with pytest.raises(Rejected, match="khác nguồn"):
        line(health, stage.health_task, 1, source="social", counted_in=main.public_id)
    shared = line(health, stage.health_task, 100, counted_in=main.public_id)
    with pytest.raises(Rejected, match="tính trong dòng khác nữa"):
        line(officer(stage.commune), stage.commune_task, 100, counted_in=shared.public_id)
    with pytest.raises(Rejected):
        actions.withdraw_line(labour, line=main, version=2)
    actions.return_line(labour, line=main, version=2)
    turned = LineDraft(year=2026, source="province", purpose="Mở lớp", estimate=9, counted_in=shared.public_id)
    with pytest.raises(Rejected):
        actions.change_line(labour, line=main, version=3, draft=turned)
    actions.propose(health, lines=[shared])
    with pytest.raises(Rejected, match="hai lần"):
        given(officer(stage.finance, role="finance_officer"), shared, 100)


def test_the_same_sum_in_a_joint_task_is_pointed_out(stage, labour, health):
    one = proposed(labour, stage.labour_task, 100)
    two = proposed(health, stage.labour_task, 100, body=stage.health)
    apart = proposed(officer(stage.commune), stage.commune_task, 100)
    found = queries.suspected(BudgetLine.objects.filter(year=2026))
    assert {line.pk for line in found} == {one.pk, two.pk}
    assert apart.pk not in {line.pk for line in found}
    actions.return_line(health, line=two, version=2)
    draft = LineDraft(year=2026, source="province", purpose="Mở lớp", estimate=100, counted_in=one.public_id)
    actions.change_line(health, line=two, version=3, draft=draft)
    assert not queries.suspected(BudgetLine.objects.filter(year=2026)).exists()


def test_what_is_open_follows_the_task_and_what_was_paid_stays(stage, labour, finance):
    """After a body ends: paid-out lines stay, open ones go on, late vouchers go to who held the line on their day."""
    full = proposed(labour, stage.labour_task, 10, purpose="Xong")
    part = proposed(labour, stage.labour_task, 100, purpose="Dở")
    for one in (full, part):
        given(finance, one, one.estimate)
    paid(labour, full, 10)
    paid(labour, part, 30)
    on = date(2026, 7, 1)
    heir = body("so-noi-vu-thu", "Sở Nội vụ Thử", stage.land.province, on)
    type(stage.labour).objects.filter(pk=stage.labour.pk).update(valid_to=date(2026, 6, 30))
    BodySuccession.objects.create(predecessor=stage.labour, successor=heir, effective_on=on)
    morning = replace(labour, at=moment(on))
    type(stage.labour_task).objects.filter(pk=stage.labour_task.pk).update(body=heir)
    assert actions.follow_tasks(morning, on=on) == 1
    assert actions.follow_tasks(morning, on=on) == 0
    full.refresh_from_db()
    part.refresh_from_db()
    assert (full.body_id, part.body_id) == (stage.labour.pk, heir.pk)
    assert LineHolding.objects.filter(line=part).count() == 2
    own = replace(officer(heir, on=date(2026, 8, 1)))
    paid(own, part, 20, number="C2", day=date(2026, 6, 20))
    paid(own, part, 5, number="C3", day=date(2026, 7, 20))
    assert facade.summary({stage.labour.pk}, 2026).spent == 60
    assert facade.summary({heir.pk}, 2026).spent == 5
    assert facade.summary({heir.pk, stage.labour.pk}, 2026).spent == 65 == tally()[3]


@pytest.mark.parametrize("told", [date(2026, 7, 1), date(2026, 6, 20)], ids=["on the day", "before it"])
def test_a_reorganisation_takes_open_money_along(stage, labour, finance, told):
    """The act that ends a body moves its tasks and its open lines; one still to come is done on its day."""
    from atvsld.registers.bodies.actions.succession import Successor, succeed
    from atvsld.registers.bodies.models import BodyFunction

    made = proposed(labour, stage.labour_task, 100)
    given(finance, made, 100)
    paid(labour, made, 30)
    BodyFunction.objects.create(
        body=stage.labour, function="osh_lead", place=stage.land.province, valid_from=date(2020, 1, 1)
    )
    act = Act(system_actor("thử", all_permissions()), Channel.CLI, at=moment(told), reason="thử")
    heir = succeed(
        act, body=stage.labour, successor=Successor(name="Sở Nội vụ Thử"), on=date(2026, 7, 1),
        legal_basis="Nghị quyết thử", functions=["osh_lead"],
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.body_id == heir.pk) == (told == date(2026, 7, 1))
    actions.follow_tasks(replace(act, at=moment(date(2026, 7, 2))), on=date(2026, 7, 2))
    made.refresh_from_db()
    assert made.body_id == heir.pk
    assert facade.summary({stage.labour.pk}, 2026).spent == 30
    assert amounts(facade.summary({heir.pk}, 2026)) == [100, 100, 0, 0]


def test_a_body_that_works_along_keeps_its_line(stage, health):
    kept = proposed(health, stage.labour_task, 10, body=stage.health)
    other = task(stage.health, "Khác")
    assert actions.follow_tasks(health, on=date(2026, 6, 1)) == 0
    kept.refresh_from_db()
    assert kept.body_id == stage.health.pk
    assert other.budget_lines.count() == 0
