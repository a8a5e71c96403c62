"""The worker's part: people are told of duties every minute, and those without anybody looked at every hour."""

from __future__ import annotations

from procrastinate.contrib.django import app

from atvsld.platform.acts import clock
from atvsld.registers.duties import actions


@app.periodic(cron="* * * * *")
@app.task(name="duties.tick", queueing_lock="duties.tick")
def tick(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """Take every rung reached by now."""
    actions.tick(clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="duties.reassign", queueing_lock="duties.reassign")
def reassign(timestamp: int) -> None:  # noqa: ARG001
    """Look again who answers for each open duty."""
    actions.reassign(clock.now())
