"""From a rule of the law book to the last moment still in time, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from atvsld.kit.explain import Explanation
from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.deadlines import Bound, Deadline, Unit, due
from atvsld.registers.duties.ladder import house


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a duty off: a moment or day, a period, or an agreed last day (which goes before the rule's span)."""

    at: date | datetime | None = None
    period: Period | None = None
    day: date | None = None
    extended: bool = False
    added: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one duty. `due_at` is the last moment still in time; `house`: not the law's term but this house's."""

    title: str
    owner: str
    begun_at: datetime | None
    due_at: datetime | None
    to_the_hour: bool
    unit: str
    house: bool
    citation: str
    certainty: str
    answer: dict[str, Any]


def reckon(rule: str, trigger: Trigger) -> Term:
    """The term under a rule. ValueError when the trigger does not fit the rule; `NotInForce` when it did not hold."""
    found = _agreed(rule, trigger.day) if trigger.day else _lawful(rule, trigger)
    last, to_the_hour, is_house = _last_moment(found, trigger)
    return Term(
        title=found.rule.label.vi,
        owner=found.rule.owner,
        begun_at=_aware(trigger.at) if trigger.at is not None else None,
        due_at=last,
        to_the_hour=to_the_hour,
        unit=found.unit.value,
        house=is_house,
        citation=str(found.citation),
        certainty=found.status.value,
        answer=found.to_json(),
    )


def _lawful(rule: str, trigger: Trigger) -> Deadline:
    return due(
        load_book(),
        rule,
        at=None if trigger.period else trigger.at,
        period=trigger.period,
        extended=trigger.extended,
        added=trigger.added,
    )


def _agreed(rule_id: str, day: date) -> Deadline:
    """A day named in minutes or a decision; the rule says who named it by what right."""
    rule = load_book().deadline(rule_id, on=day)
    text = f"Ngày đã định: {day:%d/%m/%Y}."
    why = Explanation(f"deadline.{rule.id}", text, rule.citation, rule.status)
    return Deadline(rule, day, day, Unit.DATE, Bound.BY, rule.citation, rule.status, why)


def _last_moment(found: Deadline, trigger: Trigger) -> tuple[datetime | None, bool, bool]:
    """The last moment, whether it counts to the hour, and whether it is the house's own."""
    if isinstance(found.last_ok, datetime):
        return _aware(found.last_ok), True, False
    if found.last_ok is not None:
        return _end_of(found.last_ok), False, False
    if trigger.period is not None:
        return _end_of(trigger.period.end + house().after_period), False, True
    if trigger.at is not None:
        return _aware(trigger.at) + house().promptly, True, True
    return None, False, False


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone()) - timedelta(seconds=1)


def _aware(at: date | datetime) -> datetime:
    """The moment in Viet Nam's time; a bare day begins at midnight."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time.min, timezone.get_default_timezone())
    return at if timezone.is_aware(at) else timezone.make_aware(at)
