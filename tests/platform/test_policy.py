"""A policy's yes/no and its SQL are one rule: they agree on every record, for random offices."""

from __future__ import annotations

import random

import pytest
from tests.casework.accidents import scene

from atvsld.casework.accidents import policy as accidents
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.access.actor import EVERYWHERE, NOBODY, Actor, Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.registers.establishments import policy as establishments
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices import policy as offices
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.models import Place

PERMISSIONS = sorted(set().union(*(role.permissions for role in roles().values())))


@pytest.fixture
def records(land):
    """Cases in every commune, of every establishment and of none."""
    for where in (land.river, land.hill):
        for firm in (land.mill.pk, land.quarry.pk, None):
            scene.opened(land, scene.victim_draft(), place_id=where.pk, establishment_id=firm)
    scene.person("o1", "leader", at=land.province)
    scene.person("o2", "commune_officer", at=land.hill)
    scene.person("o3", "employer", firm=land.quarry)
    return land


def random_actor(dice: random.Random, places: list[int], firms: list[int]) -> Actor:
    grants = []
    for _turn in range(dice.randint(0, 3)):
        role = dice.choice(list(roles().values()))
        kind = dice.choice(["place", "establishment", "everything", "stranger"])
        ids = {"place": places, "establishment": firms, "stranger": [1, 2, 3]}.get(kind, [])
        chosen = frozenset(dice.sample(ids, dice.randint(0, len(ids))))
        scope = EVERYWHERE if kind == "everything" else Scope(kind, chosen)
        permissions = role.permissions if dice.random() < 0.6 else frozenset(dice.sample(PERMISSIONS, 4))
        grants.append(Grant(role.slug, permissions, scope))
    return Actor("thử", 1, tuple(grants))


@pytest.mark.django_db
def test_what_a_policy_allows_one_by_one_is_what_its_filter_returns(records):
    watched = [
        (accidents.CASES, accidents.READ, AccidentCase.objects.all()),
        (accidents.CASES, accidents.CHANGE, AccidentCase.objects.all()),
        (accidents.VICTIMS, accidents.READ_IDENTITY, Victim.objects.select_related("case")),
        (establishments.ESTABLISHMENTS, establishments.READ, Establishment.objects.all()),
        (offices.OFFICES, offices.READ, Office.objects.all()),
    ]
    places = list(Place.objects.values_list("pk", flat=True))
    firms = list(Establishment.objects.values_list("pk", flat=True))
    loaded = [(policy, permission, queryset, list(queryset)) for policy, permission, queryset in watched]
    dice = random.Random(2026)
    allowed_some = denied_some = 0
    for _turn in range(150):
        actor = random_actor(dice, places, firms)
        for policy, permission, queryset, everything in loaded:
            one_by_one = {record.pk for record in everything if policy.decide(actor, permission, record)}
            by_filter = set(policy.restrict(queryset, actor, permission).values_list("pk", flat=True))
            assert one_by_one == by_filter, (actor, permission)
            allowed_some += bool(one_by_one)
            denied_some += len(one_by_one) < len(everything)
    assert allowed_some > 50
    assert denied_some > 50


@pytest.mark.django_db
def test_without_grants_no_record_exists_and_the_refusal_says_why(records):
    assert not accidents.CASES.restrict(AccidentCase.objects.all(), NOBODY, accidents.READ).exists()
    decision = accidents.CASES.decide(NOBODY, accidents.READ, AccidentCase.objects.first())
    assert not decision
    assert accidents.READ in decision.reasons[0]


@pytest.mark.django_db
def test_an_office_counts_from_its_first_day_to_its_last(land):
    from datetime import date

    from atvsld.registers.offices.grants import actor_for

    person = scene.person("co.han", "leader", at=land.province)
    Office.objects.update(valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    may = [actor_for(person, day).may(accidents.READ) for day in days]
    assert may == [False, True, True, False]
    User.objects.update(is_active=False)
    person.refresh_from_db()
    assert not actor_for(person, date(2026, 1, 15)).may(accidents.READ)
