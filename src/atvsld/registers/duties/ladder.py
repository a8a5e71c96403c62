"""When people are told of a duty: house policy, read from `data/ladder.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from django.utils import timezone

from atvsld.kit.workdays import WorkCalendar
from atvsld.law.reading import Label


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder; neither days nor minutes: as soon as the duty arises."""

    id: str
    to: Literal["owner", "superior"]
    days: int | None
    minutes: int | None
    email: bool


@dataclass(frozen=True, slots=True)
class HousePolicy:
    """The house's own terms and ladders, and what they are called on screen."""

    label: Label
    hour: time
    promptly: timedelta
    after_period: timedelta
    ladders: dict[str, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with the moment at which it is taken for one duty."""

    step: Step
    at: datetime


@cache
def house() -> HousePolicy:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "ladder.yaml").read_text(encoding="utf-8"))
    return HousePolicy(
        label=Label(data["label"]["vi"], data["label"]["en"]),
        hour=time.fromisoformat(data["hour"]),
        promptly=timedelta(hours=data["promptly_hours"]),
        after_period=timedelta(days=data["period_days"]),
        ladders={name: tuple(map(_step, steps)) for name, steps in data["ladders"].items()},
    )


def _step(entry: dict[str, Any]) -> Step:
    return Step(entry["id"], entry["to"], entry.get("days"), entry.get("minutes"), entry.get("email", True))


def rungs(
    owed_at: datetime, due_at: datetime | None, *, to_the_hour: bool, working: bool, calendar: WorkCalendar
) -> list[Rung]:
    """The rungs of a duty in the order of their moments; those that would lie before it arose are left out."""
    found = []
    for step in house().ladders["hours" if to_the_hour else "days"]:
        at = _moment(step, owed_at, due_at, working=working, calendar=calendar)
        if at is not None and at >= owed_at:
            found.append(Rung(step, at))
    return sorted(found, key=lambda rung: rung.at)


def _moment(
    step: Step, owed_at: datetime, due_at: datetime | None, *, working: bool, calendar: WorkCalendar
) -> datetime | None:
    if step.days is None and step.minutes is None:
        return owed_at
    if due_at is None:
        return None
    if step.minutes is not None:
        return due_at + timedelta(minutes=step.minutes)
    assert step.days is not None  # one of the two stands in the file
    day = _shifted(timezone.localtime(due_at).date(), step.days, working=working, calendar=calendar)
    return datetime.combine(day, house().hour, timezone.get_default_timezone())


def _shifted(day: date, days: int, *, working: bool, calendar: WorkCalendar) -> date:
    if not working:
        return day + timedelta(days=days)
    if days >= 0:
        return calendar.add_working_days(day, days)
    left = -days
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def pending(ladder: Iterable[Rung], told_until: datetime, at: datetime) -> list[Rung]:
    """The rungs reached between two moments, the second included."""
    return [rung for rung in ladder if told_until < rung.at <= at]


def next_after(ladder: Sequence[Rung], told_until: datetime) -> datetime | None:
    """When the next rung is reached; None at the top of the ladder."""
    return min((rung.at for rung in ladder if rung.at > told_until), default=None)
