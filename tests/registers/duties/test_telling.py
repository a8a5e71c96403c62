"""People are told on each rung of the ladder once, never too early, by whoever does the telling and however often."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registers.duties.conftest import moment

RULES = ("INV_CHET", "INV_NHE", "SEND_MINUTES", "SCENE_2H", "N_STATE")
BEGUN = "2026-05-04T09:30"


def far(text):
    return moment(text) + timedelta(days=120)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(RULES),
    hours=st.lists(st.integers(-48, 24 * 60), max_size=12),
    done=st.none() | st.integers(0, 24 * 60),
)
def test_ticks_in_any_order_and_with_any_gaps_tell_each_rung_once_and_not_too_early(
    owed, people, told, an_act, rule, hours, done
):
    from django.db import transaction

    from atvsld.registers.duties import facade
    from atvsld.registers.duties.actions.owing import rungs
    from atvsld.registers.duties.recipients import recipients, superiors

    told.clear()
    with transaction.atomic():
        duty = owed(rule, at=BEGUN)
        steps = rungs(duty)
        last_tick = max([moment(BEGUN) + timedelta(hours=hour) for hour in hours], default=None)
        for hour in hours:
            facade.tick(moment(BEGUN) + timedelta(hours=hour))
        if done is not None:
            facade.discharge(an_act(BEGUN), key=duty.key, at=moment(BEGUN) + timedelta(hours=done))
        facade.tick(far(BEGUN))
        facade.tick(far(BEGUN))
        # What should have been said, worked out without the clockwork: once closed, nothing more.
        until = far(BEGUN) if done is None else last_tick
        day = moment(BEGUN).date()
        expected = Counter(
            (rung.step.id, user)
            for rung in steps
            if until is not None and rung.at <= until
            for user in (recipients(duty, day) if rung.step.to == "owner" else superiors(duty, day))
        )
        transaction.set_rollback(True)
    assert Counter((notice.step, notice.user) for notice in told) == expected
    assert len({notice.key for notice in told}) == len(told)
    assert all(notice.at >= notice.due for notice in told)


def test_reminders_come_before_on_and_after_the_last_day_and_then_go_up(owed, people, told):
    from atvsld.registers.duties import facade

    owed("INV_NANG1", at=BEGUN)  # due Monday 11 May
    for day in range(30):
        facade.tick(moment("2026-05-04T09:31") + timedelta(days=day))
    said = [(notice.step, notice.user, notice.at.date().isoformat()) for notice in told]
    assert said == [
        ("opened", people.employer.pk, "2026-05-04"),
        ("before_3", people.employer.pk, "2026-05-08"),
        ("before_1", people.employer.pk, "2026-05-10"),
        ("due", people.employer.pk, "2026-05-11"),
        ("late_1", people.employer.pk, "2026-05-12"),
        ("late_3", people.officer.pk, "2026-05-14"),
        ("late_10", people.officer.pk, "2026-05-21"),
    ]


def test_after_a_gap_every_rung_reaches_the_inbox_and_only_the_last_is_mailed(owed, people, told):
    from atvsld.registers.duties import facade

    owed("INV_NANG1", at=BEGUN)
    facade.tick(moment("2026-05-12T10:00"))
    assert [(notice.step, notice.email) for notice in told] == [
        ("opened", False), ("before_3", False), ("before_1", False), ("due", False), ("late_1", True),
    ]  # fmt: skip


def test_a_duty_recorded_after_its_term_is_told_once_and_then_goes_up(owed, people, told):
    from atvsld.registers.duties import facade

    owed("INV_NANG1", at=BEGUN, now="2026-05-13T08:00")
    facade.tick(moment("2026-05-13T08:01"))
    assert [notice.step for notice in told] == ["opened"]
    facade.tick(moment("2026-05-15T08:00"))
    assert [notice.step for notice in told] == ["opened", "late_3"]


def test_an_extended_duty_is_reminded_of_anew_for_its_new_term(owed, people, told, an_act):
    from atvsld.registers.duties import facade

    duty = owed("INV_NANG1", at=BEGUN)
    facade.tick(moment("2026-05-10T08:00"))
    facade.extend(an_act("2026-05-10T09:00"), key=duty.key)
    told.clear()
    facade.tick(moment("2026-05-17T08:00"))
    # Fourteen days after 4 May end on Monday 18 May.
    assert [notice.step for notice in told] == ["before_3", "before_1"]


def test_a_working_day_rule_is_reminded_of_in_working_days(owed, people, told):
    from atvsld.registers.duties import facade

    # Five working days from Wednesday 6 May end on Wednesday 13 May; three before that is Friday, over the weekend.
    owed("COMP_DECISION", at="2026-05-06T06:00")
    facade.tick(moment("2026-05-08T07:00"))
    assert [notice.step for notice in told] == ["opened"]
    facade.tick(moment("2026-05-08T07:30"))
    assert [notice.step for notice in told] == ["opened", "before_3"]


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("INV_NHE", ["employer"]),
        ("N_XA", ["river"]),
        ("QUICK_XIII", ["officer"]),
        # Owed by somebody outside: those who wait for it watch it.
        ("POLICE_REPLY", ["officer"]),
        ("COMPLAINT_WINDOW", []),
    ],
)
def test_those_are_told_whose_office_covers_the_owner(owed, people, rule, who):
    from atvsld.registers.duties.recipients import recipients

    duty = owed(rule, at=BEGUN)
    assert recipients(duty, moment(BEGUN).date()) == sorted(getattr(people, name).pk for name in who)
    assert duty.assigned is bool(who)


def test_a_duty_nobody_answers_for_says_so_until_somebody_gets_the_office(owed, land):
    from tests.casework.accidents import scene

    from atvsld.registers.duties import facade

    duty = owed("INV_NHE", at=BEGUN)
    assert duty.assigned is False
    scene.person("newcomer", "employer", firm=land.mill)
    assert facade.reassign(moment("2026-05-05T08:00")) == 1
    duty.refresh_from_db()
    assert duty.assigned is True
    assert facade.reassign(moment("2026-05-05T09:00")) == 0


def test_an_office_that_ended_is_told_nothing_more(owed, people, told):
    from atvsld.registers.duties import facade

    owed("INV_NANG1", at=BEGUN)
    facade.tick(moment("2026-05-04T09:31"))
    people.employer.offices.update(valid_to="2026-05-06")
    facade.tick(moment("2026-05-11T08:00"))
    assert [notice.step for notice in told] == ["opened"]


def _keys():
    from atvsld.platform.outbox.models import Message

    return sorted(Message.objects.values_list("key", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_nobody_twice(owed, people):
    from django.db import connection

    from atvsld.registers.duties import facade

    for number in range(20):
        owed("INV_NANG1", at=BEGUN, key=f"accidents:{number}:INV_NANG1:1")
    counts = []

    def work():
        counts.append(facade.tick(moment("2026-05-12T10:00")))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    # Five rungs for each of twenty duties, whoever told them.
    assert (sum(counts), len(_keys())) == (100, 100)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_midway_leaves_no_half_told_duty_and_the_next_one_finishes(owed, people, monkeypatch):
    from atvsld.platform.outbox.models import Message
    from atvsld.registers.duties import facade, notices

    for number in range(3):
        owed("INV_NANG1", at=BEGUN, key=f"accidents:{number}:INV_NANG1:1")
    tell, left = notices.tell, iter(range(7))

    def dying(*args, **more):
        if next(left, None) is None:
            raise SystemExit
        tell(*args, **more)

    monkeypatch.setattr(notices, "tell", dying)
    with pytest.raises(SystemExit):
        facade.tick(moment("2026-05-12T10:00"))
    # One duty of five rungs was told whole; of the second, two rungs went with the worker.
    assert len(_keys()) == 5
    monkeypatch.setattr(notices, "tell", tell)
    facade.tick(moment("2026-05-12T10:01"))
    facade.tick(moment("2026-05-12T10:02"))
    assert len(_keys()) == 15
    assert Message.objects.filter(user=people.employer).count() == 15


def test_one_broken_duty_does_not_silence_the_others(owed, people, told, monkeypatch):
    from atvsld.registers.duties import facade, recipients

    broken = owed("INV_NANG1", at=BEGUN, key="accidents:1:INV_NANG1:1")
    owed("INV_NANG1", at=BEGUN, key="accidents:2:INV_NANG1:1")
    sound = recipients.recipients

    def find(duty, on):
        if duty.pk == broken.pk:
            raise LookupError
        return sound(duty, on)

    monkeypatch.setattr(recipients, "recipients", find)
    facade.tick(moment("2026-05-04T10:00"))
    assert [notice.user for notice in told] == [people.employer.pk]
    monkeypatch.undo()
