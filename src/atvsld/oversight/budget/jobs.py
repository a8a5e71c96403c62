"""The worker's part: lines follow tasks that went to another body."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from atvsld.oversight.budget import actions
from atvsld.oversight.budget.policy import CHANGE
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, clock

log = structlog.get_logger()


@app.periodic(cron="50 4 * * *")
@app.task(name="budget.follow", queueing_lock="budget.follow")
def follow(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """Every morning; may be repeated without harm."""
    act = Act(system_actor("Theo nhiệm vụ", [CHANGE]), Channel.JOB, at=clock.now())
    log.info("budget lines followed", moved=actions.follow_tasks(act, on=act.day))
