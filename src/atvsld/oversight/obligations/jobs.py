"""The worker's part: periods are opened every morning and looked at again; reminder letters are written."""

from __future__ import annotations

import contextlib

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from atvsld.kit.periods import Period
from atvsld.oversight.obligations import actions, board
from atvsld.platform.acts import clock

log = structlog.get_logger()


@app.periodic(cron="20 5 * * *")
@app.task(name="obligations.open", queueing_lock="obligations.open")
def open_all(timestamp: int) -> None:  # noqa: ARG001 (the schedule hands it over)
    """Begin a round for every period that is open today."""
    for term in board.open_terms(clock.local_day(clock.now())):
        lock = f"obligations.open:{term.duty.id}:{term.period.code}"
        # A round still waiting will see what this one would.
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            open_one.configure(queueing_lock=lock).defer(report=term.duty.id, period=term.period.code)


@app.task(name="obligations.open_one")
def open_one(report: str, period: str) -> None:
    """Owe one report of one period to all who owe it; may be repeated without harm."""
    made = actions.open_period(report, Period.parse(period), at=clock.now())
    log.info("period opened", report=report, period=period, duties=made)


@app.task(name="obligations.remind")
def remind(batch_id: int) -> None:
    """Write the letters of a round; may be repeated without harm."""
    actions.write(batch_id, at=clock.now())
