"""Owing a duty. Part of the act that gives rise to it: that act's permission and name in history cover it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.platform.acts import Act
from atvsld.registers.duties import ladder, recipients
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import owners
from atvsld.registers.duties.reckoning import Term, Trigger, reckon

# A rung at the very moment the duty arises is still ahead of it.
JUST_BEFORE = timedelta(microseconds=1)


def owe(
    act: Act,
    *,
    key: str,
    rule: str,
    context: str,
    subject: str,
    label: str,
    url: str,
    place_id: int,
    owner: str | None = None,
    establishment_id: int | None = None,
    body_id: int | None = None,
    at: date | datetime | None = None,
    period: Period | None = None,
    day: date | None = None,
    extended: bool = False,
    title: str = "",
) -> Duty:
    """Record that something must be done by the term a rule sets. Owing a `key` again gives the duty of the first time.

    The term follows from the rule and `at` (what set it off) or `period`; an agreed `day` takes the place of the
    rule's span. `owner` names another owner word than the rule's. `label` is shown and mailed: no person's name.
    ValueError when the trigger does not fit the rule, `NotInForce` when the rule did not hold then.
    """
    held = Duty.objects.filter(key=key).first()
    if held is not None:
        return held
    term = reckon(rule, Trigger(at=at, period=period, day=day, extended=extended))
    word = owner or term.owner
    known = owners().get(word)
    duty = Duty(
        key=key,
        rule=rule,
        title=title or term.title,
        context=context,
        subject=subject,
        label=label,
        url=url,
        owner=word,
        place_id=place_id,
        establishment_id=establishment_id,
        debtor_id=establishment_id if known and known.reach == "establishment" else None,
        body_id=body_id or recipients.owing_body(word, place_id, act.day),
        period=period.code if period else "",
        owed_at=act.at,
        extended=extended,
        told_until=act.at - JUST_BEFORE,
        **columns(term),
    )
    duty.assigned = bool(recipients.recipients(duty, act.day))
    duty.next_at = ladder.next_after(rungs(duty), duty.told_until)
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError:
        # Somebody owed it between our looking and our writing.
        return Duty.objects.get(key=key)
    return duty


def columns(term: Term) -> dict[str, Any]:
    """The term as columns of the duty."""
    return {
        "begun_at": term.begun_at,
        "due_at": term.due_at,
        "to_the_hour": term.to_the_hour,
        "unit": term.unit,
        "house": term.house,
        "citation": term.citation,
        "certainty": term.certainty,
        "answer": term.answer,
    }


def rungs(duty: Duty) -> list[ladder.Rung]:
    """The ladder of a duty under its present term."""
    return ladder.rungs(
        duty.owed_at,
        duty.due_at,
        to_the_hour=duty.to_the_hour,
        working=duty.unit == "working",
        calendar=load_book().calendar,
    )


def open_duty(key: str) -> Duty | None:
    """The open duty of a key, locked for this transaction; None when unknown or closed."""
    return Duty.objects.select_for_update().filter(Q(state=Duty.State.OPEN), key=key).first()
