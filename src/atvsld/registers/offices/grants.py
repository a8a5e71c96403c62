"""From the offices a person holds today to the grants that policies ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db.models import Q

from atvsld.platform.access.actor import NOBODY, Actor, Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places import tree

Further = Callable[[User, date], Iterable[Grant]]
_FURTHER: list[Further] = []


def grant_further(source: Further) -> None:
    """Let an outer room give rights beside offices, such as an invitation to one record."""
    if source not in _FURTHER:
        _FURTHER.append(source)


def actor_for(user: User, on: date) -> Actor:
    """The actor a user is on a day; without an office in force or a further grant there are no rights."""
    if not user.is_active:
        return NOBODY
    held = Office.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), user=user, valid_from__lte=on)
    offices = [office for office in held.select_related("place", "establishment", "body") if office.role in roles()]
    return Actor(
        name=str(user),
        user_id=user.pk,
        grants=(
            *(grant for office in offices for grant in _grants(office)),
            *(grant for source in _FURTHER for grant in source(user, on)),
        ),
        roles=frozenset(office.role for office in offices),
    )


def _grants(office: Office) -> Iterator[Grant]:
    """What the office gives over its reach, and what it gives for the own body alone, under its older names too."""
    role = roles()[office.role]
    scope = _scope(office)
    yield Grant(role=role.slug, permissions=role.permissions, scope=scope, label=role.label_vi)
    if not role.own:
        return
    if office.establishment is not None:
        yield Grant(role=role.slug, permissions=role.own, scope=scope, label=role.label_vi)
    elif office.body is not None:
        own = Scope("body", lineage(office.body.pk), label=office.body.name, root=office.body.pk)
        yield Grant(role=role.slug, permissions=role.own, scope=own, label=role.label_vi)


def _scope(office: Office) -> Scope:
    if office.establishment is not None:
        pk = office.establishment.pk
        return Scope("establishment", frozenset({pk}), label=office.establishment.name, root=pk)
    assert office.place is not None  # the database lets an office reach one or the other
    if tree.current().covers_everything(office.place.pk):
        return Scope("place", everything=True, label=office.place.name, root=office.place.pk)
    territory = tree.current().territory(office.place.pk)
    return Scope("place", territory, label=office.place.name, root=office.place.pk)
