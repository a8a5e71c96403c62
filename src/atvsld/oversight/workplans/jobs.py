"""The worker's part: tasks of bodies that ended yesterday find their heirs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from atvsld.oversight.workplans.actions import settle_owners
from atvsld.oversight.workplans.policy import OVERSEE
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, clock


@app.periodic(cron="20 0 * * *")
@app.task(name="workplans.settle", queueing_lock="workplans.settle")
def settle(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """Settle the owners of open tasks as of today."""
    act = Act(system_actor("Sắp xếp cơ quan", [OVERSEE]), Channel.JOB, at=clock.now())
    settle_owners(act, on=act.day)
