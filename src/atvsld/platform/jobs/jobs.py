"""Work the queue does for itself: jobs of a worker that died are given to another."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

log = structlog.get_logger()
# A worker beats every 10 seconds; silence this long means it is gone.
SECONDS_OF_SILENCE = 30
MOST_ATTEMPTS = 5


# The seconds of a schedule come last: every 10 seconds. The lock keeps one of them waiting at a time.
@app.periodic(cron="* * * * * */10")
@app.task(name="jobs.rescue", queueing_lock="jobs.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  (the schedule hands it over)
    """Put jobs back whose worker no longer gives a sign of life. Jobs are written so that repeating is harmless."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_OF_SILENCE):
        if job.attempts >= MOST_ATTEMPTS:
            log.error("job given up", task=job.task_name, job=job.id, attempts=job.attempts)
            continue
        log.warning("job rescued", task=job.task_name, job=job.id)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Forget finished jobs after a fortnight."""
    await context.app.job_manager.delete_old_jobs(nb_hours=14 * 24, include_failed=False)
