"""The people who answer for a duty: those whose office in force covers its owner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from atvsld.registers.bodies.queries import holders, in_force
from atvsld.registers.duties.models import Duty
from atvsld.registers.duties.owners import Owner, answering, owners
from atvsld.registers.offices.models import Office
from atvsld.registers.places import tree


def recipients(duty: Duty, on: date) -> list[int]:
    """Primary keys of the users who must do it (or watch it for an owner outside the system), in stable order."""
    if duty.owner not in owners():
        return []
    owner = answering(duty.owner)
    # Whoever watches for an outsider does not belong to the outsider's body.
    return _people(owner, duty, on, body_id=duty.body_id if owner.word == duty.owner else None)


def superiors(duty: Duty, on: date) -> list[int]:
    """Users of the body above the owner, told when the duty stays undone; empty when there is none."""
    if duty.owner not in owners():
        return []
    above = answering(duty.owner).superior
    return _people(owners()[above], duty, on) if above else []


def _people(owner: Owner, duty: Duty, on: date, *, body_id: int | None = None) -> list[int]:
    if not owner.roles:
        return []
    held = Office.objects.filter(in_force(on), role__in=owner.roles, user__is_active=True)
    if owner.reach == "establishment":
        # A team an employer sets up acts for the establishment the duty concerns.
        firm = duty.debtor_id or duty.establishment_id
        return _users(held.filter(establishment_id=firm)) if firm else []
    unit = tree.current().unit_on(duty.place_id, on)
    if unit is None:
        return []
    if owner.reach == "unit":
        return _users(held.filter(place_id__in={unit.pk, duty.place_id}))
    line = {unit.pk, duty.place_id, *(up.pk for up in tree.current().ancestors(unit.pk, on))}
    found = held.filter(place_id__in=line)
    if body_id is not None:
        # Someone of another body at the same place does other work; no body named means any.
        found = found.filter(Q(body_id=body_id) | Q(body_id__isnull=True))
    return _users(found)


def _users(offices: QuerySet[Office]) -> list[int]:
    return list(offices.order_by("user_id").values_list("user_id", flat=True).distinct())


def people_over(word: str, place_id: int, on: date) -> list[int]:
    """Users who would be told of a duty of this owner arising in a place."""
    return recipients(Duty(owner=word, place_id=place_id), on)


def owing_body(word: str, place_id: int, on: date) -> int | None:
    """The one body of the province that holds the owner's function there; None when none or several do."""
    owner = owners().get(word)
    if owner is None or not owner.function:
        return None
    found = holders(owner.function, place_id, on)
    return found[0].pk if len(found) == 1 else None


def words_of(roles: Iterable[str]) -> dict[str, list[str]]:
    """By reach, the owner words whose duties come to people with these roles."""
    held = frozenset(roles)
    found: dict[str, list[str]] = {"establishment": [], "unit": [], "area": []}
    for word in owners():
        owner = answering(word)
        if owner.roles & held:
            found[owner.reach].append(word)
    return found
