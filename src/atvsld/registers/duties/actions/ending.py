"""A duty is done, falls away, or gets a longer term. Part of the act that brings it about, like owing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from atvsld.platform.acts import Act
from atvsld.registers.duties import ladder, recipients
from atvsld.registers.duties.actions.owing import columns, open_duty, rungs
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.reckoning import Term, Trigger, reckon


@transaction.atomic
def discharge(act: Act, *, key: str, at: date | datetime | None = None) -> None:
    """The duty was done at a moment (that of the act when not said; a bare day: within that day).

    Nothing when the key is unknown or the duty closed already: the first answer stands.
    """
    duty = open_duty(key)
    if duty is None:
        return
    duty.state, duty.done_at = Duty.State.DONE, _moment(at) or act.at
    duty.late = None if duty.due_at is None else duty.done_at > duty.due_at
    _close(duty)


@transaction.atomic
def cancel(act: Act, *, key: str, reason: str) -> None:  # noqa: ARG001 — every writer takes its act first
    """The duty need no longer be done, for a reason. Nothing when the key is unknown or the duty closed already."""
    duty = open_duty(key)
    if duty is None:
        return
    duty.state, duty.reason = Duty.State.CANCELLED, reason[:300]
    _close(duty)


@transaction.atomic
def extend(act: Act, *, key: str, days: int | None = None) -> Duty | None:
    """Give the duty the one extension its rule allows, or `days` of it; the reminders start over for the new term.

    Extending twice is extending once. None when the key is unknown; a closed duty is given back as it is. ValueError
    when the rule allows no extension or not so many days.
    """
    duty = open_duty(key)
    if duty is None:
        return Duty.objects.filter(key=key).first()
    if duty.extended:
        return duty
    term = _longer(duty, days)
    for name, value in columns(term).items():
        setattr(duty, name, value)
    duty.extended = True
    duty.told_until = max(duty.told_until, act.at)
    duty.next_at = ladder.next_after(rungs(duty), duty.told_until)
    duty.version += 1
    duty.save()
    return duty


@transaction.atomic
def withdraw(act: Act, *, context: str, subject: str, reason: str, mark: str) -> None:  # noqa: ARG001
    """Every open duty about a record need no longer be done, until `restore` with the same `mark`."""
    for duty in Duty.objects.select_for_update().filter(context=context, subject=subject, state=Duty.State.OPEN):
        duty.state, duty.reason, duty.mark = Duty.State.CANCELLED, reason[:300], mark
        _close(duty)


@transaction.atomic
def restore(act: Act, *, context: str, subject: str, mark: str) -> None:
    """The duties withdrawn under a mark must be done again; what would have been said meanwhile is not said now."""
    for duty in Duty.objects.select_for_update().filter(
        context=context, subject=subject, state=Duty.State.CANCELLED, mark=mark
    ):
        duty.state, duty.reason, duty.mark = Duty.State.OPEN, "", ""
        duty.told_until = max(duty.told_until, act.at)
        duty.next_at = ladder.next_after(rungs(duty), duty.told_until)
        duty.version += 1
        duty.save()


@transaction.atomic
def hand_on(act: Act, *, context: str, subject: str, place_id: int) -> None:
    """The open duties about a record go on in another place, with the body that owes them there."""
    for duty in (
        Duty.objects.select_for_update()
        .filter(context=context, subject=subject, state=Duty.State.OPEN)
        .exclude(place_id=place_id)
    ):
        duty.from_place_id, duty.from_body_id, duty.moved_on = duty.place_id, duty.body_id, act.day
        duty.place_id = place_id
        duty.body_id = recipients.owing_body(duty.owner, place_id, act.day)
        duty.assigned = bool(recipients.recipients(duty, act.day))
        duty.version += 1
        duty.save()


def _longer(duty: Duty, days: int | None) -> Term:
    if duty.begun_at is None:
        raise ValueError("Chỉ gia hạn được hạn tính từ một thời điểm.")
    term = reckon(duty.rule, Trigger(at=duty.begun_at, extended=True, added=days))
    return replace(term, begun_at=duty.begun_at)


def _moment(at: date | datetime | None) -> datetime | None:
    if at is None:
        return None
    if isinstance(at, datetime):
        return at if timezone.is_aware(at) else timezone.make_aware(at)
    # A day names no hour: its last second would be as late as the day allows, its first as early.
    return datetime.combine(at + timedelta(days=1), time.min, timezone.get_default_timezone()) - timedelta(seconds=1)


def _close(duty: Duty) -> None:
    duty.next_at = None
    duty.version += 1
    duty.save()
