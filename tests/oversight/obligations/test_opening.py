"""Opening a period: everybody who owes the report has the duty once, whatever happens to the worker."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from tests.oversight.obligations import crowd as people

from atvsld.kit.periods import Period
from atvsld.law.reporting_duties_reading import load_reporting_calendar

AT = datetime(2026, 12, 20, 1, tzinfo=UTC)
PERIOD = Period.parse("2026")


def owing(crowd):
    as_of = date(2026, 12, 31)
    return {firm.pk for firm in crowd.firms if people.owes("R8", "2026", firm, crowd, as_of) is True}


def held():
    from atvsld.registers.duties.models import Duty

    return list(Duty.objects.filter(rule="R8").values_list("debtor_id", flat=True))


def test_everybody_who_owes_it_has_it_once_and_a_killed_worker_loses_nothing(crowd, monkeypatch):
    from atvsld.oversight.obligations.actions import opening
    from atvsld.oversight.obligations.models import PeriodOpening
    from atvsld.registers.duties.models import Duty

    monkeypatch.setattr(opening, "PORTION", 7)
    whole, told = opening._owe, []

    def dies(act, **given):
        told.append(len(given["portion"]))
        if len(told) == 3:
            raise RuntimeError("killed")
        return whole(act, **given)

    monkeypatch.setattr(opening, "_owe", dies)
    with pytest.raises(RuntimeError, match="killed"):
        opening.open_period("R8", PERIOD, at=AT)
    assert len(held()) == 14
    at = PeriodOpening.objects.get()
    assert (at.done, at.finished_at) == (14, None)
    monkeypatch.setattr(opening, "_owe", whole)
    assert opening.open_period("R8", PERIOD, at=AT) == len(owing(crowd)) - 14
    assert sorted(held()) == sorted(owing(crowd))
    assert opening.open_period("R8", PERIOD, at=AT + timedelta(days=1)) == 0
    duty = Duty.objects.filter(rule="R8").first()
    assert (duty.owner, duty.period, duty.certainty) == ("employer", "2026", "official")
    assert duty.due_at.astimezone(UTC) == datetime(2027, 1, 9, 16, 59, 59, tzinfo=UTC)
    assert PeriodOpening.objects.get().finished_at is not None


def test_the_many_are_owed_what_one_would_be_owed(crowd):
    """The set-based writer against the single one: the same columns for the same debt."""
    from tests.casework.accidents import scene

    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.acts import Act, Channel
    from atvsld.registers.duties import facade
    from atvsld.registers.duties.facade import Debt

    staffed, bare = crowd.firms[:2]
    scene.person("chu", "employer", firm=staffed)
    act = Act(system_actor("thử", []), Channel.JOB, at=AT)
    debts = [
        Debt(f"m:{firm.pk}", firm.public_id, "nhãn", "/x/", firm.place_id, establishment_id=firm.pk)
        for firm in (staffed, bare)
    ]
    assert facade.owe_many(act, rule="R8", context="t", period=PERIOD, debts=[*debts, debts[0]]) == 2
    for debt in debts:
        single = facade.owe(
            act, key=f"s{debt.key}", rule="R8", context="t", subject=debt.subject, label=debt.label, url=debt.url,
            place_id=debt.place_id, establishment_id=debt.establishment_id, period=PERIOD,
        )  # fmt: skip
        many = facade.Duty.objects.get(key=debt.key)
        same = {field.attname for field in many._meta.concrete_fields} - {"id", "public_id", "key"}
        assert {name: getattr(many, name) for name in same} == {name: getattr(single, name) for name in same}
    assert facade.Duty.objects.get(key=debts[0].key).assigned
    assert not facade.Duty.objects.get(key=debts[1].key).assigned
    assert facade.owe_many(act, rule="R8", context="t", period=PERIOD, debts=debts) == 0


def test_filing_discharges_it_and_who_turns_out_not_to_owe_it_is_released(crowd):
    from atvsld.oversight.obligations import facade
    from atvsld.oversight.obligations.actions import open_period
    from atvsld.registers.duties.models import Duty

    open_period("R8", PERIOD, at=AT)
    first, second, third = sorted(owing(crowd))[:3]
    last = load_reporting_calendar().term("R8", PERIOD).last_ok
    at = datetime(2027, 1, 10, 3, tzinfo=UTC)
    filing = people.file("R8", "2026", at=at, last_ok=last, establishment_id=first)
    facade.discharge_for(filing, at)
    facade.discharge_for(filing, at + timedelta(days=3))
    done = Duty.objects.get(rule="R8", debtor_id=first)
    assert (done.state, done.late, done.done_at) == ("done", True, at)
    # One was closed, one handed in without anybody saying so: the next round sets both right.
    people.Establishment.objects.filter(pk=second).update(closed_on=date(2026, 12, 1))
    people.file("R8", "2026", at=AT, last_ok=last, establishment_id=third)
    open_period("R8", PERIOD, at=AT + timedelta(days=1))
    states = dict(Duty.objects.filter(rule="R8", debtor_id__in=[second, third]).values_list("debtor_id", "state"))
    assert states == {second: "cancelled", third: "done"}
    # The closing was a mistake: the duty is there again. One merged into another is nobody's any more.
    people.Establishment.objects.filter(pk=second).update(closed_on=None)
    fourth = sorted(owing(crowd))[3]
    people.Establishment.objects.filter(pk=fourth).update(merged_into=first)
    open_period("R8", PERIOD, at=AT + timedelta(days=2))
    states = dict(Duty.objects.filter(rule="R8", debtor_id__in=[second, fourth]).values_list("debtor_id", "state"))
    assert states == {second: "open", fourth: "cancelled"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_side_by_side_owe_each_once():
    from atvsld.oversight.obligations.actions import open_period

    crowd = people.build(count=30)
    start, failures = threading.Barrier(3), []

    def work():
        try:
            start.wait(20)
            open_period("R8", PERIOD, at=AT)
        except Exception as error:  # noqa: BLE001 — told below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failures
    assert sorted(held()) == sorted(owing(crowd))


def test_periods_open_some_days_before_and_stay_open_some_days_after(crowd):
    """House policy: 30 days before the last good day until 60 days after it."""
    from atvsld.oversight.obligations.board import open_terms

    def is_open(report, period, today):
        return (report, period) in {(term.duty.id, term.period.code) for term in open_terms(today)}

    days = [date(2026, 12, 9), date(2026, 12, 10), date(2027, 1, 9), date(2027, 3, 10), date(2027, 3, 11)]
    assert [is_open("R8", "2026", day) for day in days] == [False, True, True, True, False]
    assert is_open("TRAINING_PROVIDER", "2026", date(2026, 12, 1))
    assert not any(is_open("R9", "2026", day) for day in days), "no date, no reminder"


def test_the_morning_job_gives_each_open_period_one_round(crowd, monkeypatch):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from atvsld.oversight.obligations import jobs
    from atvsld.platform.acts import clock

    monkeypatch.setattr(clock, "now", lambda: AT)
    jobs.open_all(0)
    jobs.open_all(0)
    rounds = [job.args for job in ProcrastinateJob.objects.filter(task_name="obligations.open_one")]
    assert {"report": "R8", "period": "2026"} in rounds
    assert len(rounds) == len({(one["report"], one["period"]) for one in rounds})
