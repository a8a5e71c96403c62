"""Duties as somebody may see them, and which of them are somebody's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.policy import DUTIES, READ
from atvsld.registers.duties.recipients import words_of
from atvsld.registers.offices.models import Office
from atvsld.registers.places import tree

SOON_DAYS = 7
NONE = Q(pk__in=[])


def day(now: datetime) -> date:
    """The day of a moment in Viet Nam."""
    return timezone.localtime(now).date()


def visible(actor: Actor) -> QuerySet[Duty]:
    """The duties within the actor's reach."""
    return DUTIES.restrict(Duty.objects.all(), actor, READ)


def mine(actor: Actor, on: date) -> Q:
    """Duties that come to the actor through an office in force: the same people who are told of them."""
    found = NONE
    for office in _offices(actor, on):
        words = words_of([office.role])
        if office.establishment_id:
            firm = Q(debtor_id=office.establishment_id)
            found |= firm & Q(owner__in=words["establishment"])
        elif office.place_id:
            found |= _over(office.place_id, office.body_id, words)
    return found


def _over(place_id: int, body_id: int | None, words: dict[str, list[str]]) -> Q:
    """What comes to an office over a place: a commune's own duties, and those of an authority over the whole area."""
    places = tree.current()
    ground = places.territory(place_id)
    node = places.nodes.get(place_id)
    found = NONE
    if words["unit"] and node is not None:
        own = Q(place_id__in=ground) if node.level == "commune" else Q(place_id=place_id)
        found |= own & Q(owner__in=words["unit"])
    if words["area"]:
        area = Q() if places.covers_everything(place_id) else Q(place_id__in=ground)
        same_body = Q(body_id=body_id) | Q(body_id__isnull=True) if body_id else Q()
        found |= area & Q(owner__in=words["area"]) & same_body
    return found


def of_my_bodies(actor: Actor, on: date) -> Q:
    """Duties owed by the bodies and establishments for which the actor holds an office."""
    offices = _offices(actor, on)
    bodies = {office.body_id for office in offices if office.body_id}
    firms = {office.establishment_id for office in offices if office.establishment_id}
    return Q(body_id__in=bodies) | Q(debtor_id__in=firms)


def _offices(actor: Actor, on: date) -> list[Office]:
    if actor.user_id is None:
        return []
    return list(Office.objects.filter(in_force(on), user_id=actor.user_id).order_by("pk"))


def is_open() -> Q:
    return Q(state=Duty.State.OPEN)


def overdue(now: datetime) -> Q:
    return is_open() & Q(due_at__lt=now)


def due_within(now: datetime, days: int) -> Q:
    """Open, not yet late, and due by the end of the day `days` ahead (0: today)."""
    return is_open() & Q(due_at__gte=now, due_at__lt=_end(now, days))


def _end(now: datetime, days: int) -> datetime:
    after = timezone.localtime(now).date() + timedelta(days=days + 1)
    return datetime.combine(after, time.min, timezone.get_default_timezone())


def counts(duties: QuerySet[Duty], now: datetime) -> dict[str, int]:
    """How many are open, late, due today, due within the week, without anybody; one statement."""
    found: dict[str, int] = duties.aggregate(
        open=Count("pk", filter=is_open()),
        overdue=Count("pk", filter=overdue(now)),
        today=Count("pk", filter=due_within(now, 0)),
        week=Count("pk", filter=due_within(now, SOON_DAYS)),
        unassigned=Count("pk", filter=is_open() & Q(assigned=False)),
    )
    return found


def search(duties: QuerySet[Duty], text: str) -> QuerySet[Duty]:
    """By what must be done (with or without tone marks), the record, the establishment, or the rule's id."""
    folded = fold(text)
    rules = [rule for rule, title in _titles() if folded in title or folded == rule.lower()]
    return duties.filter(
        Q(rule__in=rules)
        | Q(title__icontains=text)
        | Q(label__icontains=text)
        | Q(establishment__name_folded__contains=folded)
    )


def _titles() -> Iterable[tuple[str, str]]:
    """Every rule with what it is called, folded."""
    for rule, series in load_book().deadlines.items():
        yield rule, fold(series.entries[-1].value.label.vi)
