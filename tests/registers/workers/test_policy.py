"""What the policies of workers and providers allow one by one is what their filters return."""

from __future__ import annotations

from random import Random

import pytest

from atvsld.platform.access.actor import EVERYWHERE, Actor, Grant, Scope

pytestmark = pytest.mark.django_db


def test_one_by_one_and_in_the_database_the_answer_is_the_same(land):
    from atvsld.registers.providers.models import ServiceProvider
    from atvsld.registers.providers.policy import CHANGE, PROVIDERS
    from atvsld.registers.workers.models import Worker
    from atvsld.registers.workers.policy import READ_IDENTITY, WORKERS

    for number, (firm, where) in enumerate(
        [(land.mill, land.river), (land.quarry, land.hill), (None, land.hill), (None, None)]
    ):
        Worker.objects.create(name=f"N {number}", name_folded=f"n {number}", establishment=firm, place=where)
        ServiceProvider.objects.create(name=f"T {number}", name_folded=f"t {number}", place=where)
    chance = Random(11)
    ids = {"place": [land.river.pk, land.hill.pk, 0], "establishment": [land.mill.pk, land.quarry.pk], "other": [1]}
    for _turn in range(60):
        dimension = chance.choice([*ids, "everything"])
        held = frozenset(chance.sample([READ_IDENTITY, CHANGE, "x:y:z"], chance.randint(0, 3)))
        chosen = ids.get(dimension, [])
        scope = (
            EVERYWHERE
            if dimension == "everything"
            else Scope(dimension, frozenset(chance.sample(chosen, chance.randint(0, len(chosen)))))
        )
        actor = Actor("thử", grants=(Grant("r", held, scope),))
        for policy, permission, model in ((WORKERS, READ_IDENTITY, Worker), (PROVIDERS, CHANGE, ServiceProvider)):
            every = list(model.objects.all())
            allowed = {record.pk for record in every if policy.decide(actor, permission, record)}
            assert set(policy.restrict(model.objects.all(), actor, permission).values_list("pk", flat=True)) == allowed
