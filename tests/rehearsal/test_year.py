"""A scripted year: three hundred cases of all kinds through the real actions, under a clock of its own."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from tests.rehearsal import stage, world
from tests.rehearsal.acting import Tale
from tests.rehearsal.notices import Watch
from tests.rehearsal.scripts import KINDS
from tests.rehearsal.worker import mortal

from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.casework.accidents.procedure.models import Clock, StageChange
from atvsld.law.procedure_reading import load_procedure
from atvsld.oversight.reporting import service
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.registers.duties import facade as duties

ENDS = {"out_of_scope": "out_of_scope"}
# All three hundred cases are played when REHEARSAL=full; otherwise a share of them with every kind among them.
FULL = os.environ.get("REHEARSAL") == "full"
SHARE, SHARE_OF_THE_KILLED = (1.0, 1.0) if FULL else (0.02, 0.02)


def tally(tales: list[Tale]) -> dict[str, int]:
    """The first row of table II of the province's report, from what the scripts meant, in plain Python."""
    found: Counter[str] = Counter()
    for tale in tales:
        severities = [one["severity"] for one in tale.people]
        if tale.conclusion != "occupational" or tale.people[0]["relation"] == "none":
            continue
        found["3"] += 1
        found["4"] += "fatal" in severities
        found["5"] += len(severities) > 1
        found["6"] += len(severities)
        found["7"] += sum(one["sex"] == "female" for one in tale.people)
        found["8"] += severities.count("fatal")
        found["9"] += severities.count("severe")
    return dict(found)


def check_files(year: stage.Year) -> None:
    """No case is stuck: each file stands at its end, and nothing is owed on it any more."""
    stages = Counter(
        (tale.kind, file.stage)
        for tale in year.tales
        if (file := procedure.file_of(tale.case)) is not None and file.stage != ENDS.get(tale.kind, "closed")
    )
    assert not stages
    kinds = {tale.case.public_id: tale.kind for tale in year.tales}
    left = duties.Duty.objects.filter(state="open").values_list("rule", "subject")
    assert not Counter((rule, kinds[subject]) for rule, subject in left)


def check_clocks() -> None:
    """Every deadline rule of the procedure ran, each once for the moment it counts from, and none still runs."""
    assert not Clock.objects.filter(state="running", window=False).exists()
    assert set(Clock.objects.values_list("rule", flat=True)) == {clock.rule for clock in load_procedure().clocks}
    assert max(Counter(Clock.objects.values_list("file_id", "rule", "since")).values()) == 1
    owed = set(duties.Duty.objects.values_list("key", flat=True))
    assert set(Clock.objects.filter(window=False).values_list("key", flat=True)) <= owed


def check_notices(watch: Watch) -> None:
    """Every rung reached while a duty was open was told at that tick, once to each of its people, and nothing else."""
    assert not watch.missing
    assert not watch.surplus
    assert max(watch.told.values()) == 1
    assert len(watch.told) > 100


def check_totals(year: stage.Year) -> None:
    """The statutory table says what the scripts meant."""
    request = service.Request(form="ND39-XIV", period=str(world.YEAR))
    at = datetime(world.YEAR + 1, 1, 20, tzinfo=UTC)
    report = service.produce(system_actor("thử", all_permissions()), request, at=at)
    row = next(table for table in report.tables if table.table.id == "II").rows[0]
    expected = tally(year.tales)
    assert {name: int(row.cells[name] or 0) for name in expected} == expected


def test_the_year_has_three_hundred_cases():
    assert sum(KINDS.values()) == 300


@pytest.mark.slow
@pytest.mark.django_db
def test_a_year_leaves_no_case_stuck_tells_nobody_twice_and_adds_up():
    here = world.build()
    watch = Watch(here)

    def tick(at: datetime) -> None:
        expected = watch.expected(at)
        duties.tick(at)
        watch.compare(at, expected)

    year = stage.play(here, tick, seed=2026, share=SHARE)
    check_files(year)
    check_clocks()
    check_notices(watch)
    check_totals(year)
    assert set(StageChange.objects.values_list("step", flat=True)) == set(load_procedure().steps)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_with_a_worker_that_is_killed_at_random_moments():
    here = world.build()
    watch = Watch(here)
    with mortal(Random(2026), 0.6) as worker:

        def tick(at: datetime) -> None:
            expected = watch.expected(at)
            worker.tick(at, busy=bool(expected))
            watch.compare(at, expected)

        year = stage.play(here, tick, seed=7, share=SHARE_OF_THE_KILLED)
    assert worker.deaths > 20
    check_files(year)
    check_clocks()
    check_notices(watch)
    check_totals(year)
