"""Several people at once: one acceptance, one moment."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection
from tests.oversight.snapshots import ground

from atvsld.casework.accidents.models import Victim
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.snapshots import actions, content, verifying_frozen
from atvsld.oversight.snapshots.models import FrozenFact, ReportSnapshot
from atvsld.platform.acts import Conflict, Rejected

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Request("ND39-XVI", "2024", place="48")


def together(*jobs) -> None:
    def run(job) -> None:
        try:
            job()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_two_officers_and_a_double_click_make_one_snapshot():
    ground.world(count=40)
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(4)

    def accept(key: str) -> None:
        start.wait()
        try:
            actions.accept(ground.act("số liệu thử"), request=ASKED, key=key)
            outcomes["made"] += 1
        except (Conflict, Rejected):
            outcomes["refused"] += 1

    together(*(lambda key=key: accept(key) for key in ("one", "one", "two", "two")))
    assert ReportSnapshot.objects.count() == 1
    held = ReportSnapshot.objects.get()
    # Both clicks of the winner are answered with the snapshot, both of the other officer with a sentence.
    assert outcomes == {"made": 2, "refused": 2}
    assert set(FrozenFact.objects.values_list("snapshot_id", flat=True)) == {held.pk}
    assert verifying_frozen.check_store(content.held(held), "json").sound


def test_records_written_meanwhile_stand_in_all_figures_or_in_none():
    """Somebody keeps flipping two victims in one transaction; a report never sees only one of them flipped."""
    ground.world(count=40)
    pair = list(Victim.objects.filter(case__occurred_at__year=2024, case__conclusion="occupational").order_by("pk")[:2])
    Victim.objects.filter(pk__in=[one.pk for one in pair]).update(labour_relation="none", severity="minor")
    keys = [one.pk for one in pair]
    stop = threading.Event()

    def flip() -> None:
        severity = "minor"
        while not stop.is_set():
            severity = "severe" if severity == "minor" else "minor"
            Victim.objects.filter(pk__in=keys).update(severity=severity)

    def accept() -> None:
        try:
            for number in range(4):
                snapshot = actions.accept(ground.act("x"), request=ASKED, key=f"k{number}")
                facts = FrozenFact.objects.filter(snapshot=snapshot, record__in=[one.public_id for one in pair])
                one = content.held(ReportSnapshot.objects.get(pk=snapshot.pk))
                place = one.layouts["accidents"].measures.index("severe")
                assert len({fact.measures[place] for fact in facts}) == 1
                assert verifying_frozen.check_store(one, "json").sound
                actions.withdraw(ground.act("thử lại"), snapshot=snapshot, version=1)
        finally:
            stop.set()

    failures: list[BaseException] = []

    def watched() -> None:
        try:
            accept()
        except BaseException as error:  # noqa: BLE001 - told after the threads are done
            failures.append(error)
            stop.set()

    together(flip, watched)
    assert not failures, failures
    assert ReportSnapshot.objects.count() == 4
