"""Owing one duty to many at once, set by set: the same duties as `owe` one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from atvsld.kit.periods import Period
from atvsld.platform.acts import Act
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.duties import ladder, recipients
from atvsld.registers.duties.actions.owing import JUST_BEFORE, columns, rungs
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import answering, owners
from atvsld.registers.duties.reckoning import Term, Trigger, reckon
from atvsld.registers.offices.models import Office

_PORTION = 1_000


@dataclass(frozen=True, slots=True)
class Debt:
    """One of many who owe the same: what tells the duty apart, as the arguments of `owe`."""

    key: str
    subject: str
    label: str
    url: str
    place_id: int
    establishment_id: int | None = None
    body_id: int | None = None


def owe_many(
    act: Act,
    *,
    rule: str,
    context: str,
    period: Period,
    debts: Iterable[Debt],
    owner: str | None = None,
    day: date | None = None,
) -> int:
    """Owe a periodic duty to each; how many are new. A key already owed stays as it is, whatever became of it.

    The term is reckoned once, and who answers is asked once for all establishments. Called again, or beside another
    worker, it adds nothing twice. ValueError and `NotInForce` as `owe`.
    """
    listed = list({debt.key: debt for debt in debts}.values())
    if not listed:
        return 0
    term = reckon(rule, Trigger(period=period, day=day))
    word = owner or term.owner
    made = 0
    for at in range(0, len(listed), _PORTION):
        made += _owe_portion(act, listed[at : at + _PORTION], rule=rule, context=context, period=period, term=term,
                             word=word)  # fmt: skip
    return made


def _owe_portion(
    act: Act, debts: Sequence[Debt], *, rule: str, context: str, period: Period, term: Term, word: str
) -> int:
    known = owners().get(word)
    held = set(Duty.objects.filter(key__in=[debt.key for debt in debts]).values_list("key", flat=True))
    new = [
        Duty(
            key=debt.key,
            rule=rule,
            title=term.title,
            context=context,
            subject=debt.subject,
            label=debt.label,
            url=debt.url,
            owner=word,
            place_id=debt.place_id,
            establishment_id=debt.establishment_id,
            debtor_id=debt.establishment_id if known and known.reach == "establishment" else None,
            body_id=debt.body_id or (None if known and known.reach == "establishment" else
                                     recipients.owing_body(word, debt.place_id, act.day)),
            period=period.code,
            owed_at=act.at,
            told_until=act.at - JUST_BEFORE,
            **columns(term),
        )
        for debt in debts
        if debt.key not in held
    ]  # fmt: skip
    if not new:
        return 0
    first = ladder.next_after(rungs(new[0]), new[0].told_until)
    answered = _answered(new, word, act.day)
    for duty in new:
        duty.next_at = first
        duty.assigned = answered[duty.key]
    # Somebody may owe the same key at this very moment: theirs is ours.
    Duty.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _answered(duties: Sequence[Duty], word: str, on: date) -> dict[str, bool]:
    """Whether anybody answers for each duty, by key."""
    if word in owners() and answering(word).reach == "establishment":
        firms = {duty.debtor_id or duty.establishment_id for duty in duties}
        held = Office.objects.filter(
            in_force(on), role__in=answering(word).roles, user__is_active=True, establishment_id__in=firms
        )
        staffed = set(held.values_list("establishment_id", flat=True))
        return {duty.key: (duty.debtor_id or duty.establishment_id) in staffed for duty in duties}
    return {duty.key: bool(recipients.recipients(duty, on)) for duty in duties}
