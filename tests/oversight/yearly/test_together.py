"""Several people at once: one report, one number, and nothing half-written."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection
from tests.oversight.workplans import scene
from tests.oversight.yearly import stage

from atvsld.oversight.yearly import facade
from atvsld.oversight.yearly.models import YearReport
from atvsld.platform.acts import Conflict
from atvsld.platform.papers.models import Paper

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs) -> Counter[str]:
    """Let jobs begin at one moment; how each ended."""
    start, ended = threading.Barrier(len(jobs)), Counter()

    def run(job) -> None:
        start.wait()
        try:
            job()
            ended["done"] += 1
        except Conflict:
            ended["conflict"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return ended


def test_opened_and_sent_twice_at_once_with_somebody_writing():
    land = scene.build()
    stage.tasks(land, files=False)
    assert together(lambda: stage.report(land), lambda: stage.report(land)) == {"done": 2}
    report = YearReport.objects.get()
    sentence = report.sentences.get(key="I:plan")

    def send() -> None:
        facade.send(stage.act(land.planner), report=report, version=report.version, signed=stage.signed(number=""))

    def write() -> None:
        facade.write(stage.act(land.planner), sentence=sentence, version=sentence.version, text="Lời khác")

    ended = together(send, send, write)
    report.refresh_from_db()
    sentence.refresh_from_db()
    # Either the words came first and both clicks are told so, or the report went out as it was seen, once.
    if report.state == "sent":
        assert (ended, sentence.text != "Lời khác") == ({"done": 2, "conflict": 1}, True)
        assert Paper.objects.filter(subject=report.public_id, state="issued").count() == 1
    else:
        assert (ended, sentence.text) == ({"done": 1, "conflict": 2}, "Lời khác")
        assert not Paper.objects.filter(subject=report.public_id).exists()
