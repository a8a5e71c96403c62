"""Telling people of duties, each rung of the ladder once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pghistory
import structlog
from django.db import transaction
from django.db.models import F

from atvsld.platform.acts import clock
from atvsld.registers.bodies.models import BodySuccession
from atvsld.registers.duties import ladder, notices, recipients
from atvsld.registers.duties.actions.owing import rungs
from atvsld.registers.duties.models import Duty

log = structlog.get_logger()
JOB = "Nhắc việc"


def tick(at: datetime) -> int:
    """Take every rung reached by a moment; how many notices were handed over.

    Each duty is one transaction: its notices and the note that they were handed over stand or fall together, and
    a duty another worker holds is left to that worker. Calling it again, late, in any order or side by side tells
    nobody twice and nobody too early.
    """
    told = 0
    for pk in list(_reached(at)):
        try:
            told += _climb(pk, at)
        except Exception:
            # One broken duty must not silence the others; it is tried again at the next tick.
            log.exception("duty not told", duty=pk)
    return told


def _reached(at: datetime) -> Iterator[int]:
    return Duty.objects.filter(next_at__lte=at).order_by("next_at", "pk").values_list("pk", flat=True).iterator()


def _climb(pk: int, at: datetime) -> int:
    with transaction.atomic(), _history("duties:duty:told"):
        duty = Duty.objects.select_for_update(skip_locked=True).filter(pk=pk, next_at__lte=at).first()
        if duty is None:
            return 0
        steps = rungs(duty)
        reached = ladder.pending(steps, duty.told_until, at)
        told = sum(_tell(duty, rung, at, last=rung is reached[-1]) for rung in reached)
        Duty.objects.filter(pk=pk, version=duty.version).update(
            told_until=at,
            next_at=ladder.next_after(steps, at),
            assigned=bool(recipients.recipients(duty, clock.local_day(at))),
            version=F("version") + 1,
        )
        return told


def _tell(duty: Duty, rung: ladder.Rung, at: datetime, *, last: bool) -> int:
    """Hand a rung's notice to each of its people; after a gap only the last of several is mailed as well."""
    day = clock.local_day(at)
    find = recipients.recipients if rung.step.to == "owner" else recipients.superiors
    people = find(duty, day)
    for user_id in people:
        notices.tell(duty, rung, user_id, at=at, email=rung.step.email and last)
    return len(people)


def reassign(at: datetime) -> int:
    """Look again who answers for the open duties, since bodies and offices come and end; how many duties changed."""
    day = clock.local_day(at)
    changed = _hand_over(day)
    answers: dict[tuple[str, int, int | None, int | None], bool] = {}
    for duty in Duty.objects.filter(state=Duty.State.OPEN).iterator():
        place = (duty.owner, duty.place_id, duty.debtor_id or duty.establishment_id, duty.body_id)
        if place not in answers:
            answers[place] = bool(recipients.recipients(duty, day))
        if answers[place] != duty.assigned:
            with transaction.atomic(), _history("duties:duty:assigned"):
                changed += Duty.objects.filter(pk=duty.pk, version=duty.version).update(
                    assigned=answers[place], version=F("version") + 1
                )
    return changed


def _hand_over(day: date) -> int:
    """Duties of bodies that ended go to the body that took over, whichever way the end was entered."""
    changed = 0
    ended = Duty.objects.filter(state=Duty.State.OPEN, body__valid_to__lt=day).values_list("body_id", flat=True)
    for old in sorted(set(ended)):
        heirs = BodySuccession.objects.filter(predecessor_id=old, effective_on__lte=day).order_by("pk")
        heir = heirs.first()
        if heir is None:
            continue
        with transaction.atomic(), _history("duties:duty:assigned"):
            changed += Duty.objects.filter(state=Duty.State.OPEN, body_id=old).update(
                body_id=heir.successor_id, from_body_id=old, moved_on=heir.effective_on, version=F("version") + 1
            )
    return changed


def _history(act: str) -> pghistory.context:
    return pghistory.context(act=act, actor=JOB, channel="job")
