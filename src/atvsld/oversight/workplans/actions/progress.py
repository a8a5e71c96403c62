"""Reporting on a task."""

from __future__ import annotations

from atvsld.oversight.workplans import rules
from atvsld.oversight.workplans.actions.stepping import step
from atvsld.oversight.workplans.drafts import Said
from atvsld.oversight.workplans.models import Progress, Task
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Rejected, action


@action(needs=CHANGE, records="workplans:task:reported")
def report_progress(act: Act, *, task: Task, version: int, said: Said) -> Progress:
    """Say how a task stands; the task takes over what was said. `version` is that of the task.

    Reported by whoever answers for it now. That nothing proves it does not stop the report: it is shown as a claim.
    """
    OWN.require(act.actor, CHANGE, task)
    if problems := rules.blocking(rules.check_said(said, year=task.plan.year, today=act.day)):
        raise Rejected(problems)
    step(
        task, version, state=said.state, percent=said.percent,
        done_on=said.done_on if said.state == Task.State.DONE else None,
        stopped_why=said.stopped_why.strip() if said.state == Task.State.STOPPED else "",
    )  # fmt: skip
    return Progress.objects.create(
        task=task, at=act.at, said_by=act.actor.name, state=said.state, percent=said.percent, text=said.text.strip(),
        difficulty=said.difficulty.strip(), proposal=said.proposal.strip(),
    )  # fmt: skip
