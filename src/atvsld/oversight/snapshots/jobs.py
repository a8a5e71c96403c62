"""The worker's part: accepted reports are compared with the records every minute that something changed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from atvsld.oversight.snapshots import actions
from atvsld.platform.acts import clock


@app.periodic(cron="* * * * *")
@app.task(name="snapshots.tick", queueing_lock="snapshots.tick")
def tick(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """Look for accepted reports that the records have overtaken."""
    actions.tick(clock.now())
