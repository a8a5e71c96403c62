"""From the steps of a dossier to its due day, days used, and whether it was in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from atvsld.casework.procedures.models import Application, ApplicationStep
from atvsld.casework.procedures.rules import Following, load_procedures
from atvsld.casework.procedures.timing import Reckoning, Stretch, last_day, reckon
from atvsld.law import load_book
from atvsld.platform.acts import clock

_OPENS = {ApplicationStep.Kind.RECEIVED, ApplicationStep.Kind.COMPLETE}
_CLOSES = {
    ApplicationStep.Kind.ASK, ApplicationStep.Kind.GRANT, ApplicationStep.Kind.REFUSE, ApplicationStep.Kind.WITHDRAW,
    ApplicationStep.Kind.VOID,
}  # fmt: skip


def stretches(steps: Iterable[ApplicationStep]) -> list[Stretch]:
    """The days in which the dossier lay in the office, in order; the last may be open."""
    found: list[Stretch] = []
    for step in steps:
        day = clock.local_day(step.at)
        if step.kind in _OPENS:
            found.append((day, None))
        elif step.kind in _CLOSES and found and found[-1][1] is None:
            found[-1] = (found[-1][0], day)
    return found


def reckoning(application: Application, *, on: date) -> Reckoning:
    """Where the time by law stands on a day."""
    steps = list(application.steps.all())
    finished = application.finished_on is not None
    return reckon(
        load_book().calendar,
        stretches(steps),
        span=application.span,
        unit=application.unit or "working",
        until=application.finished_on or on,
        finished=finished,
    )


def settle(application: Application, *, on: date) -> None:
    """Write what follows from the steps. The caller holds the record's version."""
    found = reckoning(application, on=on)
    closed = application.state == Application.State.VOID
    application.due_on = None if closed else found.due
    application.days_used, application.days_waited = found.used, found.waited
    application.in_time = not found.late if application.finished and application.span is not None else None
    application.save(
        update_fields=["state", "finished_on", "due_on", "days_used", "days_waited", "in_time", "span", "unit"]
    )


def following(application: Application) -> tuple[Following, date | None, date | None] | None:
    """The step another body takes after the decision: what, by when, and when it was done; None without one."""
    if application.state != Application.State.GRANTED or application.finished_on is None:
        return None
    version = load_procedures()[application.procedure].at(clock.local_day(application.received_at))
    if version is None or version.then is None:
        return None
    term = version.then.term
    due = None
    if term.span is not None:
        due = last_day(load_book().calendar, application.finished_on, term.span, term.unit)
    done = application.steps.filter(kind=ApplicationStep.Kind.FOLLOWED).first()
    return version.then, due, clock.local_day(done.at) if done else None
