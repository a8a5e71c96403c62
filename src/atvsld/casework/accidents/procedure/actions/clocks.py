"""The clocks of a file, brought into line with the law after every change. Called inside the actions only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.casework.accidents.procedure import duties
from atvsld.casework.accidents.procedure.models import CaseFile, Clock, StageChange
from atvsld.casework.accidents.procedure.reading import instants_of, picture
from atvsld.law.procedure import ClockRule, Wanted
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import Act


def meet(act: Act, file: CaseFile, change: StageChange) -> None:
    """Discharge what a step does; lateness counts to the moment it happened, not to the moment it was entered."""
    rules = load_procedure().met(change.step, change.facts.get("by", ""))
    for running in file.clocks.filter(state=Clock.State.RUNNING, rule__in=rules):
        _end(running, Clock.State.MET, change.at, "")
        duties.met(act, running, change.at)


def settle(act: Act, file: CaseFile, *, reason: str = "") -> None:
    """Stop the clocks that no longer apply and start those that now do; each starts once for one moment.

    `reason` says why a clock stops when the step itself explains it.
    """
    procedure = load_procedure()
    _victims, changes, facts = picture(file)
    held = list(file.clocks.order_by("pk"))
    wanted = {want.clock.rule: want for want in procedure.wanted(facts, instants_of(file))}
    running = {clock.rule: clock for clock in held if clock.state == Clock.State.RUNNING}
    for rule, going in running.items():
        want = wanted.get(rule)
        if want is not None and want.since == going.since:
            continue
        why = _("Tính lại từ mốc khác.") if want is not None else _("Không còn áp dụng cho hồ sơ.")
        stop(act, going, reason or why)
    for rule, want in wanted.items():
        mine = [clock for clock in held if clock.rule == rule]
        if any(clock.state == Clock.State.RUNNING and clock.since == want.since for clock in mine):
            continue
        if any(clock.state == Clock.State.MET and clock.since == want.since for clock in mine):
            continue
        _start(act, file, want, number=len(mine) + 1, changes=changes)


def stop(act: Act, running: Clock, reason: str) -> None:
    """A clock no longer applies; its duty is taken back."""
    _end(running, Clock.State.STOPPED, act.at, reason)
    duties.stopped(act, running)


def _start(act: Act, file: CaseFile, want: Wanted, *, number: int, changes: Sequence[StageChange]) -> None:
    rule = want.clock.rule
    begun = Clock.objects.create(
        file=file, rule=rule, since=want.since, round=file.round, window=want.clock.window,
        key=f"accidents:{file.case.public_id}:{rule}:{number}",
    )  # fmt: skip
    duties.owed(act, file, begun)
    done = _already(want.clock, want.since, changes)
    if done is not None:
        _end(begun, Clock.State.MET, done, "")
        duties.met(act, begun, done)


def _already(rule: ClockRule, since: datetime, changes: Sequence[StageChange]) -> datetime | None:
    """The moment the deed was done, when the instant it counts from was entered only afterwards."""
    done = [
        change.at for change in changes
        if change.at >= since and rule.met_by(change.step, change.facts.get("by", ""))
    ]  # fmt: skip
    return min(done, default=None)


def _end(running: Clock, state: Clock.State, at: datetime, reason: str) -> None:
    running.state, running.ended_at, running.ended_reason = state, at, reason[:300]
    running.save(update_fields=["state", "ended_at", "ended_reason"])
