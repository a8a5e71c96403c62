"""The worker's part: every morning the council's dialogue of the year is owed where none is on record."""

from __future__ import annotations

from procrastinate.contrib.django import app

from atvsld.casework.dialogues.council_duty import follow_year
from atvsld.casework.dialogues.policy import CHANGE
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, clock


@app.periodic(cron="50 5 * * *")
@app.task(name="dialogues.council", queueing_lock="dialogues.council")
def council(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """May be repeated without harm."""
    actor = system_actor("Hệ thống", [CHANGE])
    follow_year(Act(actor=actor, channel=Channel.JOB, at=clock.now()))
